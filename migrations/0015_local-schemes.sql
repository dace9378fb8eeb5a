-- The national masters of local schemes (地単公費マスター) that were imported. A row that goes on unchanged is stored once for all
-- the issues it stands in; one that has gone stays for the days of those. Public data, no patient's.

CREATE TABLE master_issues (
  id INTEGER PRIMARY KEY,
  -- the day as of which the file is, YYYY-MM-DD
  issued_on TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  rows INTEGER NOT NULL
) STRICT;

CREATE TABLE local_schemes (
  id INTEGER PRIMARY KEY,
  payer_number TEXT NOT NULL,
  -- which scheme it is a condition of: prefecture, municipality, number, division
  scheme TEXT NOT NULL,
  -- '' where none is written
  valid_from TEXT NOT NULL,
  -- last day; '9999-12-31' where there is no end
  valid_to TEXT NOT NULL,
  -- the first issue (its id) it stands in, and the first one it stands in no more
  from_issue INTEGER NOT NULL,
  until_issue INTEGER,
  -- SHA-256 of the content, shortened
  digest TEXT NOT NULL,
  -- the row as it stands in the file
  content TEXT NOT NULL
) STRICT;

CREATE INDEX local_schemes_of_number ON local_schemes (payer_number);
-- Holds all that another issue is compared with.
CREATE INDEX local_schemes_standing ON local_schemes (digest, scheme, until_issue) WHERE until_issue IS NULL;
