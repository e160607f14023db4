-- What the user's own ontology calls an event, as JSON; null where it says nothing.
ALTER TABLE events ADD COLUMN own TEXT;
ALTER TABLE events ADD COLUMN own_kind TEXT GENERATED ALWAYS AS (json_extract(own, '$.kind.name')) VIRTUAL;
