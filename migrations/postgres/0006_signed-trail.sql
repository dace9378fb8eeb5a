-- oldest desk: 0006
-- By which desk a row was written: which of its keys, over how many rows, and the signature, on the last row of each of its transactions.
-- A desk from before this would write rows that nobody could tell from those of somebody with rights at the server.
ALTER TABLE audit ADD COLUMN signature text COLLATE "C";

CREATE INDEX audit_desk_keys ON audit (id) WHERE event = 'deskKeyRegistered';
