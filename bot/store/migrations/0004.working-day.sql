-- What a contact's working day needs. Every statement may run twice, see 0001; columns are added by 0005.
-- depends: 0003.facts

-- When a contact is away; one absence at a time, a new one replaces it. `set_by`: the key of the contact who said so.
CREATE TABLE IF NOT EXISTS absences (
    contact  TEXT PRIMARY KEY,
    from_at  TEXT NOT NULL,
    until_at TEXT NOT NULL,
    set_by   TEXT NOT NULL,
    set_at   TEXT NOT NULL
);

-- Contacts who turned out not to be reachable, until a message reaches them again.
CREATE TABLE IF NOT EXISTS unreachable (
    contact TEXT PRIMARY KEY,
    since   TEXT NOT NULL
);

-- Copies of a share's card in other contacts' chats; the card itself is named by the share.
CREATE TABLE IF NOT EXISTS card_copies (
    delivery_id   INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    assignment_id INTEGER NOT NULL REFERENCES assignments (id),
    contact       TEXT NOT NULL,
    why           TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS card_copies_by_assignment ON card_copies (assignment_id);

-- Texts a contact has stored to send again.
CREATE TABLE IF NOT EXISTS snippets (
    id         INTEGER PRIMARY KEY,
    contact    TEXT NOT NULL,
    title      TEXT NOT NULL,
    language   TEXT NOT NULL,
    text       TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (contact, title, language)
);

-- What a contact wrote without saying for which inquiry, until they say. AUTOINCREMENT: a question covers what was held up
-- to an id, so an id that came again would let a tap on an old question send newer words.
CREATE TABLE IF NOT EXISTS desk_held (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL,
    chat       INTEGER NOT NULL,
    message    TEXT NOT NULL,
    held_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS desk_held_by_chat ON desk_held (channel, chat, id);

-- When a contact wants the morning digest: local time HH:MM, or 'off'; without a row the rules' time holds.
CREATE TABLE IF NOT EXISTS digests (
    contact TEXT PRIMARY KEY,
    time    TEXT NOT NULL
);

-- Whether people say they were helped; asked once an inquiry.
CREATE TABLE IF NOT EXISTS feedback (
    inquiry_id  INTEGER PRIMARY KEY REFERENCES inquiries (id),
    asked_at    TEXT NOT NULL,
    helped      TEXT,
    answered_at TEXT
);
