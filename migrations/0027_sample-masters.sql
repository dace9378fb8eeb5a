-- A sample of the master (masters sample) is for rehearsing: it goes with the rehearsal.
ALTER TABLE master_issues ADD COLUMN is_sample INTEGER NOT NULL DEFAULT 0;
