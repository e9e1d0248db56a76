-- Who is mentioned where, what is pinned, and what users want to hear of a channel.

-- Whom a message mentions: by id, by name, or by answering them. Goes with the message.
CREATE TABLE mentions (
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    CONSTRAINT mentions_pkey PRIMARY KEY (user_id, chat_id, ordinal),
    CONSTRAINT mentions_message_fkey FOREIGN KEY (chat_id, message_id)
        REFERENCES messages (chat_id, message_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Whom the messages of a page mention, and the end of a message.
CREATE INDEX mentions_message_idx ON mentions (chat_id, message_id);

-- The pinned messages of a chat. `pin_id`: a snowflake made when it was pinned. `messages.pinned` says the same of one message.
CREATE TABLE pins (
    chat_id INTEGER NOT NULL,
    pin_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    CONSTRAINT pins_pkey PRIMARY KEY (chat_id, message_id),
    CONSTRAINT pins_message_fkey FOREIGN KEY (chat_id, message_id)
        REFERENCES messages (chat_id, message_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A chat's pins, the last pinned first.
CREATE INDEX pins_pin_id_idx ON pins (chat_id, pin_id DESC);

-- What members want to be notified of in single channels. Ends with the membership.
CREATE TABLE channel_prefs (
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL CONSTRAINT channel_prefs_chat_id_fkey REFERENCES chats (chat_id) ON DELETE CASCADE,
    notif_prefs INTEGER NOT NULL,
    CONSTRAINT channel_prefs_pkey PRIMARY KEY (user_id, chat_id)
) STRICT, WITHOUT ROWID;

-- The end of a chat.
CREATE INDEX channel_prefs_chat_id_idx ON channel_prefs (chat_id, user_id);
