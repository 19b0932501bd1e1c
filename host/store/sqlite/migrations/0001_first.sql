-- The first schema. Times are milliseconds since 1970 UTC; enumerations are the numbers of protocol/types.hpp.

CREATE TABLE users (
    id            INTEGER PRIMARY KEY,
    name          TEXT COLLATE NOCASE UNIQUE,           -- NULL once the account is deleted
    display_name  TEXT NOT NULL,
    password_hash TEXT NOT NULL DEFAULT '',
    plugin        TEXT UNIQUE,                          -- the plugin whose bot this is; NULL for a person
    admin         INTEGER NOT NULL DEFAULT 0,
    disabled      INTEGER NOT NULL DEFAULT 0,
    locale        TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    deleted_at    INTEGER
) STRICT;
CREATE INDEX users_by_display_name ON users (display_name);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user       INTEGER NOT NULL REFERENCES users,
    address    TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);

CREATE TABLE one_time_links (
    link_hash  TEXT PRIMARY KEY,
    purpose    INTEGER NOT NULL,
    user       INTEGER REFERENCES users,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    id           INTEGER PRIMARY KEY,
    uri          TEXT NOT NULL UNIQUE,
    kind         INTEGER NOT NULL,
    title        TEXT NOT NULL,
    visibility   INTEGER NOT NULL,
    last_seq     INTEGER NOT NULL DEFAULT 0,
    people       INTEGER NOT NULL DEFAULT 0,            -- messages by people so far
    member_count INTEGER NOT NULL DEFAULT 0,
    direct_low   INTEGER REFERENCES users,              -- the two of a direct room, the lower id first
    direct_high  INTEGER REFERENCES users,
    created_at   INTEGER NOT NULL,
    UNIQUE (direct_low, direct_high)
) STRICT;
CREATE INDEX rooms_public ON rooms (id) WHERE visibility = 1;

