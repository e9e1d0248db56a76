-- Takes tokens from a bucket, all or none. Gives nothing if they were taken, else how many are lacking.
-- KEYS: the bucket. ARGV: tokens that a full bucket holds; tokens a second; tokens to take.
local burst, per_second, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local longest_life = 365 * 24 * 60 * 60

local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = burst
if kept[1] then
  tokens = math.min(burst, kept[1] + math.max(0, now - kept[2]) * per_second)
end

local lacking = cost - tokens
local left = lacking > 0 and tokens or -lacking
local full_in = left < burst and math.min((burst - left) / per_second, longest_life) or 0
redis.call('HSET', KEYS[1], 'tokens', left, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(full_in * 1000))
return lacking > 0 and tostring(lacking)
