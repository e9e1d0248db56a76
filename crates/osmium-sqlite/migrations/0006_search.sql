-- Searching messages.

-- What messages are found by, whose ids are the row ids: their words, as `osmium-model/src/search.rs` makes them, and their
-- chats, as `#` and the id. It keeps the index alone; which words stand beside each other does not matter.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "ascii tokenchars '#'"
);

-- The messages that were found, whatever chat they are in.
CREATE INDEX messages_message_id_idx ON messages (message_id);

-- However a message goes, its words go with it.
CREATE TRIGGER messages_words_deleted AFTER DELETE ON messages BEGIN
    DELETE FROM message_words WHERE rowid = old.message_id;
END;
