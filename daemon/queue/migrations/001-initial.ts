/**
 * The first schema. Columns bear the schemas' own field names, so that a row needs no renaming.
 * Moments are UTC ISO text; JSON columns are parsed by the zod schema of their type when they are read.
 */
export const initial = `
CREATE TABLE journal (
  seq  INTEGER PRIMARY KEY,          -- given by Journal, without gaps
  at   TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  id   TEXT NOT NULL,
  data TEXT NOT NULL                 -- JSON of the whole thing after the change
) STRICT;

CREATE TABLE clips (
  seq     INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  data    TEXT NOT NULL,
  handled INTEGER NOT NULL DEFAULT 0 -- the last revision that superseding and auto-send have seen
) STRICT;

CREATE TABLE watches (seq INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, data TEXT NOT NULL) STRICT;

CREATE TABLE runs (
  seq          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  host         TEXT NOT NULL,
  engine       TEXT NOT NULL,
  slot         INTEGER NOT NULL,
  batchKey     TEXT NOT NULL,
  state        TEXT NOT NULL,
  exitCode     INTEGER,
  pricePerHour REAL NOT NULL,
  createdAt    TEXT NOT NULL,
  startedAt    TEXT,
  endedAt      TEXT
) STRICT;
CREATE INDEX runs_open ON runs (seq) WHERE state = 'open';
CREATE INDEX runs_group ON runs (batchKey);

-- Short columns first: a look at the state then never reads the long texts, which lie on pages of their own.
CREATE TABLE jobs (
  seq        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  state      TEXT NOT NULL,
  fence      INTEGER NOT NULL,
  engine     TEXT NOT NULL,
  host       TEXT,
  run        TEXT REFERENCES runs (id),
  attempt    INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  position   REAL NOT NULL,          -- at first the seq
  notBefore  TEXT,
  clip       TEXT,                   -- no reference: a job outlives its clip
  name       TEXT NOT NULL,
  project    TEXT,
  sweep      TEXT,
  edited     INTEGER NOT NULL,
  stopReason TEXT,
  progress   REAL,
  eta        REAL,
  createdAt  TEXT NOT NULL,
  updatedAt  TEXT NOT NULL,
  startedAt  TEXT,
  endedAt    TEXT,
  submitKey  TEXT,                   -- idempotency key of the submit that made it
  reason     TEXT NOT NULL,
  output     TEXT,
  error      TEXT,                   -- JSON, JobError
  tags       TEXT NOT NULL,          -- JSON, list of words
  settings   TEXT NOT NULL,          -- JSON, JobSettings
  source     TEXT NOT NULL,          -- JSON, JobSource
  files      TEXT NOT NULL,          -- JSON, list of FrozenFile
  prepared   TEXT                    -- JSON, Prepared
) STRICT;
-- One for the running order and for what is under way; every move pays for each index that it touches.
CREATE INDEX jobs_unfinished ON jobs (state, priority DESC, position, seq) WHERE endedAt IS NULL;
CREATE INDEX jobs_clip ON jobs (clip);
CREATE INDEX jobs_submitKey ON jobs (submitKey) WHERE submitKey IS NOT NULL;

CREATE TABLE attempts (
  seq        INTEGER PRIMARY KEY,
  job        TEXT NOT NULL REFERENCES jobs (id),
  run        TEXT NOT NULL REFERENCES runs (id),
  number     INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  logFrom    INTEGER,
  logTo      INTEGER,
  outcome    TEXT,
  error      TEXT,
  errorClass TEXT,                   -- FailureClass of a failed attempt: what pauses a group
  startedAt  TEXT,
  endedAt    TEXT,
  UNIQUE (run, job)
) STRICT;
-- Not unique: a member that was never reached does not count, and its number is given again.
CREATE INDEX attempts_job ON attempts (job, number);

CREATE TABLE results (
  seq      INTEGER PRIMARY KEY,
  job      TEXT NOT NULL UNIQUE REFERENCES jobs (id),
  clip     TEXT,
  revision INTEGER,                  -- of the clip, when the job was submitted
  data     TEXT NOT NULL             -- JSON, Result
) STRICT;
CREATE INDEX results_clip ON results (clip);

CREATE TABLE hashes (
  path    TEXT PRIMARY KEY,
  size    INTEGER NOT NULL,
  mtimeMs REAL NOT NULL,
  sha256  TEXT NOT NULL
) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;