CREATE TABLE members (
    room          INTEGER NOT NULL REFERENCES rooms,
    user          INTEGER NOT NULL REFERENCES users,
    role          INTEGER NOT NULL,
    joined_at     INTEGER NOT NULL,
    last_read_seq INTEGER NOT NULL DEFAULT 0,
    barred        INTEGER NOT NULL DEFAULT 0,           -- 1: removed, not a member, until invited again
    PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_user ON members (user, room);

CREATE TABLE invites (
    id         INTEGER PRIMARY KEY,
    room       INTEGER NOT NULL REFERENCES rooms,
    token_hash TEXT NOT NULL UNIQUE,
    created_by INTEGER NOT NULL REFERENCES users,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    uses_left  INTEGER,
    uses       INTEGER NOT NULL DEFAULT 0,
    revoked    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX invites_by_room ON invites (room);

-- A message row is also the `post` event of its room at its seq. `id` grows with every commit: it is the order of search.
CREATE TABLE messages (
    id            INTEGER PRIMARY KEY,
    uuid          BLOB NOT NULL UNIQUE,
    room          INTEGER NOT NULL REFERENCES rooms,
    seq           INTEGER NOT NULL,
    author        INTEGER NOT NULL REFERENCES users,
    people        INTEGER NOT NULL,                     -- messages by people in this room up to and with this one
    created_at    INTEGER NOT NULL,
    edited_at     INTEGER,
    deleted_at    INTEGER,
    reply_to      BLOB,
    invocation    BLOB,
    client_msg_id TEXT,                                 -- NULL for bots
    state         INTEGER NOT NULL DEFAULT 0,
    command       INTEGER NOT NULL DEFAULT 0,
    text          TEXT NOT NULL,
    UNIQUE (room, seq)
) STRICT;
CREATE INDEX messages_by_author ON messages (author, room, seq);
CREATE INDEX messages_deleted ON messages (room, seq, author) WHERE deleted_at IS NOT NULL AND client_msg_id IS NOT NULL;
CREATE INDEX messages_streaming ON messages (id) WHERE state = 1;

-- The other events of a room. No text: it stands in messages only, so that a delete scrubs it.
CREATE TABLE events (
    room       INTEGER NOT NULL REFERENCES rooms,
    seq        INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    actor      INTEGER REFERENCES users,                -- NULL: the host itself
    at         INTEGER NOT NULL,
    message    INTEGER REFERENCES messages,
    user       INTEGER REFERENCES users,
    change     INTEGER,
    role       INTEGER,
    title      TEXT,
    visibility INTEGER,
    invocation BLOB,
    plugin     TEXT,
    code       TEXT,
    PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;

-- Every client_msg_id a person has used, for ever; a message by its place, an author-only command by its invocation.
CREATE TABLE sends (
    author        INTEGER NOT NULL,
    client_msg_id TEXT NOT NULL,
    body_hash     INTEGER NOT NULL,
    room          INTEGER NOT NULL,
    seq           INTEGER,
    invocation    BLOB,
    PRIMARY KEY (author, client_msg_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
    user INTEGER NOT NULL,
    room INTEGER NOT NULL,
    seq  INTEGER NOT NULL,
    PRIMARY KEY (user, room, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_message ON mentions (room, seq);

CREATE TABLE invocations (
    id         BLOB PRIMARY KEY,
    author     INTEGER NOT NULL REFERENCES users,
    room       INTEGER NOT NULL REFERENCES rooms,
    message    INTEGER REFERENCES messages,             -- NULL: for its author only, or begun by a timer
    plugin     TEXT NOT NULL,
    command    TEXT NOT NULL,
    text       TEXT,                                    -- NULL: stands in the message
    visibility INTEGER NOT NULL,
    state      INTEGER NOT NULL DEFAULT 0,
    code       TEXT,
    detail     TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX invocations_by_author ON invocations (author, ended_at);
CREATE INDEX invocations_open ON invocations (id) WHERE ended_at IS NULL;

CREATE TABLE invocation_replies (
    invocation BLOB NOT NULL REFERENCES invocations,
    part       INTEGER NOT NULL,
    message    INTEGER REFERENCES messages,             -- a reply to the room
    text       TEXT,                                    -- a reply to the author only
    PRIMARY KEY (invocation, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugins (
    id          TEXT PRIMARY KEY,
    active_hash TEXT NOT NULL,
    version     TEXT NOT NULL,
    enabled     INTEGER NOT NULL,
    isolation   INTEGER,
    generation  INTEGER NOT NULL,
    made_by     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_prefixes (
    plugin   TEXT NOT NULL REFERENCES plugins,
    position INTEGER NOT NULL,
    prefix   TEXT NOT NULL,
    PRIMARY KEY (plugin, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_aliases (
    plugin TEXT NOT NULL REFERENCES plugins,
    prefix TEXT NOT NULL,
    alias  TEXT NOT NULL,
    PRIMARY KEY (plugin, prefix)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_builds (
    plugin   TEXT NOT NULL REFERENCES plugins,
    list     INTEGER NOT NULL,                          -- 0 refused, 1 kept
    position INTEGER NOT NULL,
    hash     TEXT NOT NULL,
    PRIMARY KEY (plugin, list, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_history (
    id      INTEGER PRIMARY KEY,
    plugin  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    verb    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    version TEXT NOT NULL,
    result  TEXT NOT NULL
) STRICT;
CREATE INDEX plugin_history_by_plugin ON plugin_history (plugin, id);

CREATE TABLE plugin_values (
    plugin TEXT NOT NULL,
    key    BLOB NOT NULL,
    value  BLOB NOT NULL,
    PRIMARY KEY (plugin, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_timers (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,          -- never used twice: a late removal must not hit a younger timer
    plugin  TEXT NOT NULL,
    command TEXT NOT NULL,
    room    INTEGER NOT NULL REFERENCES rooms,
    user    INTEGER NOT NULL REFERENCES users,
    due     INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;

CREATE TABLE plugin_states (
    plugin   TEXT PRIMARY KEY,
    schema   INTEGER NOT NULL,
    bytes    BLOB NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Words and overlapping pairs of CJK characters of each message, and its room as one token. Keeps no text.
CREATE VIRTUAL TABLE search USING fts5 (
    room, words, pairs, content = '', columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE search_progress (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    indexed_to INTEGER NOT NULL                         -- the last messages.id that is in the index
) STRICT;
INSERT INTO search_progress VALUES (1, 0);
