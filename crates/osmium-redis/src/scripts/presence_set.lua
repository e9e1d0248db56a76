-- Sets what a connection says. Gives all that the user's connections said before.
-- KEYS: the user's entries; the partition's ends.
-- ARGV: connection; status; the connection's name among the ends; end; seconds that keys live.
local before = redis.call('HGETALL', KEYS[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return before
