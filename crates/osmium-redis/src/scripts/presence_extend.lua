-- Moves the ends of entries. Gives the places (from 0) of those that are gone.
-- KEYS: the partition's ends; then for each connection its user's entries.
-- ARGV: end; seconds that keys live; then for each connection itself and its name among the ends.
local gone = {}
for place = 0, #KEYS - 2 do
  local entries, connection, name = KEYS[place + 2], ARGV[2 * place + 3], ARGV[2 * place + 4]
  if redis.call('HEXISTS', entries, connection) == 1 and redis.call('ZSCORE', KEYS[1], name) then
    redis.call('ZADD', KEYS[1], ARGV[1], name)
    redis.call('EXPIRE', entries, ARGV[2])
  else
    gone[#gone + 1] = place
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return gone
