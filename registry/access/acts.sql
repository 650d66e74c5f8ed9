-- Who gave, changed or took rights, sources and webhooks; only added to.
CREATE TABLE IF NOT EXISTS act (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    act TEXT NOT NULL,
    about TEXT NOT NULL
);
