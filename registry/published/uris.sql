-- The ledger of published URIs: what each has been, and since which generation. Rows are only added.
CREATE TABLE IF NOT EXISTS published (
    uri TEXT NOT NULL,
    kind TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (uri, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS read_to (generation INTEGER NOT NULL);
CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON published
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER IF NOT EXISTS never_forgotten BEFORE DELETE ON published
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
