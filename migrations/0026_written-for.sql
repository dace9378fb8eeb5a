-- Whom the rows are about: invented people of a rehearsal (training), or patients (live). No row: nobody has written yet, or an
-- earlier version has; the next start says.
CREATE TABLE written_for (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  mode TEXT NOT NULL
) STRICT;
