-- What a desk that was away had changed, and others had changed too: for a person to look at. Only in a site's store are there ever any.
CREATE TABLE conflicts (
  id TEXT PRIMARY KEY,
  -- how people call the desk's computer
  desk TEXT NOT NULL,
  -- when it was changed there, and when that was found
  at TEXT NOT NULL,
  found_at TEXT NOT NULL,
  -- who was signed in
  staff_id TEXT,
  -- the desk's visit in which it was done; NULL: it is about no patient
  visit_id TEXT REFERENCES visits (id) ON DELETE CASCADE,
  -- JSON of what the desk had and what the site has
  content TEXT NOT NULL,
  -- somebody has looked at it
  resolved_at TEXT,
  resolved_by TEXT
) STRICT;

CREATE INDEX conflicts_open ON conflicts (found_at, id) WHERE resolved_at IS NULL;
CREATE INDEX conflicts_of_visit ON conflicts (visit_id) WHERE visit_id IS NOT NULL;
