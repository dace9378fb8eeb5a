-- What the day sheet and the monthly report count, beside the visits: only states, schemes and seconds, so that a month is
-- counted without reading any answer, and the counts stay when the visits have gone.

-- One row for each thing that is counted of a visit. `kind` and `key`: as in store/counts.ts. Goes with its visit.
CREATE TABLE tallies (
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
  PRIMARY KEY (day, kind, key, visit_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tallies_of_visit ON tallies (visit_id, kind);

-- Who used a card in which month: once for each visit, counted once for each person.
CREATE TABLE card_uses (
  -- YYYY-MM of the visit's day
  month TEXT NOT NULL,
  -- as person_key in visits; where the kana say nothing, as patient_key in answers
  user TEXT NOT NULL,
  -- NULL: the visit was deleted before its month was over; such a row goes with the month
  visit_id TEXT UNIQUE REFERENCES visits (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX card_uses_of_month ON card_uses (month, user);
CREATE INDEX card_uses_without_visit ON card_uses (month, user) WHERE visit_id IS NULL;

-- What was counted of visits that are deleted by now. No patient, no visit.
CREATE TABLE month_counts (
  month TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (month, kind, key)
) STRICT, WITHOUT ROWID;

-- レセプト件数 as the clinic has told it.
CREATE TABLE claims (
  month TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  entered_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX visits_by_state ON visits (day, state);
CREATE INDEX deliveries_unwritten ON deliveries (visit_id) WHERE state NOT IN ('delivered', 'acknowledged', 'cancelled');

-- Of visits that are there already; what was to be typed by hand, and who came by the terminal's reader, was not noted.
INSERT OR IGNORE INTO tallies (day, kind, key, visit_id)
  SELECT visits.day, category.value, json_extract(answers.body, '$.answers.' || category.value || '.state'), visits.id
  FROM visits JOIN answers ON answers.id = (SELECT max(id) FROM answers WHERE visit_id = visits.id)
    JOIN json_each('["medicalSubsidy", "vaccination", "checkup"]') AS category
  WHERE json_extract(answers.body, '$.answers.' || category.value || '.state') <> 'unreachable'
    OR json_extract(answers.body, '$.source') = 'pmh';

INSERT OR IGNORE INTO tallies (day, kind, key, visit_id)
  SELECT visits.day, 'scheme',
    coalesce(json_extract(item.value, '$.benefit.scheme.code'), '') || ' ' || json_extract(item.value, '$.benefit.scheme.name'),
    visits.id
  FROM visits JOIN confirmations ON confirmations.id = (SELECT max(id) FROM confirmations WHERE visit_id = visits.id)
    JOIN json_each(confirmations.body, '$.handed.items') AS item
  WHERE item.key < json_extract(confirmations.body, '$.handed.onClaim');

INSERT OR IGNORE INTO tallies (day, kind, key, visit_id)
  SELECT visits.day, 'waited',
    max(0, unixepoch(json_extract(confirmations.body, '$.confirmedAt')) - unixepoch(visits.started_at)), visits.id
  FROM visits JOIN confirmations ON confirmations.id = (SELECT max(id) FROM confirmations WHERE visit_id = visits.id)
    JOIN answers ON answers.id = (SELECT max(id) FROM answers WHERE visit_id = visits.id)
  WHERE visits.report IS NULL AND json_extract(answers.body, '$.askedLater') IS NULL;

INSERT OR IGNORE INTO card_uses (month, user, visit_id)
  SELECT substr(visits.day, 1, 7), coalesce(visits.person_key, answers.patient_key), visits.id
  FROM visits JOIN answers ON answers.id = (SELECT max(id) FROM answers WHERE visit_id = visits.id)
  WHERE visits.report IS NULL AND visits.state IN ('answered', 'confirmed', 'handedOver', 'acknowledged');
