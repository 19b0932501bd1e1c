-- How an operator has set a plugin's own settings while it served.

CREATE TABLE plugin_settings (
    plugin  TEXT NOT NULL,
    key     TEXT NOT NULL,
    source  INTEGER NOT NULL,  -- the value itself, a file, a variable of the environment
    texts   TEXT NOT NULL,     -- a JSON array: the value, a list's several; or the file's path, the variable's name
    made_by TEXT NOT NULL,
    PRIMARY KEY (plugin, key)
) STRICT, WITHOUT ROWID;
