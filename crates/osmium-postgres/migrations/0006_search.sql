-- Searching messages.

-- What a message is found by: its words, as `osmium-model/src/search.rs` makes them, and its chat, as `#` and the id. None:
-- it is not found. No dictionary of the database has a say in it, so nothing depends on how that is set up.
ALTER TABLE messages ADD COLUMN words TSVECTOR;

-- Each word is compared as it stands; how common it is decides nothing that is left to the planner.
ALTER TABLE messages ALTER COLUMN words SET STATISTICS 0;

-- The messages that have words. What comes in is gathered and sorted in a short list first, which every search reads too.
CREATE INDEX messages_words_idx ON messages USING gin (words) WITH (gin_pending_list_limit = 512);
