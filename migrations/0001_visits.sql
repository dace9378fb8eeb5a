-- The first shape of the cache: visits, the versions of their answers, the trail of what happened, and the outbox.
-- Times are RFC 3339 in clinic time, days YYYY-MM-DD, bodies the JSON of the schemas in src-main.

CREATE TABLE visits (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  number INTEGER NOT NULL,
  reader TEXT NOT NULL,
  state TEXT NOT NULL,
  -- JSON of the failure (code and detail), or NULL
  failure TEXT,
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- JSON of the patient, or NULL before the person is known
  patient TEXT,
  UNIQUE (day, number)
) STRICT;

CREATE INDEX visits_open ON visits (started_at) WHERE state IN ('reading', 'identifying', 'asking', 'answered');

-- Every answer ever fetched is a version of its own; none is overwritten.
CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
  -- keyed hash of the hub's patient reference: finds the last version without being a list of patients
  patient_key TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE INDEX answers_of_visit ON answers (visit_id, id);
CREATE INDEX answers_of_patient ON answers (patient_key, id);

-- Append-only, without patient data, kept beyond the visit. `hash` is SHA-256 (lower-case hex) over the JSON array
-- [hash of the row before, at, visit_id, delivery_id, event, code], the first one having '' before it: a row changed or
-- taken out later shows, unless every row after it is made anew too.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  visit_id TEXT NOT NULL,
  delivery_id TEXT,
  event TEXT NOT NULL,
  code TEXT,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are not changed');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are not deleted');
END;

CREATE TABLE deliveries (
  -- order of arrival inside a lane
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
  destination TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL,
  failure TEXT,
  file_name TEXT NOT NULL,
  -- the exact bytes of the file: what was confirmed is what is written, also by a later version of the program
  payload BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX deliveries_of_visit ON deliveries (visit_id, seq);
CREATE INDEX deliveries_pending ON deliveries (destination, seq) WHERE state IN ('queued', 'publishing');
