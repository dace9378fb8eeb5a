-- 診察券: the clinic's own number of a patient, linked once and brought by the patient's card from then on; and tomorrow's
-- bookings, which are asked about by these links.

-- The clinic's own number of the visit's patient, NULL while it is not known
ALTER TABLE visits ADD COLUMN patient_number TEXT;

CREATE TABLE patient_numbers (
  -- as in answers
  patient_key TEXT PRIMARY KEY,
  -- the hub's handle itself: by it a booking is asked about without the card
  patient_ref TEXT NOT NULL,
  -- keyed hash of birth date with kana, to see that a booking means the same person; NULL where the kana say nothing
  person_key TEXT,
  number TEXT NOT NULL,
  -- the day since which a card of this patient no longer brings the number, or another one does not yet; NULL: all is well
  stale_since TEXT
) STRICT;

-- Spreadsheets take leading zeros away: numbers that differ in nothing else are one.
CREATE UNIQUE INDEX patient_numbers_by_number ON patient_numbers (ltrim(number, '0'));
CREATE INDEX patient_numbers_stale ON patient_numbers (stale_since) WHERE stale_since IS NOT NULL;

-- 1: staff have said, with this card there, which number its holder has; such a link lasts as long as the certificate
ALTER TABLE card_links ADD COLUMN brings_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card_links ADD COLUMN certificate_ends_on TEXT NOT NULL DEFAULT '';

CREATE INDEX card_links_of_patient ON card_links (patient_key);

-- One list of bookings at a time, and how far the hub has been asked about it.
CREATE TABLE booking_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- the day of the bookings, YYYY-MM-DD
  day TEXT NOT NULL,
  -- a person has stopped it
  is_stopped INTEGER NOT NULL,
  -- JSON of the re-query under way, NULL between two
  requery TEXT
) STRICT;

CREATE TABLE bookings (
  -- the line's place in the list
  place INTEGER PRIMARY KEY,
  patient_number TEXT NOT NULL,
  name_kana TEXT NOT NULL,
  birth_date TEXT,
  -- whom the hub is asked about; NULL: nobody, a person has to look
  patient_ref TEXT,
  -- NULL: not asked yet
  outcome TEXT,
  -- JSON of what is behind the outcome
  findings TEXT
) STRICT;
