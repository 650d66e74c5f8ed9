-- Who is told of changes, with the secrets that messages are signed with, and the last deliveries.
CREATE TABLE IF NOT EXISTS webhook (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    organisation TEXT NOT NULL,
    term TEXT NOT NULL,
    created TEXT NOT NULL,
    after TEXT NOT NULL,
    failures INTEGER NOT NULL,
    due TEXT NOT NULL,
    secret TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT 'changes'
);
CREATE TABLE IF NOT EXISTS webhook_delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook TEXT NOT NULL,
    message TEXT NOT NULL,
    time TEXT NOT NULL,
    outcome TEXT NOT NULL,
    said TEXT NOT NULL,
    changes INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS webhook_delivery_webhook ON webhook_delivery (webhook, number);
