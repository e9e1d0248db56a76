-- Reactions to messages.

-- The emoji under messages.
CREATE TABLE reactions (
    reaction_id INTEGER NOT NULL CONSTRAINT reactions_pkey PRIMARY KEY, -- made when it came
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    emoji TEXT NOT NULL, -- "u" and the emoji as it was typed, or "c" and the id of a custom one
    total INTEGER NOT NULL, -- how many chose it; none is no row
    CONSTRAINT reactions_emoji_key UNIQUE (chat_id, message_id, emoji),
    CONSTRAINT reactions_message_fkey FOREIGN KEY (chat_id, message_id)
        REFERENCES messages (chat_id, message_id) ON DELETE CASCADE
) STRICT;

-- Who chose them.
CREATE TABLE reactors (
    reaction_id INTEGER NOT NULL
        CONSTRAINT reactors_reaction_id_fkey REFERENCES reactions (reaction_id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    reacted_id INTEGER NOT NULL, -- made when they did
    CONSTRAINT reactors_pkey PRIMARY KEY (reaction_id, user_id)
) STRICT, WITHOUT ROWID;

-- The first of those who chose an emoji.
CREATE INDEX reactors_reacted_id_idx ON reactors (reaction_id, reacted_id);
