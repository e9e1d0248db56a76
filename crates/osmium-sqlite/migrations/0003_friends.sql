-- What users are to each other: a row for each side to which the other is something. Friends have a row each, so have
-- the two of a request; a block is a row of the one who made it.
CREATE TABLE relationships (
    user_id INTEGER NOT NULL
        CONSTRAINT relationships_user_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL
        CONSTRAINT relationships_other_id_fkey REFERENCES users (user_id) ON DELETE CASCADE,
    status INTEGER NOT NULL -- as the wire numbers it: 1 friend, 2 they asked, 3 they were asked, 4 blocked
        CONSTRAINT relationships_status_check CHECK (status BETWEEN 1 AND 4),
    CONSTRAINT relationships_pkey PRIMARY KEY (user_id, other_id)
) STRICT, WITHOUT ROWID;

-- What goes with the other side.
CREATE INDEX relationships_other_id_idx ON relationships (other_id);
