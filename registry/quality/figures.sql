-- What was measured of each catalogue, the last measurement of every day on which there was one.
-- `number` grows with every measurement that is kept; `figures` is what trends are drawn of, `document` the measurement whole.
CREATE TABLE IF NOT EXISTS measurement (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    graph TEXT NOT NULL,
    day TEXT NOT NULL,
    measured TEXT NOT NULL,
    state TEXT NOT NULL,
    figures TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (graph, day)
);
