"""Checks settings, rules and texts, all at once; when they are not well, the faults speak."""

from __future__ import annotations

from bot.console.means import rulebook_of, settings_given
from bot.errors import Fault, FaultsError
from bot.services.rules.notice_text import find_gaps
from bot.services.rules.rulebook import Rulebook
from bot.settings import SettingsForRules, load_settings_for_rules


def check() -> str:
    """Return what is to be told when all is well.

    Raises:
        FaultsError: with all faults, also those in the rules where the settings are faulty already.
    """
    faults: list[Fault] = []
    settings: SettingsForRules
    try:
        settings = settings_given()
    except FaultsError as error:
        faults += error.faults
        settings = load_settings_for_rules()
    try:
        # With a token people are to be served, and then the privacy notice must be complete.
        book = rulebook_of(settings, for_people=settings.telegram_bot_token is not None)
    except FaultsError as error:
        faults += error.faults
    if faults:
        raise FaultsError(faults)
    return summarise(book)


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
