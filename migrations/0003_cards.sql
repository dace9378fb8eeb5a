-- Whose card it is, for the time when the hub cannot say: found by the card's certificate, as two keyed hashes. No serial
-- and no certificate is kept, and a link ends with the certificate or with the patient's answers.
CREATE TABLE card_links (
  card_key TEXT PRIMARY KEY,
  patient_key TEXT NOT NULL,
  -- the last day, YYYY-MM-DD
  expires_on TEXT NOT NULL
) STRICT;

CREATE INDEX card_links_by_expiry ON card_links (expires_on);
