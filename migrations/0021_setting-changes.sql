-- What the clinic has changed of its settings is found without reading the whole trail: on the screen it can be taken back.
CREATE INDEX audit_settings ON audit (id) WHERE detail IS NOT NULL;
