"""Foreign text is harmless once it is in: nothing invisible decides what others see."""

import pytest

from bot.channels.telegram.cleaning import NAME_LENGTH, NOBODY, clean, clean_argument, clean_name

NAMES = [
    ("an ordinary name", "Maria", "Maria"),
    ("umlauts and accents", "Jürgen-François", "Jürgen-François"),
    ("a decomposed accent", "Jose\u0301", "Jose\u0301"),
    ("Vietnamese, two marks on a letter", "Nguye\u0302\u0303n", "Nguye\u0302\u0303n"),
    ("Arabic", "محمد", "محمد"),
    ("Persian with a joiner", "علی\u200cرضا", "علی\u200cرضا"),
    ("an emoji family", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ("an override that turns letters around", "Leitung\u202egnutieL", "LeitunggnutieL"),
    ("an isolate left open", "Anna\u2067", "Anna"),
    ("an isolate closed that is ours", "Anna\u2069 (Leitung)", "Anna (Leitung)"),
    ("marks of direction", "\u200fAnna\u200e\u061c", "Anna"),
    ("zero widths within", "An\u200bn\u2060a\ufeff", "Anna"),
    ("a soft hyphen", "An\u00adna", "Anna"),
    ("tags that show nothing", "Anna\U000e0041\U000e007f", "Anna"),
    ("lines of our own card", "Anna\nStand: erledigt", "Anna Stand: erledigt"),
    ("separators of lines", "Anna\u2028Stand\u2029x\x85y", "Anna Stand xy"),
    ("controls for a terminal", "\x1b[2JAnna\x07", "[2JAnna"),
    ("nothing but a filler", "\u3164", NOBODY),
    ("nothing but braille", "\u2800\u2800", NOBODY),
    ("nothing but zero widths", "\u200b\u200d\u2060", NOBODY),
    ("nothing", "", NOBODY),
    ("half a surrogate pair", "An\ud83dna", "An\ufffdna"),
    ("no joiner at an end", "\u200dAnna\u200d\u200d", "Anna"),
    ("a private sign", "An\ue000na", "Anna"),
]


@pytest.mark.parametrize(("label", "name", "left"), NAMES, ids=[row[0] for row in NAMES])
def test_of_a_name_only_what_shows_is_left(label: str, name: str, left: str) -> None:
    assert clean_name(name) == left


ARGUMENTS = [
    ("a number as the bot's messages hold it", " \u20682026-0006\u2069 ", "2026-0006"),
    ("marks of direction and zero widths", "\u200e2026\u200b-0006\ufeff", "2026-0006"),
    ("a snippet keeps its lines and emoji", "Danke\n\U0001f468\u200d\U0001f469", "Danke\n\U0001f468\u200d\U0001f469"),
]


@pytest.mark.parametrize(("label", "argument", "left"), ARGUMENTS, ids=[row[0] for row in ARGUMENTS])
def test_of_an_argument_what_was_copied_along_unseen_is_gone(label: str, argument: str, left: str) -> None:
    assert clean_argument(argument) == left


def test_marks_do_not_climb_over_other_lines() -> None:
    assert clean_name("A" + "\u0301" * 60) == "A" + "\u0301" * 4


def test_a_name_fits_on_a_line() -> None:
    assert len(clean_name("Anna " * 5_000)) <= NAME_LENGTH


def test_a_text_keeps_its_lines_and_loses_what_steers_a_terminal() -> None:
    assert clean("Eins\n\tZwei\x1b]0;x\x07 \x9bdrei\x00\r") == "Eins\n\tZwei]0;x drei"


@pytest.mark.parametrize("text", ["שלום \u202b(a)\u202c", "فارسی\u200cمن", "👩‍👩‍👧", "a\u00a0b"])
def test_a_text_keeps_what_its_language_needs(text: str) -> None:
    assert clean(text) == text
