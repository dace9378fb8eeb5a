-- On whose behalf a row of the audit trail was written: the id of whoever was signed in (NULL: nobody has to sign in, or it was
-- a patient's page) and the desk, from 1 (NULL: the agent itself, or a command on the computer). Where either is there, `hash`
-- covers nine parts: the detail of 0008 (null where there is none), then these two; rows without them are hashed as before.
ALTER TABLE audit ADD COLUMN staff_id TEXT;
ALTER TABLE audit ADD COLUMN desk INTEGER;
