-- What is looked for with every inquiry, every press or every few seconds, and was found by reading whole tables. A
-- condition stands as the queries write it, or the index is not used. Every statement may run twice, see 0001.
-- depends: 0011.filing

CREATE INDEX IF NOT EXISTS timers_by_inquiry ON timers (inquiry_id, kind);
CREATE INDEX IF NOT EXISTS timers_by_person ON timers (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS assignments_open ON assignments (id) WHERE state IN ('assigned', 'taken', 'answered');
CREATE INDEX IF NOT EXISTS outbox_edits ON outbox (json_extract(draft, '$.edits')) WHERE state = 'queued';
CREATE INDEX IF NOT EXISTS outbox_prompts ON outbox (channel, chat, json_extract(draft, '$.prompt'))
  WHERE json_extract(draft, '$.prompt') IS NOT NULL;
-- In the place of the one that held only what has a number: deleting a person looks for all that went to their chat.
CREATE INDEX IF NOT EXISTS outbox_by_chat ON outbox (channel, chat, message);
DROP INDEX IF EXISTS outbox_by_message;
CREATE INDEX IF NOT EXISTS people_unnoticed ON people (created_at) WHERE noticed_at IS NULL;
CREATE INDEX IF NOT EXISTS buttons_of_nobody ON buttons (created_at) WHERE inquiry_id IS NULL;
