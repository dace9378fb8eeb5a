-- Files that lie in a destination's folder and are nobody's any more: their visit has expired, or a person does not want
-- them there. Name and hash are kept until they are gone, because only what is exactly ours is ever removed. No patient data.
CREATE TABLE left_files (
  destination TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  delivered_at TEXT NOT NULL,
  PRIMARY KEY (destination, file_name, sha256)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER delivery_expired BEFORE DELETE ON deliveries WHEN OLD.state = 'delivered' BEGIN
  INSERT OR IGNORE INTO left_files VALUES (OLD.destination, OLD.file_name, OLD.sha256, OLD.updated_at);
END;

CREATE TRIGGER delivery_unwanted AFTER UPDATE OF state ON deliveries
WHEN OLD.state = 'delivered' AND NEW.state = 'cancelled' BEGIN
  INSERT OR IGNORE INTO left_files VALUES (OLD.destination, OLD.file_name, OLD.sha256, OLD.updated_at);
END;
