-- What the clinic has confirmed about a patient's certificates: what the next answer is compared with. Goes with its visit.
CREATE TABLE confirmations (
  id INTEGER PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
  -- as in answers
  patient_key TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE INDEX confirmations_of_visit ON confirmations (visit_id, id);
CREATE INDEX confirmations_of_patient ON confirmations (patient_key, id);

-- In which order the clinic puts several 公費 on one claim: by combination of schemes, without any patient.
CREATE TABLE claim_orders (
  -- the scheme keys, sorted, with a space between them
  combination TEXT PRIMARY KEY,
  -- JSON array of the scheme keys in the chosen order
  sequence TEXT NOT NULL,
  chosen_at TEXT NOT NULL
) STRICT;
