-- Sets what a connection says, and notes that its user's status changed. Gives all that the user's connections said before,
-- the mark of the note, and whether there was one already.
-- KEYS: the user's entries; the partition's ends; its notes.
-- ARGV: connection; status; the connection's name among the ends; end; seconds that keys live; user.
local time = redis.call('TIME')
local mark = time[1] * 1000000 + time[2]
local before = redis.call('HGETALL', KEYS[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
local noted = redis.call('HSET', KEYS[3], ARGV[6], string.format('%.0f', mark)) == 0
for _, key in ipairs(KEYS) do
  redis.call('EXPIRE', key, ARGV[5])
end
return { before, mark, noted and 1 or 0 }
