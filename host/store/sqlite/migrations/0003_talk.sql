-- Reactions, files, reports, slow mode, and what of a room calls each member.

CREATE TABLE reactions (
    message INTEGER NOT NULL REFERENCES messages,
    emoji   TEXT NOT NULL,
    user    INTEGER NOT NULL REFERENCES users,
    at      INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_by_user ON reactions (user);

ALTER TABLE events ADD COLUMN emoji TEXT;
ALTER TABLE events ADD COLUMN added INTEGER;                -- 1: the emoji was given, 0: taken back
ALTER TABLE events ADD COLUMN slow_mode_s INTEGER;

ALTER TABLE rooms ADD COLUMN slow_mode_s INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN notify INTEGER;              -- NULL: as that kind of room has it
ALTER TABLE members ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;

-- The bytes lie in data/files under the id.
CREATE TABLE files (
    id         BLOB PRIMARY KEY,
    room       INTEGER NOT NULL REFERENCES rooms,
    owner      INTEGER NOT NULL REFERENCES users,
    message    INTEGER REFERENCES messages,                 -- NULL: uploaded, not sent yet
    position   INTEGER NOT NULL DEFAULT 0,                  -- within the message
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    thumbnail  INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_message ON files (message, position) WHERE message IS NOT NULL;
CREATE INDEX files_by_owner ON files (owner, size);
CREATE INDEX files_loose ON files (created_at) WHERE message IS NULL;

CREATE TABLE reports (
    id         INTEGER PRIMARY KEY,
    room       INTEGER NOT NULL REFERENCES rooms,
    message    INTEGER NOT NULL REFERENCES messages,
    reporter   INTEGER NOT NULL REFERENCES users,
    reason     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by INTEGER REFERENCES users,
    UNIQUE (message, reporter)
) STRICT;
CREATE INDEX reports_open ON reports (room) WHERE settled_at IS NULL;
CREATE INDEX reports_by_reporter ON reports (reporter);
