"""Looks up what the bot says.

Placeables are isolated (U+2068 … U+2069), so that an Arabic name cannot turn the German sentence around it. A text
missing in one language is said in the first, and `bot.texts.faults` reports it; a key missing everywhere is a fault of
the program and raises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.units import format_unit
from fluent.runtime import FluentBundle
from fluent.syntax import ast

from bot.errors import BotError
from bot.texts.parsed import parse

FOLDER = Path(__file__).parent
IN_DANGER = ("emergency", "danger-numbers", "danger-untaken")  # what the further languages have
EMERGENCY = "emergency"  # the text, and the folder that has it in languages the bot does not speak

MOST_MOMENTS = 500  # kept in words


class TextError(BotError):
    """A text was asked for that no language has, or without what it needs."""


class Entries(NamedTuple):
    """What stands in a language's file.

    Attributes:
        sources: key → the source of each text and term; a term's key begins with a dash.
        unreadable: the lines of what is neither.
    """

    sources: dict[str, str]
    unreadable: tuple[int, ...]


@dataclass(frozen=True)
class Texts:
    """All texts, in all languages there are.

    Attributes:
        entries: language → what stands in its file, for whoever looks for faults.
        further: language → the source of the emergency numbers in it, for whoever writes one the bot does not speak.
    """

    bundles: dict[str, FluentBundle]
    entries: dict[str, Entries] = field(repr=False)
    further: dict[str, str] = field(default_factory=dict, repr=False)
    _fixed: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)
    _moments: dict[tuple[str, datetime, str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are texts in, German first."""
        return tuple(self.bundles)

    def has(self, key: str) -> bool:
        """Tell whether any language has a text."""
        return any(bundle.has_message(key) for bundle in self.bundles.values())

    def say(self, language: str, key: str, /, **values: str | int) -> str:
        """Return a text.

        Raises:
            TextError: no language has it, or a value it needs was not given.
        """
        # Labels are said many times an inquiry, and always the same.
        fixed = None if values else self._fixed.get((language, key))
        if fixed is not None:
            return fixed
        bundle = self.bundles.get(language)
        if bundle is None or not bundle.has_message(key):
            bundle = next((bundle for bundle in self.bundles.values() if bundle.has_message(key)), None)
        if bundle is None:
            raise TextError(f"texts: no text '{key}' in any language. Add it to bot/texts/de.ftl.")
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise TextError(f"texts: '{key}' in '{language}' is empty. Write it.")
        said, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise TextError(f"texts: '{key}' in '{language}' cannot be said: {errors[0]}.")
        if not values:
            self._fixed[language, key] = str(said)
        return str(said)

    def emergency_in(self, language: str | None, key: str = EMERGENCY) -> str | None:
        """Return the numbers, or what else must not wait, in a language the bot does not speak; None if not there."""
        return None if language not in self.further else _emergency(language, self.further[language], key)

    def moment(self, language: str, at: datetime, timezone: str, *, with_year: bool = False) -> str:
        """Return a moment as people write it on a letter: `Dienstag, 24. November, 12:30 Uhr`; the year as in `day`."""
        # Inquiries that come in together are due together.
        at = at.astimezone(UTC)  # local times are alike for Python where an hour comes twice
        asked = (language, at, timezone, with_year)
        if (said := self._moments.get(asked)) is None:
            local = at.astimezone(ZoneInfo(timezone))
            day = self.day(language, local.date(), with_year=with_year)
            time = format_time(local, "HH:mm", locale=self._locale(language))
            said = bare(self.say(language, "moment", day=day, time=time))
            if len(self._moments) >= MOST_MOMENTS:
                self._moments.clear()
            self._moments[asked] = said
        return said

    def day(self, language: str, day: date, *, with_year: bool = False) -> str:
        """Return a day as people write it: `Dienstag, 24. November`, and the year where that is not plain."""
        locale = self._locale(language)
        form = "EEEE, d. MMMM" if locale.language == "de" else "EEEE, d MMMM"
        return format_date(day, f"{form} y" if with_year else form, locale=locale)

    def time(self, at: datetime, timezone: str) -> str:
        """Return a time of the day, `12:30`."""
        return f"{at.astimezone(ZoneInfo(timezone)):%H:%M}"

    def date(self, language: str, day: date) -> str:
        """Return a day with its year: `24. November 2026`."""
        return format_date(day, "long", locale=self._locale(language))

    def stamp(self, language: str, at: datetime, timezone: str) -> str:
        """Return a moment with its year, for what is kept: `24. November 2026, 12:30`."""
        local = at.astimezone(ZoneInfo(timezone))
        return f"{self.date(language, local.date())}, {format_time(local, 'HH:mm', locale=self._locale(language))}"

    def span(self, language: str, length: timedelta) -> str:
        """Return how long something takes, in words, exactly: `24 Stunden`, `90 Tage`, never `3 Monate` for these.

        What is said of retention is a promise; rounding thirty days to four weeks would break it.
        """
        minutes = round(length.total_seconds() / 60)
        days, hours = divmod(minutes, 24 * 60)
        if hours == 0 and days > 1:
            return str(format_unit(days, "duration-day", locale=self._locale(language)))
        hours, rest = divmod(minutes, 60)
        if rest == 0 and hours:
            return str(format_unit(hours, "duration-hour", locale=self._locale(language)))
        return str(format_unit(minutes, "duration-minute", locale=self._locale(language)))

    def together(self, language: str, items: Iterable[str]) -> str:
        """Return a list in words: `Wohnen, Sprache und Arbeit`."""
        return format_list(list(items), locale=self._locale(language))

    def language_name(self, language: str, spoken: str) -> str:
        """Return what a language is called in another: `Ukrainisch`; its code where nobody knows it."""
        try:
            return Locale.parse(spoken).get_language_name(language) or spoken
        except (UnknownLocaleError, ValueError):
            return spoken

    def _locale(self, language: str) -> Locale:
        return _locale(language)


