-- What is not public and not rebuilt: keys and tokens. The file is for the owner of the register only.
CREATE TABLE IF NOT EXISTS secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS token (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    expires TEXT NOT NULL DEFAULT '',
    revoked TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL
);
