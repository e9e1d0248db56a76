-- Presses of bots' buttons, and what users report.

-- Presses that wait for the bot's answer. What is left here by a process that died is pruned.
CREATE TABLE interactions (
    interaction_id INTEGER NOT NULL CONSTRAINT interactions_pkey PRIMARY KEY,
    bot_id INTEGER NOT NULL CONSTRAINT interactions_bot_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL CONSTRAINT interactions_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT;

-- What is old, for pruning.
CREATE INDEX interactions_created_at_idx ON interactions (created_at);

-- What goes with a bot.
CREATE INDEX interactions_bot_id_idx ON interactions (bot_id);

-- What goes with a user.
CREATE INDEX interactions_user_id_idx ON interactions (user_id);

-- Messages that users report to the operators.
CREATE TABLE reports (
    reporter_id INTEGER NOT NULL CONSTRAINT reports_reporter_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL, -- it may be gone since, and its author
    author_id INTEGER NOT NULL,
    text TEXT NOT NULL, -- as it was when it was reported first
    reason TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    CONSTRAINT reports_pkey PRIMARY KEY (reporter_id, chat_id, message_id)
) STRICT, WITHOUT ROWID;

-- The latest reports, the newest first.
CREATE INDEX reports_reported_at_idx ON reports (reported_at DESC, message_id DESC);
