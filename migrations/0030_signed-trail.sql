-- By which desk of a site a row was written: which of its keys, over how many rows, and the signature, on the last row of each of its
-- transactions. A desk that has its store to itself signs nothing; what it takes over from a site keeps its signatures.
ALTER TABLE audit ADD COLUMN signature TEXT;

CREATE INDEX audit_desk_keys ON audit (id) WHERE event = 'deskKeyRegistered';