@cache
def _locale(language: str) -> Locale:
    # Reading the name of a locale takes longer than writing a date in it.
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("de")


def load_texts(folder: Path = FOLDER) -> Texts:
    """Load every `.ftl` file of a folder; German leads, as the language others fall back to.

    In its folder `emergency` are further languages, with the few texts that must not wait for a whole translation.
    """
    paths = sorted(folder.glob("*.ftl"), key=lambda path: (path.stem != "de", path.stem))
    bundles, entries = {}, {}
    for path in paths:
        source = path.read_text("utf-8")
        parsed = parse(source)
        bundles[path.stem] = _bundle(path.stem, parsed)
        entries[path.stem] = _entries(source, parsed)
    further = {path.stem: path.read_text("utf-8") for path in sorted((folder / EMERGENCY).glob("*.ftl"))}
    return Texts(bundles, entries, further)


@cache
def _emergency(language: str, source: str, key: str) -> str | None:
    # As if it were German: it fills in nothing, so only plurals could tell, which take two megabytes a language.
    try:
        return Texts({language: _bundle("de", parse(source))}, {}).say(language, key)
    except TextError:
        return None


def _bundle(language: str, parsed: ast.Resource) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=True)
    bundle.add_resource(parsed)
    return bundle


def _entries(source: str, parsed: ast.Resource) -> Entries:
    sources: dict[str, str] = {}
    unreadable = []
    for entry in parsed.body:
        start, end = (entry.span.start, entry.span.end) if entry.span else (0, 0)
        if isinstance(entry, ast.Message | ast.Term):
            sources[f"{'-' * isinstance(entry, ast.Term)}{entry.id.name}"] = source[start:end]
        elif isinstance(entry, ast.Junk):
            unreadable.append(source.count("\n", 0, start) + 1)
    return Entries(sources, tuple(unreadable))


def bare(text: str) -> str:
    """Drop isolation marks, for text that is put into another text or a page, where it is isolated again."""
    return text.replace("\u2068", "").replace("\u2069", "")
