-- Messages are written only where their chat is held, so that it exists is known, and to look for it once more for each
-- message costs more than to store some of its columns. They end with their chat as before.

ALTER TABLE messages DROP CONSTRAINT messages_chat_id_fkey;

CREATE FUNCTION end_messages() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messages WHERE chat_id = OLD.chat_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER chats_end_messages AFTER DELETE ON chats FOR EACH ROW EXECUTE FUNCTION end_messages();
