"""What `suggest` prints: keywords ready to be pasted into the rules, each with its evidence as a comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import track

from bot.routing.decide import Router
from bot.routing.suggest import LEAST_EVIDENCE, Decided, Suggestion, suggest_keywords
from bot.store.corrections import list_decided
from bot.store.database import Tx

_MOST_NAMED = 5  # of what a proposal would change; more is counted

NOTHING = (
    "# Nothing to suggest. A word is proposed when at least {least} corrected inquiries of one field share it\n"
    "# and adding it would have placed one of them rightly. Corrected so far: {corrected} of {all} inquiries."
)


async def suggest(tx: Tx, router: Router, console: Console) -> str:
    """Return the suggestions drawn from all inquiries in the store, as YAML with comments."""
    decided = [Decided(one.reference, one.text, one.field, one.corrected) for one in await list_decided(tx)]

    def progress(tries: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        hidden = not console.is_terminal
        return track(tries, "Trying out", console=console, transient=True, disable=hidden)

    suggestions = suggest_keywords(router, decided, progress)
    if not suggestions:
        corrected = sum(one.corrected for one in decided)
        return NOTHING.format(least=LEAST_EVIDENCE, corrected=corrected, all=len(decided))
    return as_yaml(suggestions, len(decided))


def as_yaml(suggestions: Sequence[Suggestion], all_decided: int) -> str:
    """Return suggestions as YAML in the shape of the rules file; what they rest on stands behind each."""
    lines = ["# Add what you find right to routing_rules.yaml, then: python -m bot check", "fields:"]
    for field in dict.fromkeys(one.field for one in suggestions):
        lines += [f"  {field}:", "    keywords:"]
        of_field = [one for one in suggestions if one.field == field]
        for language in dict.fromkeys(one.language for one in of_field):
            lines.append(f"      {language}:")
            for one in of_field:
                if one.language == language:
                    lines += [f"        # {remark}" for remark in _remarks(one, all_decided)]
                    lines.append(f'        - "{one.keyword}"')
    return "\n".join(lines)


def _remarks(one: Suggestion, all_decided: int) -> list[str]:
    remarks = [f"in {len(one.seen_in)} of its inquiries ({_some(one.seen_in)}); places rightly: {_some(one.placed)}"]
    if one.displaced:
        remarks.append(f"BUT {len(one.displaced)} of {all_decided} would go elsewhere: {_some(one.displaced)}")
    if one.broken:
        remarks.append(f"BUT {len(one.broken)} examples of the rules would be decided otherwise")
    if not one.displaced and not one.broken:
        remarks.append(f"changes nothing else among {all_decided} inquiries and the rules' examples")
    return remarks


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
