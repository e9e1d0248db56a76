-- Groups, and what is featured in chats.

-- Groups. A group's chat has the group's id, and goes when the last member does.
CREATE TABLE groups (
    group_id INTEGER NOT NULL
        CONSTRAINT groups_pkey PRIMARY KEY
        CONSTRAINT groups_group_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    owner_id INTEGER NOT NULL
) STRICT;

-- Who has a group in their list is a member of it. Both are NULL in other chats.
ALTER TABLE participants ADD COLUMN joined_id INTEGER NULL; -- made when they came in
ALTER TABLE participants ADD COLUMN permissions INTEGER NULL; -- as the owner says; NULL for what members may do anyway

-- The message at the top of a direct chat, saved messages or a group, for as long as it is there.
CREATE TABLE highlights (
    chat_id INTEGER NOT NULL CONSTRAINT highlights_pkey PRIMARY KEY,
    message_id INTEGER NOT NULL,
    CONSTRAINT highlights_message_fkey FOREIGN KEY (chat_id, message_id)
        REFERENCES messages (chat_id, message_id) ON DELETE CASCADE
) STRICT;
