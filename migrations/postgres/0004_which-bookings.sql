-- oldest desk: 0003
-- Which list of bookings it is: a desk that asks about an earlier one writes nothing into a later one. One from before this does not
-- say which it asks about, and its lists all have the same empty name.
ALTER TABLE booking_run ADD COLUMN list text COLLATE "C" NOT NULL DEFAULT '';
