-- Spans are `start`/`end` in UTF-8 bytes of the document's text; the words at a span stand beside it.

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,       -- hash of the text and of what the document states about itself
  name TEXT NOT NULL,
  title TEXT, publisher TEXT, authors TEXT NOT NULL, url TEXT, language TEXT,
  published TEXT, published_how TEXT,
  inferred_from TEXT, inferred_to TEXT, inferred_how TEXT,
  reference_from TEXT, reference_to TEXT, reference_how TEXT,
  maker TEXT NOT NULL,                 -- version of the program that read it
  text TEXT NOT NULL
) STRICT;
CREATE INDEX documents_name ON documents (name);

CREATE TABLE blocks (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

-- An actor is one across documents; what it was as of a document's date stands in document_actors.
CREATE TABLE actors (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT, wikidata TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE document_actors (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (id), name TEXT NOT NULL, country TEXT, sector TEXT, role TEXT,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_actors_actor ON document_actors (actor);

CREATE TABLE mentions (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  actor TEXT NOT NULL REFERENCES actors (id),
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  found_by TEXT NOT NULL, sense TEXT NOT NULL, how TEXT NOT NULL,
  PRIMARY KEY (document, ordinal, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_actor ON mentions (actor);

CREATE TABLE times (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  kind TEXT NOT NULL, value TEXT NOT NULL, date_from TEXT, date_to TEXT, how TEXT NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  name TEXT NOT NULL, geonameid INTEGER, latitude REAL, longitude REAL, country TEXT,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, kind TEXT NOT NULL, modes TEXT NOT NULL, contexts TEXT NOT NULL,
  dated INTEGER NOT NULL, date_from TEXT, date_to TEXT, date_how TEXT,
  place_name TEXT, place_geonameid INTEGER, place_latitude REAL, place_longitude REAL, place_country TEXT,
  polarity TEXT NOT NULL, certainty TEXT NOT NULL, frame TEXT NOT NULL, status TEXT NOT NULL,
  attribution TEXT NOT NULL, background INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  predicate_start INTEGER NOT NULL, predicate_end INTEGER NOT NULL, predicate_words TEXT NOT NULL,
  sentence INTEGER NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL,
  sighting TEXT NOT NULL,              -- what the judgement on happenings needs beyond the columns, as JSON
  happening TEXT,                      -- a judgement, recomputed; the report itself never changes
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_id ON events (id);
CREATE INDEX events_happening ON events (happening);

CREATE TABLE participants (
  document INTEGER NOT NULL, event INTEGER NOT NULL, side TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor TEXT NOT NULL, name TEXT NOT NULL, country TEXT, sector TEXT,
  start INTEGER, end INTEGER, words TEXT,
  PRIMARY KEY (document, event, side, ordinal),
  FOREIGN KEY (document, event) REFERENCES events (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_actor ON participants (actor);
CREATE INDEX participants_country ON participants (country);

CREATE TABLE says (
  document INTEGER NOT NULL, event INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  who TEXT NOT NULL, stance TEXT NOT NULL, cue TEXT NOT NULL, start INTEGER, end INTEGER, words TEXT,
  PRIMARY KEY (document, event, ordinal),
  FOREIGN KEY (document, event) REFERENCES events (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantities (
  document INTEGER NOT NULL, event INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL,
  PRIMARY KEY (document, event, ordinal),
  FOREIGN KEY (document, event) REFERENCES events (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, speaker_start INTEGER, speaker_end INTEGER, speaker_words TEXT,
  cue_start INTEGER, cue_end INTEGER, cue_words TEXT,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  form TEXT NOT NULL, stance TEXT NOT NULL, sentence INTEGER NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_id ON statements (id);

-- Speakers and addressees of statements, and the actors of position changes.
CREATE TABLE speakers (
  document INTEGER NOT NULL, item INTEGER NOT NULL, side TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor TEXT NOT NULL, name TEXT NOT NULL, country TEXT, sector TEXT,
  start INTEGER, end INTEGER, words TEXT,
  PRIMARY KEY (document, side, item, ordinal),
  FOREIGN KEY (document) REFERENCES documents (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX speakers_actor ON speakers (actor);

CREATE TABLE position_changes (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  topic TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
  document INTEGER NOT NULL REFERENCES documents (id), ordinal INTEGER NOT NULL,
  code TEXT NOT NULL, start INTEGER, end INTEGER, text TEXT NOT NULL,
  PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

-- `settled` is 0 while some report has not been judged on with the others.
CREATE TABLE state (settled INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (1);
