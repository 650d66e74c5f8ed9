-- What people write in cases and drafts: each entry is one field written once; the last of a field counts.
CREATE TABLE IF NOT EXISTS ledger_item (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    created TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE TABLE IF NOT EXISTS ledger_entry (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    time TEXT NOT NULL,
    token TEXT NOT NULL,
    owner TEXT NOT NULL,
    organisation TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, id, number)
);
