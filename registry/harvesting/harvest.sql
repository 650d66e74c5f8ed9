-- Sources that are harvested, what is known of what they held last, their last runs, and the graphs that they brought.
CREATE TABLE IF NOT EXISTS harvest_source (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    format TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    publisher TEXT NOT NULL,
    hours REAL NOT NULL,
    credential TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    tried TEXT NOT NULL DEFAULT '',
    succeeded TEXT NOT NULL DEFAULT '',
    changed TEXT NOT NULL DEFAULT '',
    failing_since TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS harvest_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    counts TEXT NOT NULL,
    imports TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS harvest_graph (
    source TEXT NOT NULL,
    graph TEXT NOT NULL,
    PRIMARY KEY (source, graph)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS harvest_run_source ON harvest_run (source, number);
