"""Lengths in UTF-16 units and the entities Telegram finds by itself."""

import pytest

from bot.playground.utf16 import utf16_length, utf16_pieces, utf16_slice, with_found_entities

LENGTHS = [("", 0), ("ä", 1), ("😀", 2), ("👩‍🦽", 5), ("Ї", 1)]


@pytest.mark.parametrize(("text", "length"), LENGTHS)
def test_length_counts_utf16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length == len(text.encode("utf-16-le")) // 2


PIECES = [("", 3, []), ("abcd", 3, ["abc", "d"]), ("ab😀c", 3, ["ab", "😀c"]), ("abc", 3, ["abc"])]


@pytest.mark.parametrize(("text", "limit", "pieces"), PIECES)
def test_long_texts_are_cut_between_characters(text: str, limit: int, pieces: list[str]) -> None:
    assert utf16_pieces(text, limit) == pieces


FOUND = [
    ("command", "/start", [("bot_command", "/start")]),
    ("command with a deep link's token", "/start abc-DEF_1", [("bot_command", "/start")]),
    ("command for one bot", "/hilfe@anfragelotse_bot bitte", [("bot_command", "/hilfe@anfragelotse_bot")]),
    ("command after an emoji", "😀 /status", [("bot_command", "/status")]),
    ("a fraction is no command", "1/2 und/oder", []),
    ("a path is no command", "/a/b", []),
    ("link", "Siehe https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
    ("short link", "t.me/anfragelotse_bot?start=x", [("url", "t.me/anfragelotse_bot?start=x")]),
    ("mail, not mention", "an amt@example.org", [("email", "amt@example.org")]),
    ("mention", "@anfragelotse_bot hallo", [("mention", "@anfragelotse_bot")]),
    ("mention too short", "@abc", []),
    ("hashtag", "#Wohnung frei", [("hashtag", "#Wohnung")]),
    ("a number is no hashtag", "#2026", []),
    ("phone", "Tel. +49 7621 410-0", [("phone_number", "+49 7621 410-0")]),
    ("nothing", "Bei uns steht die Wohnung leer.", []),
]


@pytest.mark.parametrize(("label", "text", "found"), FOUND, ids=[row[0] for row in FOUND])
def test_entities_are_found(label: str, text: str, found: list[tuple[str, str]]) -> None:
    entities = with_found_entities(text)
    covered = [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in entities]
    assert covered == found


def test_what_is_given_wins_over_what_is_found() -> None:
    link = {"type": "text_link", "offset": 0, "length": 6, "url": "https://example.org"}
    assert with_found_entities("/start https://x.org", [link]) == (
        link,
        {"type": "url", "offset": 7, "length": 13},
    )
