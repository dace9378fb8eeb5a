-- 職員: who may sign in. A row stays, so that the rows of the audit trail with its id keep their name; who has left is locked.
CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  -- as it is typed; no secret
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  -- the name by which the computer's own system knows them
  account TEXT UNIQUE,
  -- of their authenticator (TOTP), Base32
  secret TEXT NOT NULL,
  -- the newest step of time whose code was taken: none is taken twice
  last_step INTEGER,
  is_locked INTEGER NOT NULL DEFAULT 0,
  signed_in_at TEXT,
  added_at TEXT NOT NULL
) STRICT;

-- Tries that failed since the last one that did not, by the code that was typed, whether anybody has it or not.
CREATE TABLE sign_in_tries (
  code TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  tried_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 非常時の操作: somebody has looked at patients although their role does not.
CREATE TABLE broken_glass (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  until TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  reason TEXT NOT NULL
) STRICT;

CREATE INDEX broken_glass_of_day ON broken_glass (day, at);
