-- What users are to each other: a row for each side to which the other is something. `status`, as the wire
-- numbers it: 1 friend, 2 they asked, 3 they were asked, 4 blocked. Friends have a row each, so have the two of a
-- request; a block is a row of the one who made it.
CREATE TABLE relationships (
    user_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    CONSTRAINT relationships_pkey PRIMARY KEY (user_id, other_id),
    CONSTRAINT relationships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE,
    CONSTRAINT relationships_other_id_fkey FOREIGN KEY (other_id) REFERENCES users ON DELETE CASCADE,
    CONSTRAINT relationships_status_check CHECK (status BETWEEN 1 AND 4)
);

-- What goes with the other side.
CREATE INDEX relationships_other_id_idx ON relationships (other_id);
