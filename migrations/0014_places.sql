-- Where a file was put stands with its delivery from here on: the folder of its destination may be another one later. Of
-- files that were delivered before nothing but their name is known.
ALTER TABLE deliveries ADD COLUMN place TEXT;
