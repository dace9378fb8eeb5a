-- What the anchor beside the database is compared with.
CREATE TABLE progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- transactions committed since there is an anchor; not 0: there is one, and a database without it is not opened
  commits INTEGER NOT NULL,
  -- a person has gone on knowingly with what was left up to this row of the audit trail: its chain is whole from here on
  chain_from INTEGER NOT NULL
) STRICT;

INSERT INTO progress (id, commits, chain_from) VALUES (1, 0, 0);
