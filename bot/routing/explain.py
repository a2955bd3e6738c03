"""A decision in words a clerk understands, and as the row `python -m bot route --jsonl` writes.

Its wording stands here and not with the other texts: routing imports nothing beside the model, and `route` shall answer
within a blink, which loading all texts would take alone (0.1 s of the 0.6 s it may take). What stands on cards too is
said as there; a test compares it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.model import EMERGENCY, Hit, How, Outcome, RoutingDecision
from bot.routing.offering import offered_fields
from bot.routing.rules import Rules

MOST_HITS = 5  # a field; more reasons explain less

_WORDS = {
    "de": {
        Outcome.ROUTE: "Zuordnung: {fields}.",
        Outcome.ASK: "Nicht eindeutig: nachfragen.",
        Outcome.NONE: "Kein Handlungsfeld erkannt: nachfragen.",
        How.EXACT: "genau so",
        How.STEM: "in anderer Beugung",
        How.PHRASE: "als Wendung",
        How.COMPOUND: "als Wortteil",
        How.FUZZY: "trotz Tippfehler",
        "choices": "Zur Auswahl: {fields}. Sonst: an die allgemeine Ansprechperson.",
        "because": "{field} ({score} von 100) wegen: {hits}.",
        "hit": "„{found}“ (Stichwort „{keyword}“ {how}, {score})",
        "same": "„{found}“ ({score})",
        "runner_up": "Am nächsten dran: {field}, Abstand {margin} Punkte.",
        "nothing": "Kein Stichwort gefunden.",
        "urgent": "DRINGEND: spricht von Gefahr: {danger}",
        "at once": "Sofort an die allgemeine Ansprechperson.",
        "about": "Erkannt: {about}.",
        "citizen": "Bürgerin oder Bürger",
        "volunteer": "Ehrenamt",
        "business": "Betrieb",
        "newcomer": "neu zugewandert",
        "organisation": "Verein oder Organisation",
        "offer": "bietet etwas an",
        "request": "braucht etwas",
        "question": "hat eine Frage",
    },
    "en": {
        Outcome.ROUTE: "Goes to: {fields}.",
        Outcome.ASK: "Not clear: ask.",
        Outcome.NONE: "No field recognised: ask.",
        How.EXACT: "exactly",
        How.STEM: "in another form",
        How.PHRASE: "as a phrase",
        How.COMPOUND: "as part of a word",
        How.FUZZY: "despite a typo",
        "choices": "To choose from: {fields}. Else: to the general contact.",
        "because": "{field} ({score} of 100) because of: {hits}.",
        "hit": "“{found}” (keyword “{keyword}” {how}, {score})",
        "same": "“{found}” ({score})",
        "runner_up": "Next best: {field}, {margin} points behind.",
        "nothing": "No keyword found.",
        "urgent": "URGENT: speaks of danger: {danger}",
        "at once": "To the general contact at once.",
        "about": "Seen: {about}.",
        "citizen": "Citizen",
        "volunteer": "Volunteer",
        "business": "Business",
        "newcomer": "Newcomer",
        "organisation": "Association or organisation",
        "offer": "offers something",
        "request": "needs something",
        "question": "has a question",
    },
}


def explain(decision: RoutingDecision, rules: Rules) -> str:
    """Return the decision, its reasons field by field and the runner-up, a line each.

    In the office's own language; in German where there are no words in that one.
    """
    language = rules.office.languages[0]
    words = _WORDS.get(language, _WORDS["de"])
    lines = _what_happens(decision, rules, language, words)
    for owner in dict.fromkeys(hit.field for hit in decision.hits if hit.field != EMERGENCY):
        hits = [hit for hit in decision.hits if hit.field == owner][:MOST_HITS]
        because = {"field": _title(owner, rules, language), "score": _score(owner, decision)}
        lines.append(words["because"].format(**because, hits=", ".join(_hit(hit, words) for hit in hits)))
    if decision.runner_up is not None:
        runner_up = _title(decision.runner_up, rules, language)
        lines.append(words["runner_up"].format(field=runner_up, margin=_points(abs(decision.margin), language)))
    if not decision.hits:
        lines.append(words["nothing"])
    known = [name for name in (decision.audience, decision.direction) if name not in ("unknown", "other")]
    about = [*(words.get(name, name) for name in known), decision.place, decision.language]
    if any(about):
        lines.append(words["about"].format(about=", ".join(part for part in about if part)))
    return "\n".join(lines)


def _what_happens(decision: RoutingDecision, rules: Rules, language: str, words: dict[Any, str]) -> list[str]:
    """Return who gets it, or what the person is asked: no answer, too, brings it to the general contact."""
    if decision.urgent:
        danger = dict.fromkeys(hit.found for hit in decision.hits if hit.field == EMERGENCY)
        return [words["urgent"].format(danger=", ".join(danger)), words["at once"]]
    outcome = words[decision.outcome].format(fields=_list(decision.fields, rules, language))
    if decision.outcome is Outcome.ROUTE:
        return [outcome]
    offered = _list(offered_fields(decision, rules.fields), rules, language)
    return [outcome, words["choices"].format(fields=offered)]


def decision_row(row_id: str, decision: RoutingDecision) -> dict[str, Any]:
    """Return a decision as a row of plain JSON values, in the order the row's readers know."""
    return {
        "id": row_id,
        "outcome": decision.outcome.value,
        "fields": list(decision.fields),
        "choices": list(decision.choices),
        "scores": dict(decision.scores),
        "audience": decision.audience,
        "direction": decision.direction,
        "place": decision.place,
        "why": [
            {"field": hit.field, "keyword": hit.keyword, "found": hit.found, "score": hit.score, "how": hit.how.value}
            for hit in decision.hits
        ],
        "language": decision.language,
        "urgent": decision.urgent,
    }


def _hit(hit: Hit, words: dict[Any, str]) -> str:
    same = hit.how is How.EXACT and hit.found.casefold() == hit.keyword.casefold()
    return words["same" if same else "hit"].format(
        found=hit.found, keyword=hit.keyword, how=words[hit.how], score=round(hit.score)
    )


def _score(owner: str, decision: RoutingDecision) -> int:
    """Return a field's score; a competing topic's is not among the scores, so its strongest hit stands for it."""
    return decision.scores.get(owner, round(max(hit.score for hit in decision.hits if hit.field == owner)))


def _points(points: float, language: str) -> str:
    written = f"{points:.1f}"
    return written if language == "en" else written.replace(".", ",")


def _list(owners: Iterable[str], rules: Rules, language: str) -> str:
    return ", ".join(_title(owner, rules, language) for owner in owners)


def _title(owner: str, rules: Rules, language: str) -> str:
    rule = rules.fields.get(owner) or rules.topics.get(owner)
    if rule is None:
        return owner
    return rule.title.get(language) or next(iter(rule.title.values()), owner)
