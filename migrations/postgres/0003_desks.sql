-- oldest desk: 0003
-- The desks of a site, and which of them does what for all. Times here are the server's own: a desk's clock may be wrong by hours.
-- A desk from before this would do what another one has a lease for.

CREATE TABLE desks (
  id text COLLATE "C" PRIMARY KEY,
  -- how people call its computer
  name text COLLATE "C" NOT NULL,
  -- of the program
  version text COLLATE "C" NOT NULL,
  -- goes up with every start: what an earlier run of the same desk had is not this one's
  generation bigint NOT NULL,
  seen_at timestamptz NOT NULL
);

-- Never deleted: the number of a lease is higher than any before it.
CREATE TABLE leases (
  what text COLLATE "C" PRIMARY KEY,
  fence bigint NOT NULL,
  desk text COLLATE "C" NOT NULL REFERENCES desks (id),
  generation bigint NOT NULL,
  until timestamptz NOT NULL
);

-- Whose a visit is while it is open; null: of a store that had one desk.
ALTER TABLE visits
  ADD COLUMN desk text COLLATE "C" REFERENCES desks (id),
  -- which other desk asks for it
  ADD COLUMN asked_by text COLLATE "C" REFERENCES desks (id);

CREATE INDEX visits_asked_for ON visits (desk) WHERE asked_by IS NOT NULL;

-- Where another desk brings the file it waits until the desk of the visit can no longer take its decision back.
ALTER TABLE deliveries ADD COLUMN added_at timestamptz NOT NULL DEFAULT clock_timestamp();
