-- Reactions to messages.

-- The emoji under messages. `reaction_id`: a snowflake made when it came. `emoji`: "u" and the emoji as it was typed, or
-- "c" and the id of a custom one. `total`: how many chose it, none of which is no row.
CREATE TABLE reactions (
    reaction_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    emoji TEXT NOT NULL,
    total BIGINT NOT NULL,
    CONSTRAINT reactions_pkey PRIMARY KEY (reaction_id),
    CONSTRAINT reactions_emoji_key UNIQUE (chat_id, message_id, emoji),
    CONSTRAINT reactions_message_fkey FOREIGN KEY (chat_id, message_id) REFERENCES messages ON DELETE CASCADE
) WITH (fillfactor = 80);

-- Who chose them. `reacted_id`: a snowflake made when they did.
CREATE TABLE reactors (
    reaction_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    reacted_id BIGINT NOT NULL,
    CONSTRAINT reactors_pkey PRIMARY KEY (reaction_id, user_id),
    CONSTRAINT reactors_reaction_id_fkey FOREIGN KEY (reaction_id) REFERENCES reactions ON DELETE CASCADE
);

-- The first of those who chose an emoji.
CREATE INDEX reactors_reacted_id_idx ON reactors (reaction_id, reacted_id);
