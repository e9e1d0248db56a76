-- Drops notes, unless something has changed since.
-- KEYS: the partition's notes. ARGV: for each note its user and its mark.
for place = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[place]) == ARGV[place + 1] then
    redis.call('HDEL', KEYS[1], ARGV[place])
  end
end
