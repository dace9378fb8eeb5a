-- Which list of bookings it is: whoever asks about an earlier one writes nothing into a later one.
ALTER TABLE booking_run ADD COLUMN list TEXT NOT NULL DEFAULT '';
