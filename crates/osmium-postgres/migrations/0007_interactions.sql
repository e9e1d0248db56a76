-- Presses of bots' buttons, and what users report.

-- Presses that wait for the bot's answer. What is left here by a process that died is pruned.
CREATE TABLE interactions (
    interaction_id BIGINT NOT NULL,
    bot_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT interactions_pkey PRIMARY KEY (interaction_id),
    CONSTRAINT interactions_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES users ON DELETE CASCADE,
    CONSTRAINT interactions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE
);

-- What is old, for pruning.
CREATE INDEX interactions_created_at_idx ON interactions (created_at);

-- What goes with a bot.
CREATE INDEX interactions_bot_id_idx ON interactions (bot_id);

-- What goes with a user.
CREATE INDEX interactions_user_id_idx ON interactions (user_id);

-- Messages that users report to the operators. `text`: as it was when it was reported first; message and author may be
-- gone since.
CREATE TABLE reports (
    reporter_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    reported_at BIGINT NOT NULL,
    CONSTRAINT reports_pkey PRIMARY KEY (reporter_id, chat_id, message_id),
    CONSTRAINT reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES users ON DELETE CASCADE
);

-- The latest reports, the newest first.
CREATE INDEX reports_reported_at_idx ON reports (reported_at DESC, message_id DESC);
