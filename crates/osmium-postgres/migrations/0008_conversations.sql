-- Who is mentioned where, what is pinned, and what users want to hear of a channel.

-- Whom a message mentions: by id, by name, or by answering them. Goes with the message.
CREATE TABLE mentions (
    user_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    CONSTRAINT mentions_pkey PRIMARY KEY (user_id, chat_id, ordinal),
    CONSTRAINT mentions_message_fkey FOREIGN KEY (chat_id, message_id) REFERENCES messages ON DELETE CASCADE
);

-- Whom the messages of a page mention, and the end of a message.
CREATE INDEX mentions_message_idx ON mentions (chat_id, message_id);

-- The pinned messages of a chat. `pin_id`: a snowflake made when it was pinned. `messages.pinned` says the same of one message.
CREATE TABLE pins (
    chat_id BIGINT NOT NULL,
    pin_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    CONSTRAINT pins_pkey PRIMARY KEY (chat_id, message_id),
    CONSTRAINT pins_message_fkey FOREIGN KEY (chat_id, message_id) REFERENCES messages ON DELETE CASCADE
);

-- A chat's pins, the last pinned first.
CREATE INDEX pins_pin_id_idx ON pins (chat_id, pin_id DESC);

-- What members want to be notified of in single channels. Ends with the membership.
CREATE TABLE channel_prefs (
    user_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    notif_prefs SMALLINT NOT NULL,
    CONSTRAINT channel_prefs_pkey PRIMARY KEY (user_id, chat_id),
    CONSTRAINT channel_prefs_chat_id_fkey FOREIGN KEY (chat_id) REFERENCES chats ON DELETE CASCADE
);

-- The end of a chat.
CREATE INDEX channel_prefs_chat_id_idx ON channel_prefs (chat_id, user_id);
