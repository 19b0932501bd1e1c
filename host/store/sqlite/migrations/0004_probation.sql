-- The build that a plugin goes back to, what it had kept when the next one came, and why the newest is not the one that serves.

ALTER TABLE plugins ADD COLUMN good_hash TEXT NOT NULL DEFAULT '';          -- '': the active one has proved good
ALTER TABLE plugins ADD COLUMN good_by TEXT NOT NULL DEFAULT '';
ALTER TABLE plugins ADD COLUMN probation_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plugins ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE TABLE plugin_snapshots (
    plugin       TEXT PRIMARY KEY,
    hash         TEXT NOT NULL,                         -- the build to which it belongs
    data_schema  INTEGER NOT NULL,
    taken_at     INTEGER NOT NULL,
    has_values   INTEGER NOT NULL,
    state_schema INTEGER NOT NULL,                      -- 0: no state
    state        BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plugin_snapshot_values (
    plugin TEXT NOT NULL,
    key    BLOB NOT NULL,
    value  BLOB NOT NULL,
    PRIMARY KEY (plugin, key)
) STRICT, WITHOUT ROWID;
