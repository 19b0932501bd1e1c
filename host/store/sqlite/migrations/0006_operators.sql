-- What operators do: closing a room, and the audit of it all.

ALTER TABLE rooms ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN closed INTEGER;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    made_by TEXT NOT NULL,                                  -- "alice, web": also of one who has no account
    verb    TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL
) STRICT;
