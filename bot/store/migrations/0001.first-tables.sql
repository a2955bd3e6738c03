-- Everything the first version remembers. Times are ISO 8601 in UTC, with microseconds, so that they sort as text.
-- Every statement may run twice: the migration library notes a migration as applied in a transaction of its own, and a
-- process may end between the two.
-- depends:

CREATE TABLE IF NOT EXISTS people (
    id             INTEGER PRIMARY KEY,
    channel        TEXT NOT NULL,
    chat           INTEGER NOT NULL,
    first_name     TEXT NOT NULL,
    language       TEXT NOT NULL,
    noticed_at     TEXT,
    notice_version TEXT,
    created_at     TEXT NOT NULL,
    UNIQUE (channel, chat)
);

CREATE TABLE IF NOT EXISTS inquiries (
    id        INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES people (id),
    state     TEXT NOT NULL,
    decision  TEXT,
    opened_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    closed_at TEXT
);
CREATE INDEX IF NOT EXISTS inquiries_by_person ON inquiries (person_id, touched_at);
CREATE INDEX IF NOT EXISTS inquiries_by_state ON inquiries (state, opened_at);

-- The last number given out in a year, so that references stay short and without gaps.
CREATE TABLE IF NOT EXISTS counters (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS assignments (
    id         INTEGER PRIMARY KEY,
    inquiry_id INTEGER NOT NULL REFERENCES inquiries (id),
    field      TEXT NOT NULL,
    lead       INTEGER NOT NULL,
    contact    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    state      TEXT NOT NULL,
    due_at     TEXT,
    card       INTEGER,            -- the outbox row of its card; none while nobody could be reached
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS assignments_by_inquiry ON assignments (inquiry_id);
CREATE INDEX IF NOT EXISTS assignments_by_contact ON assignments (contact, state);

-- What people wrote, from outside (author 'inquirer') and from the office (author: the contact's key).
CREATE TABLE IF NOT EXISTS messages (
    id         INTEGER PRIMARY KEY,
    inquiry_id INTEGER NOT NULL REFERENCES inquiries (id),
    author     TEXT NOT NULL,
    channel    TEXT NOT NULL,
    chat       INTEGER NOT NULL,
    message    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL,
    album      TEXT,
    sent_at    TEXT NOT NULL,
    edited_at  TEXT,
    UNIQUE (channel, chat, message)
);
CREATE INDEX IF NOT EXISTS messages_by_inquiry ON messages (inquiry_id, id);
CREATE INDEX IF NOT EXISTS messages_by_album ON messages (channel, chat, album) WHERE album IS NOT NULL;

-- What happened; only ever added to.
CREATE TABLE IF NOT EXISTS journal (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    event      TEXT NOT NULL,
    inquiry_id INTEGER REFERENCES inquiries (id),
    data       TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS journal_by_inquiry ON journal (inquiry_id, id);
CREATE TRIGGER IF NOT EXISTS journal_is_append_only BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- Raw updates, committed before they are confirmed. `raw` is emptied once it is handled. An update is known by what it
-- means, not by its number: numbers begin anew after a quiet week. `lane`: whose updates are handled in order.
CREATE TABLE IF NOT EXISTS inbox (
    id          INTEGER PRIMARY KEY,
    channel     TEXT NOT NULL,
    update_id   INTEGER,
    meaning     TEXT NOT NULL,
    lane        TEXT NOT NULL,
    raw         TEXT NOT NULL,
    state       TEXT NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    retry_at    TEXT,
    received_at TEXT NOT NULL,
    done_at     TEXT,
    error       TEXT,
    UNIQUE (channel, meaning)
);
CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS inbox_retrying ON inbox (channel, lane, id) WHERE state = 'waiting' AND retry_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS inbox_parked ON inbox (id) WHERE state = 'parked';
CREATE INDEX IF NOT EXISTS inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;

-- AUTOINCREMENT: a dropped row's id must never come again, for later rows name it as what they edit or answer.
-- `repeat` counts the attempts whose fate is unknown.
CREATE TABLE IF NOT EXISTS outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    channel       TEXT NOT NULL,
    chat          INTEGER NOT NULL,
    topic         INTEGER,
    kind          TEXT NOT NULL,
    purpose       TEXT NOT NULL,
    state         TEXT NOT NULL,
    draft         TEXT NOT NULL,
    inquiry_id    INTEGER REFERENCES inquiries (id),
    assignment_id INTEGER REFERENCES assignments (id),
    message_id    INTEGER REFERENCES messages (id),
    message       INTEGER,
    repeat        INTEGER NOT NULL DEFAULT 0,
    attempts      INTEGER NOT NULL DEFAULT 0,
    created_at    TEXT NOT NULL,
    due_at        TEXT NOT NULL,
    claimed_at    TEXT,
    sent_at       TEXT,
    error         TEXT
);
CREATE INDEX IF NOT EXISTS outbox_lanes ON outbox (channel, chat, id) WHERE state IN ('queued', 'sending') AND kind <> 'answer_press';
CREATE INDEX IF NOT EXISTS outbox_presses ON outbox (id) WHERE state IN ('queued', 'sending') AND kind = 'answer_press';
CREATE INDEX IF NOT EXISTS outbox_parked ON outbox (id) WHERE state = 'parked';
CREATE INDEX IF NOT EXISTS outbox_by_message ON outbox (channel, chat, message) WHERE message IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_by_stored_message ON outbox (message_id, id) WHERE message_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_by_assignment ON outbox (assignment_id, id) WHERE assignment_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS outbox_by_inquiry ON outbox (inquiry_id, id);
CREATE INDEX IF NOT EXISTS outbox_by_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;

-- What a button means; the button itself carries only the token.
CREATE TABLE IF NOT EXISTS buttons (
    token      TEXT PRIMARY KEY,
    action     TEXT NOT NULL,
    channel    TEXT NOT NULL,
    chat       INTEGER NOT NULL,
    inquiry_id INTEGER REFERENCES inquiries (id),
    data       TEXT NOT NULL,
    created_at TEXT NOT NULL
);
-- The same button is made once, however often its message is redrawn.
CREATE UNIQUE INDEX IF NOT EXISTS buttons_once ON buttons (channel, chat, action, data);

-- Messages waiting for their writer's word: for the notice to be read, or for the inquiry they belong to.
CREATE TABLE IF NOT EXISTS held (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES people (id),
    reason     TEXT NOT NULL,
    message    TEXT NOT NULL,
    album      TEXT,
    held_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS held_by_person ON held (person_id, id);

-- Invitations: only a hash is kept, the link itself is shown once.
CREATE TABLE IF NOT EXISTS invitations (
    hash       TEXT PRIMARY KEY,
    contact    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at    TEXT
);

CREATE TABLE IF NOT EXISTS contact_addresses (
    contact   TEXT PRIMARY KEY,
    channel   TEXT NOT NULL,
    chat      INTEGER NOT NULL,
    topic     INTEGER,
    joined_at TEXT NOT NULL
);

-- What is due at a time, whatever the process did in between.
CREATE TABLE IF NOT EXISTS timers (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    inquiry_id INTEGER REFERENCES inquiries (id),
    person_id  INTEGER REFERENCES people (id),
    due_at     TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS timers_by_due ON timers (due_at);
