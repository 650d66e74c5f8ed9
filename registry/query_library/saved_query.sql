-- Queries that users saved: a row for every version; the last of a name counts, and says whether it was deleted.
CREATE TABLE IF NOT EXISTS saved_query (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    folder TEXT NOT NULL,
    view TEXT NOT NULL,
    query TEXT NOT NULL,
    organisation TEXT NOT NULL,
    token TEXT NOT NULL,
    owner TEXT NOT NULL,
    saved TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (name, version)
);
