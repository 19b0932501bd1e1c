-- What a plugin may do beyond answering, as the operator has said: "network".

CREATE TABLE plugin_grants (
    plugin     TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (plugin, permission)
) STRICT, WITHOUT ROWID;
