-- Drops entries that ended. Gives how many, and for each of their users: the user, all that their
-- connections said before, and the connections that ended.
-- KEYS: the partition's ends.
-- ARGV: now; the most entries to drop; what the keys of users' entries begin with (in the slot of KEYS[1]).
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
local swept, by_user = {}, {}
for _, name in ipairs(names) do
  local user, connection = name:match('^(%d+):(%d+)$')
  local entries = ARGV[3] .. user
  if not by_user[user] then
    by_user[user] = { user, redis.call('HGETALL', entries), {} }
    swept[#swept + 1] = by_user[user]
  end
  table.insert(by_user[user][3], connection)
  redis.call('HDEL', entries, connection)
  redis.call('ZREM', KEYS[1], name)
end
return { #names, swept }
