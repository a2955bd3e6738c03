"""Every length of time in the rules, and that those which must be exact are not counted in office hours."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from bot.routing.durations import Duration, load_duration
from bot.routing.report import Path, Report
from bot.routing.rules import Rules

# Where working hours and days would have no length, and why; everywhere else they count by the office's hours.
ELAPSED: dict[Path, tuple[str, str]] = {
    ("dialogue", "hold"): ("people are told after how long their message is deleted", "24 hours"),
    ("limits",): ("people write at night too", "10 minutes"),
    ("privacy", "retention"): ("people are told after how long what is deleted", "30 days"),
}


def check_durations(rules: Rules, report: Report) -> None:
    """Report every length of time that is none, or not of the kind needed there."""
    for path, text in list_durations(rules):
        try:
            duration = load_duration(text)
        except ValueError as error:
            report.pass_on(error, path)
        else:
            _check_elapsed(path, duration, text, report)


def list_durations(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every length of time with its path: the keys whose default is one."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            inner = getattr(value, name)
            if isinstance(inner, str) and _is_duration(info.default):
                yield (*path, name), inner
            else:
                yield from list_durations(inner, (*path, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, BaseModel):
                yield from list_durations(inner, (*path, key))


def _check_elapsed(path: Path, duration: Duration, text: str, report: Report) -> None:
    for below, (why, example) in ELAPSED.items():
        if path[: len(below)] == below and duration.is_in_office_hours:
            mend = f"Write minutes, hours or days, for example {example}."
            report.add(path, f"'{text}' is counted in office hours, but {why}.", mend)


def _is_duration(default: object) -> bool:
    try:
        return isinstance(default, str) and bool(load_duration(default))
    except ValueError:
        return False
