-- Keys of people for scripts: only their hashes.

CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,           -- never used twice: a late revocation must not hit a younger one
    user       INTEGER NOT NULL REFERENCES users,
    name       TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_used  INTEGER,
    expires_at INTEGER                                      -- NULL: until it is revoked
) STRICT;
CREATE INDEX tokens_by_user ON tokens (user);
