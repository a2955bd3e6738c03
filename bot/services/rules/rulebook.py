"""The rules in force: loaded at start, loaded again on demand, never replaced by a faulty file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Fault, RulesError
from bot.model import GENERAL
from bot.office_hours import OfficeHours
from bot.routing.courtesy import Courtesies
from bot.routing.decide import Router
from bot.routing.durations import Duration, load_duration
from bot.routing.examples import check_examples
from bot.routing.index import Index
from bot.routing.report import Report
from bot.routing.rules import Rules
from bot.routing.sensitive import SensitiveWords
from bot.services.rules.kept_rules import prepare
from bot.services.rules.notice_text import find_gaps, notice_version
from bot.services.rules.rules_file import read_rules_file
from bot.texts import Texts
from bot.texts.faults import find_faults

if TYPE_CHECKING:
    from bot.routing.load import RulesSource


class Notice(StrEnum):
    """What the rules must say for the privacy notice (`privacy:`), by who is served."""

    COMPLETE = "complete"  # people write: everything that Art. 13 GDPR asks for
    NOT_EMPTY = "not empty"  # a stand-in on this machine: what stands in the file is filled in
    ANY = "any"  # nobody is served


@dataclass(frozen=True)
class Loaded:
    """What was made of a rules file, ready to be taken over; `number`: of which time it was loaded."""

    number: int
    router: Router
    hours: OfficeHours
    notice_version: str
    courtesies: Courtesies
    sensitive: SensitiveWords


class Rulebook:
    """The rules file and what was made of it; `on_change` is called whenever another one was taken over.

    Loading takes a second or two. Where people are served, it is done aside (`load_aside`), and nobody waits for it.
    """

    def __init__(
        self,
        path: Path,
        texts: Texts,
        make_router: Callable[[Rules, Index], Router] = Router,
        notice: Notice = Notice.ANY,
        *,
        words: bool = True,
    ) -> None:
        """Load the rules.

        Args:
            make_router: may make a router that is also measured.
            notice: what the privacy notice must say.
            words: whether `rules` hold the keywords, for those who count or change them; routing needs them no more.

        Raises:
            RulesError: the file cannot be used; carries all faults.
        """
        self.path = path
        self.on_change: Callable[[], None] = _nothing
        self._texts = texts
        self._make_router = make_router
        self._notice = notice
        self._words = words
        self._one_at_a_time = asyncio.Lock()
        self._times_loaded = 0
        self._in_force = 0
        self.reload()

    def load(self) -> Loaded:
        """Load and check the file as it is now, and change nothing.

        Raises:
            RulesError: the file cannot be used; carries all faults.
        """
        self._times_loaded += 1
        number = self._times_loaded
        router, hours = load_checked(self.path, self._texts, self._make_router, self._notice, words=self._words)
        version = notice_version(self._texts, router.rules)
        sensitive = SensitiveWords(router.rules.sensitive)
        return Loaded(number, router, hours, version, Courtesies(router.rules), sensitive)

    async def load_aside(self) -> Loaded | RulesError:
        """Do the same in a thread, one after the other; return the error where the file cannot be used."""
        async with self._one_at_a_time:
            try:
                return await asyncio.to_thread(self.load)
            except RulesError as error:
                return error

    def take_over(self, loaded: Loaded) -> None:
        """Put rules in force, unless a later state of the file is by now."""
        if loaded.number < self._in_force:
            return
        self._in_force = loaded.number
        self.router, self.hours = loaded.router, loaded.hours
        self.rules: Rules = loaded.router.rules
        self.notice_version = loaded.notice_version
        self.courtesies = loaded.courtesies
        self.sensitive = loaded.sensitive
        self.on_change()

    def reload(self) -> None:
        """Take over the file as it is now; if it is faulty, everything stays as it was.

        Raises:
            RulesError: the file cannot be used; carries all faults.
        """
        self.take_over(self.load())

    def known(self, field: str) -> str:
        """Return the field, or `general` where the rules no longer know it: a button may be older than they are."""
        return field if field in self.rules.fields else GENERAL

    def contact_of(self, field: str) -> str:
        """Return the key of the contact for a field, the general contact for anything else."""
        rule = self.rules.fields.get(field)
        return self.rules.general_contact if rule is None else rule.contact

    def answer_within(self, field: str) -> Duration:
        """Return what is promised for a field or for `general`."""
        rule = self.rules.fields.get(field)
        return load_duration(self.rules.dialogue.general_answer_within if rule is None else rule.answer_within)

    def contact_name(self, contact: str) -> str:
        """Return a contact's name; its key if the rules no longer know it."""
        rule = self.rules.contacts.get(contact)
        return contact if rule is None else rule.name

    def field_title(self, field: str, language: str) -> str:
        """Return a field's or competing topic's title; its key if the rules no longer know it."""
        if field == GENERAL:
            return self._texts.say(language, "general-title")
        rule = self.rules.fields.get(field) or self.rules.topics.get(field)
        if rule is None:
            return field
        return rule.title.get(language) or next(iter(rule.title.values()), field)

    def speaks(self, language: str | None) -> str | None:
        """Return the office's language for a channel's language code (`de-AT` → `de`), None if it offers none."""
        short = (language or "").lower().replace("_", "-").split("-")[0]
        return short if short in self.rules.office.languages else None

    @property
    def shows_names(self) -> bool:
        """Whether contacts read people's first names."""
        return self.rules.privacy.shows_names

    @property
    def is_push_neutral(self) -> bool:
        """Whether notifications on contacts' phones are to hide people's names and words."""
        return self.rules.privacy.push == "neutral"

    @property
    def own_language(self) -> str:
        """The language of the office itself."""
        return self.rules.office.languages[0]

    @property
    def common_language(self) -> str:
        """What the bot tries with people whose language it does not speak."""
        languages = self.rules.office.languages
        return "en" if "en" in languages else languages[0]


