-- Drops entries that ended, and notes it. Gives how many, the mark of the notes, and for each of their users: the user, all
-- that their connections said before, the connections that ended, and whether there was a note already.
-- KEYS: the partition's ends; its notes.
-- ARGV: now; the most entries to drop; what the keys of users' entries begin with (in the slot of KEYS[1]); seconds that
-- keys live.
local time = redis.call('TIME')
local mark = time[1] * 1000000 + time[2]
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
local swept, by_user = {}, {}
for _, name in ipairs(names) do
  local user, connection = name:match('^(%d+):(%d+)$')
  local entries = ARGV[3] .. user
  if not by_user[user] then
    local noted = redis.call('HSET', KEYS[2], user, string.format('%.0f', mark)) == 0
    by_user[user] = { user, redis.call('HGETALL', entries), {}, noted and 1 or 0 }
    swept[#swept + 1] = by_user[user]
  end
  table.insert(by_user[user][3], connection)
  redis.call('HDEL', entries, connection)
  redis.call('ZREM', KEYS[1], name)
end
if #names > 0 then
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
return { #names, mark, swept }
