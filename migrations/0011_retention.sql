-- Nothing is deleted on a clock that nobody confirmed: the newest time that was believed is kept, and what has expired is
-- marked by one confirmed time and deleted by another one, a week later.

CREATE TABLE clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- the newest time that was believed, RFC 3339 in clinic time; '' before the first
  seen_at TEXT NOT NULL,
  -- of visits kept from before this day nothing is shown or used any more ('': all is)
  shown_from TEXT NOT NULL DEFAULT '',
  -- cards and bookings of days before it have ended
  ended_before TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO clock (id, seen_at) VALUES (1, coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), ''));

-- What a confirmed time has found expired; taken back where a later one contradicts it.
CREATE TABLE expiry_marks (
  marked_at TEXT PRIMARY KEY,
  -- visits kept from before this day, YYYY-MM-DD
  before TEXT NOT NULL,
  -- the day of marking
  today TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The day a visit is kept from: the day that was believed when it began, which is not its own where the clock was wrong
ALTER TABLE visits ADD COLUMN kept_from TEXT NOT NULL DEFAULT '';
UPDATE visits SET kept_from = day;

CREATE INDEX visits_kept_from ON visits (kept_from);

-- Files about which a person has to decide are looked up whatever the day.
CREATE INDEX deliveries_conflict ON deliveries (visit_id) WHERE state = 'conflict';
