-- What the database knows of itself: so far, whose it is. Every statement may run twice, see 0001.
-- depends: 0002.moved-groups

CREATE TABLE IF NOT EXISTS facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
