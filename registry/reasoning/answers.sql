-- What HermiT found of each model, the last time that it was asked: `state` is the generation that last changed the model's graph.
CREATE TABLE IF NOT EXISTS reasoned (
    model TEXT PRIMARY KEY,
    asked TEXT NOT NULL,
    state TEXT NOT NULL,
    document TEXT NOT NULL
);
