-- What the privacy notice said, by its version: so that the office can show what a person was told. Holds no personal
-- data, so it has no retention. Every statement may run twice, see 0001.
-- depends: 0008.privacy_columns

CREATE TABLE IF NOT EXISTS notices (
    version  TEXT PRIMARY KEY,
    texts    TEXT NOT NULL,
    shown_at TEXT NOT NULL
);
