-- Renews a holder and settles what it holds. Gives the partitions that it holds now.
-- KEYS: living holders by their ends; who holds each partition.
-- ARGV: holder; milliseconds that it lives; number of partitions; seconds that keys live.
local holder, partitions = ARGV[1], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], holder)
local share = math.ceil(partitions / redis.call('ZCARD', KEYS[1]))

local held, free = {}, {}
for partition = 0, partitions - 1 do
  local other = redis.call('HGET', KEYS[2], partition)
  if other == holder then
    if #held < share then
      held[#held + 1] = partition
    else
      redis.call('HDEL', KEYS[2], partition)
    end
  elseif not other or not redis.call('ZSCORE', KEYS[1], other) then
    free[#free + 1] = partition
  end
end
for index = 1, math.min(#free, share - #held) do
  redis.call('HSET', KEYS[2], free[index], holder)
  held[#held + 1] = free[index]
end

redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return held
