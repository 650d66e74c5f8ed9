-- People who sign in elsewhere, and what they may do here; and sign-ins that have begun.
CREATE TABLE IF NOT EXISTS person (
    subject TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS sign_in (
    state TEXT PRIMARY KEY,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    onward TEXT NOT NULL,
    expires REAL NOT NULL
);
