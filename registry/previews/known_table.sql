-- What somebody said that the columns of a table hold: one row for the headers of each organisation.
CREATE TABLE IF NOT EXISTS known_table (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    headers TEXT NOT NULL,
    file TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    mapping TEXT NOT NULL,
    token TEXT NOT NULL,
    saved TEXT NOT NULL
);
