-- As 0012: reminders of a contact, looked for with every card, and the share a card is of. Every statement may run
-- twice, see 0001.
-- depends: 0012.looked_for

CREATE INDEX IF NOT EXISTS timers_by_contact ON timers (kind, contact);
CREATE INDEX IF NOT EXISTS assignments_by_card ON assignments (card) WHERE card IS NOT NULL;
