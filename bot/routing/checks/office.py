"""The office itself: its languages, time zone, opening hours, closed days, and the time of its digest."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.routing.hours import load_clock_time, load_closed_day, load_span
from bot.routing.office_rules import Holidays, Office
from bot.routing.report import Path, Report, nearest
from bot.routing.rules import Rules

# ISO 639-1; languages without a code of two letters are written with three (ISO 639-3) and taken as they are.
_LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TWO_LETTERS = frozenset(_LANGUAGES.split())
_LONG_CODE = 3
# Known by heart, since the library that knows all countries takes a tenth of a second to import.
_LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


def check_office(rules: Rules, report: Report) -> None:
    """Report what an office cannot have."""
    _check_languages(rules.office, report)
    url = rules.office.privacy_url
    if url is not None and not url.startswith(("https://", "http://")):
        report.add(("office", "privacy_url"), f"'{url}' is no address of a page.", "Begin it with https://.")
    _check_timezone(rules.office, report)
    _check_hours(rules.office, report)
    _check_holidays(rules.office.holidays, report)
    if rules.reminders.digest is not None:
        try:
            load_clock_time(rules.reminders.digest)
        except ValueError as error:
            report.pass_on(error, ("reminders", "digest"))


def is_language(code: str) -> bool:
    """Tell whether a code names a language: `de`, `kmr`, `de-easy`."""
    base = code.split("-", 1)[0]
    return base in _TWO_LETTERS or (len(base) == _LONG_CODE and base.isascii() and base.isalpha() and base.islower())


def report_language(code: str, path: Path, report: Report) -> None:
    """Report a code that names no language."""
    if not is_language(code):
        mend = "Use ISO 639 codes in small letters: de, en, fr, uk, ru, ar, tr, ti, ku, fa …"
        report.add(path, f"'{code}' is no language code.", mend)


def _check_languages(office: Office, report: Report) -> None:
    path: Path = ("office", "languages")
    if not office.languages:
        report.add(path, "the office speaks no language.", "Write the office's own language first, as in [de, en].")
    for place, code in enumerate(office.languages):
        report_language(code, (*path, place), report)
        if code in office.languages[:place]:
            report.add((*path, place), f"'{code}' stands twice.", "Delete one of them.")


def _check_timezone(office: Office, report: Report) -> None:
    try:
        ZoneInfo(office.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = nearest(office.timezone, available_timezones(), 0.85) or "Europe/Berlin"
        report.add(("office", "timezone"), f"unknown time zone '{office.timezone}'.", f"Write, for example, {near}.")


def _check_hours(office: Office, report: Report) -> None:
    path: Path = ("office", "hours")
    for day, texts in office.hours.items():
        spans = []
        for place, text in enumerate(texts):
            try:
                spans.append(load_span(text))
            except ValueError as error:
                report.pass_on(error, (*path, day, place))
        for earlier, later in pairwise(sorted(spans)):
            if later.opens < earlier.closes:
                what = f"the hours {earlier} and {later} overlap."
                report.add((*path, day), what, "Write them as one, or correct the times.")
    if not any(office.hours.values()) and not report.has_below(path):
        report.add(path, "the office never opens.", 'Write at least one day, as in mon: ["08:00-12:30"].')


def _check_holidays(rule: Holidays, report: Report) -> None:
    path: Path = ("office", "holidays")
    if rule.country != "DE" or (rule.subdivision is not None and rule.subdivision not in _LAENDER):
        _check_country(rule, path, report)
    for place, text in enumerate(rule.extra_closed):
        try:
            load_closed_day(text)
        except ValueError as error:
            report.pass_on(error, (*path, "extra_closed", place))


def _check_country(rule: Holidays, path: Path, report: Report) -> None:
    import holidays

    try:
        holidays.country_holidays(rule.country, subdiv=rule.subdivision)
    except NotImplementedError:
        known = holidays.list_supported_countries()
        if rule.country in known:
            parts = ", ".join(known[rule.country])
            mend = f"Known: {parts}." if parts else "The country is not divided there: delete the line."
            report.add((*path, "subdivision"), f"unknown part '{rule.subdivision}' of {rule.country}.", mend)
        else:
            mend = f"Write the country's ISO 3166 code, for example {nearest(rule.country, known) or 'DE'}."
            report.add((*path, "country"), f"no public holidays are known for '{rule.country}'.", mend)
