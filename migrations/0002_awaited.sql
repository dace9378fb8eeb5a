-- What lies at a destination and has not been taken yet is looked up every few seconds.
CREATE INDEX deliveries_awaited ON deliveries (destination, seq) WHERE state = 'delivered';
