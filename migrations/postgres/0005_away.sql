-- oldest desk: 0004
-- A desk that is cut off goes on alone with a copy, and brings what it wrote when the line is back.

-- As in 0029_conflicts.sql
CREATE TABLE conflicts (
  id text COLLATE "C" PRIMARY KEY,
  desk text COLLATE "C" NOT NULL,
  at text COLLATE "C" NOT NULL,
  found_at text COLLATE "C" NOT NULL,
  staff_id text COLLATE "C",
  visit_id text COLLATE "C" REFERENCES visits (id) ON DELETE CASCADE,
  content bytea NOT NULL,
  resolved_at text COLLATE "C",
  resolved_by text COLLATE "C"
);

CREATE INDEX conflicts_open ON conflicts (found_at, id) WHERE resolved_at IS NULL;
CREATE INDEX conflicts_of_visit ON conflicts (visit_id) WHERE visit_id IS NOT NULL;

CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON conflicts
  FOR EACH ROW EXECUTE FUNCTION note_change('conflicts');

-- What has been brought: each time that a desk was away has an id, so that nothing is brought twice.
CREATE TABLE merges (
  id text COLLATE "C" PRIMARY KEY,
  desk text COLLATE "C" NOT NULL REFERENCES desks (id),
  visits bigint NOT NULL,
  conflicts bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

-- The series of numbers that only this desk gives; null: it has never kept a copy.
ALTER TABLE desks ADD COLUMN series bigint UNIQUE;

-- Which patient it is about, as a keyed hash: whoever keeps a copy reads that one anew, and not all of them.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  writer text := coalesce(current_setting('madoguchi.writer', true), '');
  changed record;
  which text := '';
  noted bigint;
BEGIN
  IF TG_NARGS > 1 THEN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    CASE TG_ARGV[1]
      WHEN 'id' THEN which := changed.id;
      WHEN 'visit_id' THEN which := changed.visit_id;
      WHEN 'destination' THEN which := changed.destination;
      WHEN 'patient_key' THEN which := changed.patient_key;
    END CASE;
  END IF;
  INSERT INTO changes (kind, id, writer) VALUES (TG_ARGV[0], which, writer) ON CONFLICT DO NOTHING RETURNING seq INTO noted;
  IF noted IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify(TG_TABLE_SCHEMA, writer);
  IF noted % 1000 = 0 THEN
    DELETE FROM changes WHERE seq < (SELECT seq FROM changes WHERE at > now() - interval '2 days' ORDER BY seq LIMIT 1);
  END IF;
  RETURN NULL;
END $$;

-- A card may go from one patient to another: then it is told of both.
CREATE FUNCTION note_patient_before() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO changes (kind, id, writer)
    VALUES ('numbers', OLD.patient_key, coalesce(current_setting('madoguchi.writer', true), '')) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

DROP TRIGGER changed ON card_links;
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON card_links
  FOR EACH ROW EXECUTE FUNCTION note_change('numbers', 'patient_key');
CREATE TRIGGER changed_from AFTER UPDATE ON card_links
  FOR EACH ROW WHEN (OLD.patient_key <> NEW.patient_key) EXECUTE FUNCTION note_patient_before();
DROP TRIGGER changed ON patient_numbers;
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON patient_numbers
  FOR EACH ROW EXECUTE FUNCTION note_change('numbers', 'patient_key');
-- A row is added to a sheet that is opened in the same transaction, and goes with it.
DROP TRIGGER changed ON cap_rows;
DROP TRIGGER changed ON cap_sheets;
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON cap_sheets
  FOR EACH ROW EXECUTE FUNCTION note_change('caps', 'patient_key');
