-- A short note of the clinic on a visit; it goes with its visit. It stands in no file and no row of the audit trail.
ALTER TABLE visits ADD COLUMN note TEXT;
