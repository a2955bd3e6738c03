"""What `check` says when all is well; when it is not, the faults speak."""

from __future__ import annotations

from bot.services.notice_text import find_gaps
from bot.services.rulebook import Rulebook


def summarise(book: Rulebook) -> str:
    """Return a short account of the rules in force: counts, and what still needs a hand."""
    rules = book.rules
    lines = [f"{book.path}: good (version {rules.rules_version})"]
    for key, field in rules.fields.items():
        counts = ", ".join(f"{language} {len(words)}" for language, words in field.keywords.items())
        examples = sum(len(some) for some in field.examples.values())
        lines.append(f"  {key}: {counts}; {examples} examples; {field.contact}, {field.answer_within}")
    unreachable = [key for key, contact in rules.contacts.items() if contact.telegram is None]
    if unreachable:
        lines.append(f"  without an address, join by invitation: {', '.join(unreachable)}")
    gaps = find_gaps(rules)
    if gaps:
        lines.append(
            f"  privacy notice: to be filled in before the bot serves people: privacy.{', privacy.'.join(gaps)}"
        )
    lines.append(f"texts: good ({', '.join(rules.office.languages)})")
    lines.append("settings: good")
    return "\n".join(lines)
