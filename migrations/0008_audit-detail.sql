-- What a change of the settings was: JSON with the value before and after, without patient data and without a secret; NULL
-- for the steps of a visit. Such a row belongs to no visit: visit_id is ''. Where there is a detail, `hash` covers it as
-- the seventh of the array in 0001; rows without one are hashed as before, so that old chains stay whole.
ALTER TABLE audit ADD COLUMN detail TEXT;
