-- What the person's hands on their data and retention need. Every statement may run twice, see 0001; columns: 0008.
-- depends: 0006.reminders

-- What was deleted, by hashes only, so that a restored backup can be made to forget it again.
CREATE TABLE IF NOT EXISTS deletions (
    hash       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    deleted_at TEXT NOT NULL
);

-- What stays of an inquiry when its content is gone: for counting, without any link to a person or an inquiry.
CREATE TABLE IF NOT EXISTS skeletons (
    id             INTEGER PRIMARY KEY,
    month          TEXT NOT NULL,
    field          TEXT NOT NULL,
    region         TEXT,
    audience       TEXT NOT NULL,
    direction      TEXT NOT NULL,
    outcome        TEXT NOT NULL,
    hours_to_answer REAL,
    hours_to_close REAL,
    in_time        INTEGER,
    helped         TEXT
);

-- What retention and deletion look for.
CREATE INDEX IF NOT EXISTS inquiries_by_closing ON inquiries (closed_at);
CREATE INDEX IF NOT EXISTS inquiries_by_opening ON inquiries (opened_at);
CREATE INDEX IF NOT EXISTS inquiries_by_silence ON inquiries (touched_at) WHERE closed_at IS NULL;
CREATE INDEX IF NOT EXISTS inquiries_following ON inquiries (follows) WHERE follows IS NOT NULL;
CREATE INDEX IF NOT EXISTS buttons_by_inquiry ON buttons (inquiry_id) WHERE inquiry_id IS NOT NULL;

-- Who may not write for now, by an administrator's word.
CREATE TABLE IF NOT EXISTS blocks (
    channel    TEXT NOT NULL,
    chat       INTEGER NOT NULL,
    until_at   TEXT,
    set_by     TEXT NOT NULL,
    set_at     TEXT NOT NULL,
    PRIMARY KEY (channel, chat)
);
