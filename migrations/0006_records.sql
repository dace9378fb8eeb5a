-- What the clinic registers at the hub about a visit: doses and checkups, their corrections and cancellations. Waits here
-- until the hub has it; goes with its visit.
CREATE TABLE records (
  -- the key the hub knows the change by, made once
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  -- JSON of the change, with the name it is shown by
  body TEXT NOT NULL,
  -- JSON; why it is held up or was refused
  failure TEXT,
  -- JSON of the hub's handle, once it is there
  handle TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX records_of_visit ON records (visit_id, created_at);
CREATE INDEX records_queued ON records (created_at) WHERE state = 'queued';
