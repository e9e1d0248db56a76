-- Gives up all that a holder holds.
-- KEYS: living holders by their ends; who holds each partition. ARGV: holder.
redis.call('ZREM', KEYS[1], ARGV[1])
local held = redis.call('HGETALL', KEYS[2])
for index = 1, #held, 2 do
  if held[index + 1] == ARGV[1] then
    redis.call('HDEL', KEYS[2], held[index])
  end
end
