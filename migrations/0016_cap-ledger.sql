-- 自己負担上限額管理: a sheet for each patient, certificate and month of visits, and what was entered on it. A month is only worth
-- anything as a whole, so its rows expire together.

CREATE TABLE cap_sheets (
  id INTEGER PRIMARY KEY,
  -- as in answers
  patient_key TEXT NOT NULL,
  -- keyed hash of payer number and recipient number
  certificate_key TEXT NOT NULL,
  -- YYYY-MM
  month TEXT NOT NULL,
  -- the last day of the month that was believed when somebody wrote on it last
  kept_from TEXT NOT NULL,
  UNIQUE (patient_key, certificate_key, month)
) STRICT;

CREATE INDEX cap_sheets_kept_from ON cap_sheets (kept_from);

CREATE TABLE cap_rows (
  sheet_id INTEGER NOT NULL REFERENCES cap_sheets (id) ON DELETE CASCADE,
  -- 1, 2, 3 …
  place INTEGER NOT NULL,
  -- JSON of an entry, a correction, or what was said of the paper
  body TEXT NOT NULL,
  PRIMARY KEY (sheet_id, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cap_rows_are_not_changed BEFORE UPDATE ON cap_rows
BEGIN
  SELECT RAISE(ABORT, 'rows of a cap sheet are not changed');
END;

CREATE TRIGGER cap_rows_go_with_their_sheet BEFORE DELETE ON cap_rows
WHEN EXISTS (SELECT 1 FROM cap_sheets WHERE id = OLD.sheet_id)
BEGIN
  SELECT RAISE(ABORT, 'rows of a cap sheet are not deleted');
END;
