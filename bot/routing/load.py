"""The text of `routing_rules.yaml` → checked `Rules`, or every fault in it at once.

Stages: `yaml_source` (text → nodes with lines), `shaping` (nodes → data in the rules' shape), pydantic (limits),
`checks` (what only shows when the whole is seen). Each goes on past its faults, so one run tells all there is to mend.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.errors import RulesError
from bot.routing.checks import check_rules
from bot.routing.gc_pause import gc_paused
from bot.routing.report import Lines, Path, Report
from bot.routing.rules import Rules
from bot.routing.shapes import stand_in
from bot.routing.shaping import SECRET_KEYS, shape
from bot.routing.yaml_source import compose

_VERSION_DIGITS = 12  # of sha256, in hex: enough to tell a county's rule files apart, short enough to print


@dataclass(frozen=True)
class RulesSource:
    """Rules together with where each of them stands.

    Attributes:
        source: the file's name, as faults show it.
        lines: a path is the keys from the top, a place in a list counted from 0.
    """

    rules: Rules
    source: str
    lines: Lines


def load_rules(text: str, source: str) -> Rules:
    """Return the rules a text holds, `rules_version` set; the short form of `load_source`.

    Raises:
        RulesError: with all faults, in the order of their lines.
    """
    return load_source(text, source).rules


def load_source(text: str, source: str) -> RulesSource:
    """Return the rules a text holds and the line of every path in it.

    Raises:
        RulesError: with all faults, in the order of their lines.
    """
    report = Report(source)
    with gc_paused():
        rules = _read(text, report)
    if rules is None or report.faults:
        raise RulesError(report.faults)
    version = hashlib.sha256(text.encode()).hexdigest()[:_VERSION_DIGITS]
    return RulesSource(rules.model_copy(update={"rules_version": version}), source, report.lines)


def _read(text: str, report: Report) -> Rules | None:
    node = compose(text, report)
    data = None if node is None else shape(node, report)
    rules = None if data is None else _validate(data, report)
    if rules is not None:
        check_rules(rules, report)
    return rules


# ---------------------------------------------------------------- limits

_LIMITS = {
    "greater_than": "must be more than {gt:g}.",
    "greater_than_equal": "must be at least {ge:g}.",
    "less_than": "must be less than {lt:g}.",
    "less_than_equal": "must be at most {le:g}.",
    "string_too_short": "is too short.",
    "string_too_long": "is too long, at most {max_length} characters.",
    "too_short": "has too few entries, at least {min_length}.",
    "too_long": "has too many entries, at most {max_length}.",
}


def _validate(data: dict[str, Any], report: Report) -> Rules | None:
    """Return the rules, values beyond their limits reported and left out; None if that is not enough."""
    try:
        return Rules.model_validate(data)
    except ValidationError as error:
        for found in error.errors():
            path: Path = tuple(found["loc"])
            context = found.get("ctx", {})
            sentence = _LIMITS.get(found["type"], found["msg"].removeprefix("Value error, ").rstrip(".") + ".")
            given = found["input"]
            shown = f"{given:g}" if isinstance(given, float) else f"'{given}'"
            value = "the value" if SECRET_KEYS & set(path) else shown
            report.add(path, f"{value} {sentence.format(**context)}", "Correct it.")
            _leave_out(data, path)
    try:
        return Rules.model_validate(data)
    except ValidationError:
        return None


def _leave_out(data: Any, path: Path) -> None:
    """Replace the value at a path by nothing: the default, or an empty stand-in where there is none."""
    *parents, last = path or ("",)
    for part in parents:
        data = data[part]
    if isinstance(data, dict):
        data.pop(last, None)
        info = Rules.model_fields.get(str(last))
        if info is not None and len(path) == 1 and info.is_required():
            data[last] = stand_in(info.annotation)
