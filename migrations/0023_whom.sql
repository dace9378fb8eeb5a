-- Whom a row of the audit trail is about, for looking as for changing. NULL in rows from before. Where either is there, `hash`
-- covers ten parts: the nine of 0022 (null where there is none), then an object of those that are there, in this order; rows
-- without them are hashed as before.
-- the patient, as patient_key in answers: a keyed hash, which only this database's key can make
ALTER TABLE audit ADD COLUMN patient TEXT;
-- what was looked at besides a visit: a day, a page. No patient data
ALTER TABLE audit ADD COLUMN about TEXT;

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_of_patient ON audit (patient) WHERE patient IS NOT NULL;
