"""What stays of an inquiry when its content is gone: month, field, region, audience, durations. No link to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.database import Tx


@dataclass(frozen=True)
class Skeleton:
    """One inquiry as it is counted.

    Attributes:
        month: when it came in, as `YYYY-MM`.
        region: the part of the county it is about, never a municipality: some have fewer than a hundred people.
        outcome: `closed`, `withdrawn`, `deleted` by its person, or `expired`.
        in_time: whether the first answer came before the promised time; None where there was none.
    """

    month: str
    field: str
    region: str | None
    audience: str
    direction: str
    outcome: str
    hours_to_answer: float | None = None
    hours_to_close: float | None = None
    in_time: bool | None = None
    helped: str | None = None


async def add(tx: Tx, skeleton: Skeleton) -> None:
    """Keep one, in no order that would tell whose it was."""
    # A random row id: consecutive ones would tell in which order people deleted what.
    await tx.run(
        """INSERT INTO skeletons (id, month, field, region, audience, direction, outcome,
                                  hours_to_answer, hours_to_close, in_time, helped)
           VALUES (abs(random()) % 4503599627370496, :month, :field, :region, :audience, :direction, :outcome,
                   :hours_to_answer, :hours_to_close, :in_time, :helped)""",
        month=skeleton.month,
        field=skeleton.field,
        region=skeleton.region,
        audience=skeleton.audience,
        direction=skeleton.direction,
        outcome=skeleton.outcome,
        hours_to_answer=skeleton.hours_to_answer,
        hours_to_close=skeleton.hours_to_close,
        in_time=skeleton.in_time,
        helped=skeleton.helped,
    )


async def count(tx: Tx) -> int:
    """Return how many there are."""
    row = await tx.one("SELECT count(*) AS number FROM skeletons")
    return 0 if row is None else int(row["number"])
