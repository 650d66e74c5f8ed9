-- The search index. `folded` is the text as it is compared: lower case, accents that Norwegian does not tell apart removed.
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    graph TEXT NOT NULL,
    uri TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
);
CREATE INDEX IF NOT EXISTS entry_label ON entry (folded, field) WHERE field <> 'definition';
CREATE INDEX IF NOT EXISTS entry_graph ON entry (graph, until);
CREATE INDEX IF NOT EXISTS entry_uri ON entry (uri);
CREATE INDEX IF NOT EXISTS entry_ended ON entry (until) WHERE until IS NOT NULL;
CREATE INDEX IF NOT EXISTS entry_since ON entry (since);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    folded, content = 'entry', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
-- Parts of words are looked for in labels only: it has no definitions.
CREATE VIRTUAL TABLE IF NOT EXISTS parts USING fts5 (
    folded, content = 'entry', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);
-- What lists choose among: one row for each thing of a graph, its traits one a line ("theme http://...").
CREATE TABLE IF NOT EXISTS thing (
    id INTEGER PRIMARY KEY,
    graph TEXT NOT NULL,
    uri TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    traits TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
);
CREATE INDEX IF NOT EXISTS thing_graph ON thing (graph, until);
CREATE INDEX IF NOT EXISTS thing_uri ON thing (uri);
CREATE INDEX IF NOT EXISTS thing_held ON thing (since, until);
