-- Which of several helps of municipalities the clinic uses where they come together: by their schemes, without any patient.
CREATE TABLE chosen_helps (
  -- the scheme keys, sorted, with a space between them
  combination TEXT PRIMARY KEY,
  -- JSON: {"of": scheme keys, "used": some of them}
  choice TEXT NOT NULL,
  chosen_at TEXT NOT NULL
) STRICT;
