"""Shares of inquiries that speak of danger have no due time any more: they are to be looked at at once.

Those that are stored already lose theirs, with the timers that watched over it, in an encrypted database, too: whether
something is true stays open in a document there (`bot.store.sealing`). Where none is left, whoever has it is reminded
from now on.
"""

from __future__ import annotations

from yoyo import step

__depends__ = {"0017.first_rows"}

LAST_STEP = 2  # at which whoever has it is reminded until somebody answers
URGENT = "inquiry_id IN (SELECT id FROM inquiries WHERE json_extract(decision, '$.urgent'))"

steps = [
    step(f"""DELETE FROM timers WHERE kind IN ('soon', 'due')
             AND assignment_id IN (SELECT id FROM assignments WHERE {URGENT})"""),  # noqa: S608 (a constant)
    step(f"UPDATE assignments SET due_at = NULL, promised_at = NULL WHERE {URGENT}"),  # noqa: S608 (a constant)
    step(f"""INSERT INTO timers (kind, assignment_id, step, due_at)
             SELECT 'take', id, {LAST_STEP}, strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', 'now') FROM assignments
             WHERE state IN ('assigned', 'taken') AND {URGENT}
               AND id NOT IN (SELECT assignment_id FROM timers WHERE kind = 'take' AND assignment_id IS NOT NULL)"""),  # noqa: S608
]
