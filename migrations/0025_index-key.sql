-- The key of the keyed hashes that stand for people and cards, once the database has been given another key than the one that
-- they were made from: they go on as they were. No row: it is made from the database's key.
CREATE TABLE index_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL
) STRICT;
