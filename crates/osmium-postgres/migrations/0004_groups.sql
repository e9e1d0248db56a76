-- Groups, and what is featured in chats.

-- Groups. A group's chat has the group's id, and goes when the last member does.
CREATE TABLE groups (
    group_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    CONSTRAINT groups_pkey PRIMARY KEY (group_id),
    CONSTRAINT groups_group_id_fkey FOREIGN KEY (group_id) REFERENCES chats ON DELETE CASCADE
);

-- Who has a group in their list is a member of it. `joined_id`: a snowflake made when they came in. `permissions`: what
-- the owner lets them do; NULL for what members may do anyway. Both are NULL in other chats.
ALTER TABLE participants
    ADD COLUMN joined_id BIGINT,
    ADD COLUMN permissions BIGINT;

-- The message at the top of a direct chat, saved messages or a group, for as long as it is there.
CREATE TABLE highlights (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    CONSTRAINT highlights_pkey PRIMARY KEY (chat_id),
    CONSTRAINT highlights_message_fkey FOREIGN KEY (chat_id, message_id) REFERENCES messages ON DELETE CASCADE
);
