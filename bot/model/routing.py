"""What routing finds in a text and decides about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Outcome(StrEnum):
    """What routing makes of a text: send it on, ask which field, or nothing known in it."""

    ROUTE = "route"
    ASK = "ask"
    NONE = "none"


class How(StrEnum):
    """How a keyword was found in a text."""

    EXACT = "exact"
    STEM = "stem"
    PHRASE = "phrase"
    COMPOUND = "compound"
    FUZZY = "fuzzy"


Audience = Literal["citizen", "volunteer", "business", "newcomer", "organisation", "unknown"]
Direction = Literal["offer", "request", "question", "other"]


@dataclass(frozen=True)
class Hit:
    """One place where a keyword matched.

    Attributes:
        field: the key of the field or of the competing topic the keyword belongs to.
        keyword: the keyword as the rules write it.
        found: the words of the message that matched, as the person wrote them.
        score: what this hit adds for its field.
    """

    field: str
    keyword: str
    found: str
    score: float
    how: How


@dataclass(frozen=True)
class RoutingDecision:
    """What routing decided about one text, with everything needed to explain it later.

    Attributes:
        fields: the lead field, then others clearly asked about too; empty unless the outcome is `route`.
        choices: the fields to offer, best first, at most three; empty when nothing points anywhere.
        scores: every field's score, 0–100.
        hits: what was found, strongest first.
        runner_up: the best field or competing topic that was not chosen.
        margin: by how many points of the rules the lead is ahead of the runner-up.
        audience: who seems to write; `direction`: what they seem to want.
        place: the municipality named, as the rules spell it.
        language: the language the text seems to be in (ISO 639-1), None where unknown.
        urgent: the text speaks of danger to life or limb.
        corrected: what of this the person set right themselves: `place`, `audience`.
    """

    outcome: Outcome
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    scores: dict[str, int] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    runner_up: str | None = None
    margin: float = 0
    audience: Audience = "unknown"
    direction: Direction = "other"
    place: str | None = None
    language: str | None = None
    urgent: bool = False
    rules_version: str = ""
    corrected: tuple[str, ...] = ()
