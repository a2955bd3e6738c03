"""Whether a share kept its first promise: a later date must not turn a late answer into one in time.

What is there already is judged by the date that stands now, unless the person was told that an earlier one slipped.
"""

from __future__ import annotations

import sqlite3

from yoyo import step

__depends__ = {"0014.no_marks"}

JUDGE = """
WITH done (id, at) AS (
  SELECT assignments.id, min(journal.at) FROM assignments JOIN journal ON journal.inquiry_id = assignments.inquiry_id
  WHERE event IN ('inquiry.answered', 'inquiry.closed', 'inquiry.part_closed')
    AND json_extract(data, '$.field') = field AND state <> 'moved'
  GROUP BY assignments.id)
UPDATE assignments SET in_time = CASE
    WHEN EXISTS (SELECT 1 FROM slips WHERE slips.inquiry_id = assignments.inquiry_id
                 AND slips.promised_at > created_at AND slips.promised_at < done.at) THEN 0
    ELSE done.at <= coalesce(promised_at, due_at) END
FROM done WHERE done.id = assignments.id AND in_time IS NULL
"""
# Ended by the person or by silence, and too late to count as waiting until then.
ENDED_LATE = """
UPDATE assignments SET in_time = 0
WHERE in_time IS NULL AND state IN ('closed', 'withdrawn') AND changed_at > coalesce(promised_at, due_at)
"""


def judge(connection: sqlite3.Connection) -> None:
    """Add the column unless it is there (see 0005), and fill it; the second time there is nothing to fill."""
    cursor = connection.cursor()
    cursor.execute("SELECT name FROM pragma_table_info('assignments')")
    if "in_time" not in {name for (name,) in cursor.fetchall()}:
        cursor.execute("ALTER TABLE assignments ADD COLUMN in_time INTEGER")
    cursor.execute(JUDGE)
    cursor.execute(ENDED_LATE)


steps = [step(judge)]
