"""What the parts of a message do and how much they count; greeting, signature, quoted mail."""

from __future__ import annotations

from functools import partial

import pytest

from bot.routing.building import build_index
from bot.routing.match import Lexicon
from bot.routing.reader import Reader
from tests.support.rules import make_rules
from tests.support.steps import steps

RULES = make_rules(
    fields={"wohnen": {"de": ["Zimmer", "Wohnung"]}, "arbeit": {"de": ["Arbeit", "Bäckerei"]}},
    cues={
        "offer": {"de": ["biete"]},
        "request": {"de": ["suche", "brauche"]},
        "question": {"de": ["gibt es"]},
        "background": {"de": ["ich arbeite", "ich bin", {"word": "bisher suche", "weight": 3}]},
        "turn": {"de": ["aber"]},
        "dismiss": {"de": ["kein ... sondern"]},
        "joint": {"de": ["und"]},
        "greeting": {"de": ["hallo", "sehr geehrte"]},
        "closing": {"de": ["mit freundlichen Grüßen"]},
        "quoted": {"de": ["schrieb am"]},
    },
)
READER = Reader(Lexicon(build_index(RULES)), RULES.weighing)


def factor(text: str, keyword: str) -> float:
    reading = READER.read(text)
    (found,) = {reading.factor(f) for f in reading.findings() if f[0].keyword == keyword}
    return found


@pytest.mark.parametrize(
    ("text", "keyword", "expected"),
    [
        pytest.param("Ich arbeite in der Bäckerei", "Bäckerei", "background", id="introducing the writer"),
        pytest.param("Ich suche eine Wohnung", "Wohnung", "concern", id="seeking"),
        pytest.param("Ich bin hier, suche eine Wohnung", "Wohnung", "concern", id="seeking after introducing"),
        pytest.param("Ich bin neu suche eine Wohnung", "Wohnung", "concern", id="both in one part"),
        pytest.param("Bisher suche ich eine Wohnung", "Wohnung", "background", id="a heavier cue for background"),
        pytest.param("Gibt es eine Wohnung", "Wohnung", "concern", id="asking in words"),
        pytest.param("Wohnung in Steinen?", "Wohnung", "concern", id="asking by a question mark"),
        pytest.param("Die Wohnung ist schön", "Wohnung", "plain", id="neither"),
        pytest.param("Ich suche für uns, meine Frau und mich, eine Wohnung", "Wohnung", "concern", id="handed on"),
        pytest.param("Ich suche nichts. Die Wohnung ist schön", "Wohnung", "plain", id="not over a sentence's end"),
        pytest.param("Ich arbeite hier und suche eine Wohnung", "Wohnung", "concern", id="after a joining word"),
        pytest.param("Ich arbeite in der Bäckerei und suche was", "Bäckerei", "background", id="before a joining word"),
    ],
)
def test_a_part_of_a_sentence_counts_by_what_it_does(text: str, keyword: str, expected: str) -> None:
    assert factor(text, keyword) == getattr(RULES.weighing, expected)


def test_what_stands_before_a_turn_is_set_back() -> None:
    assert factor("Die Wohnung ist gut, aber das Zimmer nicht", "Wohnung") == RULES.weighing.turned
    assert factor("Die Wohnung ist gut, aber das Zimmer nicht", "Zimmer") == 1


def test_what_is_not_wanted_counts_next_to_nothing() -> None:
    text = "Ich suche kein Zimmer, sondern Arbeit"
    assert factor(text, "Zimmer") < 0.2 < factor(text, "Arbeit")


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        pytest.param("Hallo Wohnung Nord,\nbiete ein Zimmer", "Wohnung", id="greeting"),
        pytest.param("Biete ein Zimmer.\nMit freundlichen Grüßen\nBäckerei Nord", "Bäckerei", id="signature"),
        pytest.param("Biete ein Zimmer.\nDas Amt schrieb am 3. Mai:\nIhre Arbeit", "Arbeit", id="older mail"),
    ],
)
def test_greeting_signature_and_older_mail_count_nothing(text: str, keyword: str) -> None:
    assert factor(text, keyword) == 0
    assert factor(text, "Zimmer") > 0


def test_a_greeting_in_one_breath_with_the_matter_counts() -> None:
    assert factor("hallo wohnung in steinen", "Wohnung") > 0


def test_a_message_does_not_begin_with_its_signature() -> None:
    assert factor("Mit freundlichen Grüßen, suche Zimmer", "Zimmer") > 0
    assert factor("Hallo Amt, mit freundlichen Grüßen, suche Zimmer", "Zimmer") > 0
    assert factor("Hallo Wohnung Nord, mit freundlichen Grüßen, suche Zimmer", "Zimmer") > 0
    assert factor("Suche etwas. Mit freundlichen Grüßen, Zimmer GmbH", "Zimmer") == 0
    assert factor("siehe Foto\n\nMit freundlichen Grüßen, Zimmer GmbH", "Zimmer") == 0
    assert factor("Arbeit gesucht, mit freundlichen Grüßen, Zimmer GmbH", "Zimmer") == 0


def test_a_long_text_after_a_closing_is_no_signature() -> None:
    assert factor("Mit freundlichen Grüßen an alle. " + "Das ist lang. " * 10 + "Das Zimmer ist da.", "Zimmer") > 0


@pytest.mark.parametrize("piece", ["aber, ", "aber. ", "schrieb am, ", "mit freundlichen Grüßen, ", "Zimmer? "])
def test_what_comes_again_and_again_takes_steps_in_proportion(piece: str) -> None:
    READER.read(piece)  # what is learnt of a word is learnt once

    few, many = (steps(partial(READER.read, piece * times)) for times in (200, 2000))

    assert many <= few * 11 + 100
