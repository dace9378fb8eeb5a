-- The terminal's folders: what its files said besides the answer, whom the clinic knows already, which files have been
-- taken note of, and the numbers of our requests.

-- JSON of the terminal's report, NULL for visits by card
ALTER TABLE visits ADD COLUMN report TEXT;
-- keyed hashes of birth date with kana, and of 照会番号: they find a person again without being a list of patients
ALTER TABLE visits ADD COLUMN person_key TEXT;
ALTER TABLE visits ADD COLUMN reference_key TEXT;

CREATE INDEX visits_of_person ON visits (person_key, started_at) WHERE person_key IS NOT NULL;
CREATE INDEX visits_of_reference ON visits (reference_key, started_at) WHERE reference_key IS NOT NULL;
CREATE INDEX visits_choosing ON visits (started_at) WHERE state = 'choosing';

CREATE TABLE terminal_files (
  name TEXT NOT NULL,
  -- lower-case hex over the file's bytes: the same name with other bytes is another row
  sha256 TEXT NOT NULL,
  -- 1: a person's answer was taken from it; 0: it could not be read, or was about another day
  is_read INTEGER NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (name, sha256)
) STRICT, WITHOUT ROWID;

CREATE INDEX terminal_files_by_day ON terminal_files (day);

CREATE TABLE terminal_requests (
  day TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
