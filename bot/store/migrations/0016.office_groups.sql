-- Groups that are or were a contact's, which the bot never leaves by itself: a slip in the rules must not cost the office
-- its group, however long ago its last card was deleted. Every statement may run twice, see 0001.
-- depends: 0015.first_promises

CREATE TABLE IF NOT EXISTS office_groups (
    channel TEXT NOT NULL,
    chat    INTEGER NOT NULL,
    PRIMARY KEY (channel, chat)
);
INSERT INTO office_groups (channel, chat)
SELECT DISTINCT channel, chat FROM outbox
WHERE assignment_id IS NOT NULL AND message IS NOT NULL AND (chat < 0 OR typeof(chat) = 'text') -- sealed, it is a text
ON CONFLICT (channel, chat) DO NOTHING;