def _nothing() -> None:
    return None


def load_checked(
    path: Path,
    texts: Texts,
    make_router: Callable[[Rules, Index], Router] = Router,
    notice: Notice = Notice.ANY,
    *,
    words: bool = True,
) -> tuple[Router, OfficeHours]:
    """Load and check a rules file: its shape, its references, its examples, its languages, its privacy notice.

    Raises:
        RulesError: it cannot be used; carries all faults.
    """
    text = read_rules_file(path)
    router, examples_hold = prepare(text, path.name, make_router, words=words, apart=not words)
    faults = [] if examples_hold else check_examples(router)
    faults += find_faults(texts, router.rules.office.languages)
    if faults or _find_notice_gaps(router.rules, notice):
        # Once more, to say in which lines; nobody else here needs YAML.
        from bot.routing.load import load_source

        source = load_source(text, path.name)
        faults = check_examples(router, source) + find_faults(texts, source.rules.office.languages)
        raise RulesError(faults + _find_notice_faults(source, notice))
    return router, OfficeHours(router.rules.office)


_WANTED = {
    "controller": "the office's name and postal address",
    "contact": "the office's telephone number and e-mail address",
    "officer": "how the data protection officer is reached",
    "authority": "the supervisory authority with its address",
    "other_ways": "how the office is reached without Telegram",
}


def _find_notice_gaps(rules: Rules, notice: Notice) -> list[str]:
    return [] if notice is Notice.ANY else list(find_gaps(rules, unwritten=notice is Notice.COMPLETE))


def _find_notice_faults(source: RulesSource, notice: Notice) -> list[Fault]:
    """Return a fault for everything the privacy notice must say and the rules do not."""
    report = Report(source.source, source.lines)
    for name in _find_notice_gaps(source.rules, notice):
        mend = f"Write {_WANTED[name]}; without it nobody may be shown the privacy notice (Art. 13 GDPR)."
        report.add(("privacy", name), "is empty.", mend)
    return report.faults
