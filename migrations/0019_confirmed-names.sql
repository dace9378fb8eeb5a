-- How the clinic has confirmed a name that the source can only write with ●: kept with the patient's number, gone with it.

ALTER TABLE patient_numbers ADD COLUMN confirmed_name TEXT;
-- the source's name that it was confirmed for; another one makes it void
ALTER TABLE patient_numbers ADD COLUMN confirmed_of TEXT;

-- The same as the visit carries it into its files; NULL: the source's name stands
ALTER TABLE visits ADD COLUMN confirmed_name TEXT;
