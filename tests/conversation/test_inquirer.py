import re
from typing import get_args

import pytest

from bot.conversation import inquirer
from bot.conversation.inquirer import (
    IN_HAND_S,
    Acknowledge,
    AskForWords,
    AskWhich,
    CannotRelay,
    Earlier,
    EndedMatter,
    Follow,
    HoldForNotice,
    OpenMatter,
    OpenNew,
    Situation,
    Step,
    decide_message,
    ended_since,
    is_answer,
    may_be_about,
    reads_as_continuation,
)
from bot.model import GENERAL, MessageKind, RoutingDecision
from tests.support.builders import make_decision, make_hit, make_matter, make_message, make_situation

TEXT, STICKER, PHOTO, UNSUPPORTED = (
    MessageKind.TEXT,
    MessageKind.STICKER,
    MessageKind.PHOTO,
    MessageKind.UNSUPPORTED,
)
NOTHING = make_decision()
HOUSING = make_decision("wohnen")
LANGUAGE = make_decision("sprache")
DOCTOR = make_decision(hits=(make_hit("gesundheit", "Arzt"),))
HOUSING_1 = make_matter(1, "wohnen")
LANGUAGE_2 = make_matter(2, "sprache")
ASKED_3 = make_matter(3, asked=True)
ENDED_7 = EndedMatter(7, ("wohnen",))
ENDED_8 = EndedMatter(8, ("sprache",))
ENDED_EARLIER_7 = EndedMatter(7, ("wohnen",), quiet_s=4000)
LATELY_7 = Earlier(7, ended=True)
LONG_AGO_7 = Earlier(7, ended=True, lately=False)
JUST_ASKED_1 = make_matter(1, "wohnen", quiet_s=1800, answer_s=3601)
QUESTION_1 = make_matter(1, "wohnen", quiet_s=3600, answer_s=3601)
OLD_QUESTION_1 = make_matter(1, "wohnen", quiet_s=3601, answer_s=3601)
OLD_HOUSING_1 = make_matter(1, "wohnen", quiet_s=IN_HAND_S + 1)
OLD_LANGUAGE_2 = make_matter(2, "sprache", quiet_s=IN_HAND_S + 1)
UNREAD = Situation(noticed=False, open=(HOUSING_1,), replied_to=Earlier(1), album=1, waiting=True)

STEPS: list[tuple[str, Situation, MessageKind, RoutingDecision, Step]] = [
    # label, situation, kind, what routing says of the text, step
    ("the notice comes before everything", UNREAD, TEXT, HOUSING, HoldForNotice()),
    ("the notice comes before what cannot be relayed", UNREAD, UNSUPPORTED, NOTHING, HoldForNotice()),
    ("what cannot be copied is said so", make_situation(), UNSUPPORTED, NOTHING, CannotRelay()),
    ("also as a reply", make_situation(HOUSING_1, replied_to=Earlier(1)), UNSUPPORTED, NOTHING, CannotRelay()),
    ("the first message opens", make_situation(), TEXT, HOUSING, OpenNew()),
    ("without a known word, too", make_situation(), TEXT, NOTHING, OpenNew()),
    ("a photo opens", make_situation(), PHOTO, NOTHING, OpenNew()),
    ("a sticker alone says nothing", make_situation(), STICKER, NOTHING, AskForWords()),
    ("a sticker goes on with what is open", make_situation(HOUSING_1), STICKER, NOTHING, Follow(1)),
    ("a reply goes where it belongs", make_situation(HOUSING_1, replied_to=Earlier(7)), TEXT, HOUSING, Follow(7)),
    ("a reply to what ended lately as well", make_situation(replied_to=LATELY_7), TEXT, NOTHING, Follow(7)),
    ("to what ended long ago begins anew", make_situation(replied_to=LONG_AGO_7), TEXT, HOUSING, OpenNew(7)),
    ("a sticker to what ended is thanks", make_situation(replied_to=LATELY_7), STICKER, NOTHING, Acknowledge(7)),
    ("a sticker after all ended is thanks", make_situation(ended=(ENDED_7,)), STICKER, NOTHING, Acknowledge(7)),
    ("words of another field after all ended open", make_situation(ended=(ENDED_7,)), TEXT, LANGUAGE, OpenNew()),
    ("words of its field after all ended may be about it", make_situation(ended=(ENDED_7,)), TEXT, HOUSING, AskWhich()),
    ("unknown words after all ended as well", make_situation(ended=(ENDED_7,)), TEXT, NOTHING, AskWhich()),
    ("what ended since may be meant", make_situation(QUESTION_1, ended=(ENDED_7,)), TEXT, NOTHING, AskWhich()),
    ("also of two about the same field", make_situation(OLD_HOUSING_1, ended=(ENDED_7,)), TEXT, HOUSING, AskWhich()),
    ("but not with words of the open one", make_situation(OLD_LANGUAGE_2, ended=(ENDED_7,)), TEXT, LANGUAGE, Follow(2)),
    ("nor what ended before", make_situation(OLD_HOUSING_1, ended=(ENDED_EARLIER_7,)), TEXT, NOTHING, Follow(1)),
    ("a sticker then is thanks", make_situation(OLD_HOUSING_1, ended=(ENDED_7,)), STICKER, NOTHING, Acknowledge(7)),
    ("of two that ended it may be the earlier", make_situation(ended=(ENDED_8, ENDED_7)), TEXT, HOUSING, AskWhich()),
    ("words of a topic after all ended open", make_situation(ended=(ENDED_7,)), TEXT, DOCTOR, OpenNew()),
    (
        "a reply needs no answer to the question",
        make_situation(replied_to=Earlier(7), waiting=True),
        TEXT,
        NOTHING,
        Follow(7),
    ),
    ("the rest of an album follows its first", make_situation(HOUSING_1, album=7), PHOTO, NOTHING, Follow(7)),
    ("even if it seems to reply elsewhere", make_situation(album=7, replied_to=Earlier(8)), PHOTO, NOTHING, Follow(7)),
    ("while the question waits, it is asked again", make_situation(HOUSING_1, waiting=True), TEXT, HOUSING, AskWhich()),
    ("even with nothing open any more", make_situation(waiting=True), TEXT, HOUSING, AskWhich()),
    ("the same field goes on", make_situation(HOUSING_1), TEXT, HOUSING, Follow(1)),
    ("another field makes a doubt", make_situation(HOUSING_1), TEXT, LANGUAGE, AskWhich()),
    (
        "the second's field is not the one in hand",
        make_situation(HOUSING_1, LANGUAGE_2),
        TEXT,
        LANGUAGE,
        AskWhich(),
    ),
    ("an answer to a contact's question goes there", make_situation(JUST_ASKED_1), TEXT, LANGUAGE, Follow(1)),
    ("what clearly is of another field later does not", make_situation(QUESTION_1), TEXT, LANGUAGE, AskWhich()),
    ("whatever else it tells", make_situation(QUESTION_1), TEXT, DOCTOR, Follow(1)),
    ("not long after the question", make_situation(OLD_QUESTION_1), TEXT, LANGUAGE, AskWhich()),
    ("nor with another one open", make_situation(QUESTION_1, LANGUAGE_2), TEXT, LANGUAGE, AskWhich()),
    ("the one in hand goes on", make_situation(LANGUAGE_2, HOUSING_1), TEXT, LANGUAGE, Follow(2)),
]


@pytest.mark.parametrize(("label", "situation", "kind", "decision", "step"), STEPS, ids=[row[0] for row in STEPS])
def test_a_message_is_placed(
    label: str, situation: Situation, kind: MessageKind, decision: RoutingDecision, step: Step
) -> None:
    assert decide_message(situation, make_message("…", kind=kind), decision) == step


COURTESIES: list[tuple[str, Situation, Step]] = [
    # label, situation, step for a text that is thanks or a greeting and nothing else
    ("the first word", make_situation(), AskForWords()),
    ("after all ended", make_situation(ended=(ENDED_7,)), Acknowledge(7)),
    ("a reply to what ended lately", make_situation(HOUSING_1, replied_to=LATELY_7), Acknowledge(7)),
    ("a reply to what ended long ago", make_situation(replied_to=LONG_AGO_7), Acknowledge(7)),
    ("a reply to what is open", make_situation(HOUSING_1, replied_to=Earlier(1)), Follow(1)),
    ("right after one ended", make_situation(OLD_HOUSING_1, ended=(ENDED_7,)), Acknowledge(7)),
    ("while one is open", make_situation(HOUSING_1, ended=(ENDED_7,)), Follow(1)),
]


@pytest.mark.parametrize(("label", "situation", "step"), COURTESIES, ids=[row[0] for row in COURTESIES])
def test_thanks_open_nothing(label: str, situation: Situation, step: Step) -> None:
    assert decide_message(situation, make_message("Danke!"), NOTHING, courtesy=True) == step


# Where routing only has a suspicion, or knows a word but not whether to route.
MAYBE_HOUSING = make_decision(choices=("wohnen",))
MAYBE_LANGUAGE = make_decision(choices=("sprache",))
TWO = make_decision("sprache", "wohnen")
SEVERAL = make_decision(choices=("sprache", "arbeit"), scores={"sprache": 60, "arbeit": 60})
HINTS = make_decision(choices=("sprache", "arbeit"), scores={"sprache": 40, "arbeit": 40})
NOW_GENERAL = make_matter(1, GENERAL)
OLD_GENERAL = make_matter(1, GENERAL, quiet_s=IN_HAND_S + 1)

CONTINUATIONS: list[tuple[str, OpenMatter, RoutingDecision, bool, bool]] = [
    # label, the inquiry in hand, what routing says, is it the only one, does the message go on with it
    ("while it is asked about, every word helps", ASKED_3, LANGUAGE, False, True),
    ("its field", HOUSING_1, HOUSING, False, True),
    ("its field, hours later", OLD_HOUSING_1, HOUSING, True, True),
    ("its field among others", HOUSING_1, TWO, False, True),
    ("its field as a suspicion", HOUSING_1, MAYBE_HOUSING, False, True),
    ("clearly another field", HOUSING_1, LANGUAGE, True, False),
    ("clearly another field than the general contact's", NOW_GENERAL, LANGUAGE, True, False),
    ("no known word, the only one, just now", HOUSING_1, NOTHING, True, True),
    ("words of a competing topic, the only one, just now", HOUSING_1, DOCTOR, True, False),
    ("no known word, the only one, hours later", OLD_HOUSING_1, NOTHING, True, True),
    ("no known word, one of several, just now", HOUSING_1, NOTHING, False, True),
    ("no known word, one of several, hours later", OLD_HOUSING_1, NOTHING, False, False),
    ("a suspicion of another, the only one, just now", HOUSING_1, MAYBE_LANGUAGE, True, True),
    ("a suspicion of another, the only one, hours later", OLD_HOUSING_1, MAYBE_LANGUAGE, True, False),
    ("a suspicion of another, one of several", HOUSING_1, MAYBE_LANGUAGE, False, False),
    ("several others, clearly named, the only one, just now", HOUSING_1, SEVERAL, True, False),
    ("several others, hardly named, the only one, just now", HOUSING_1, HINTS, True, True),
    ("several, its own among them", LANGUAGE_2, SEVERAL, True, True),
    ("a suspicion, with the general contact, just now", NOW_GENERAL, MAYBE_LANGUAGE, False, True),
    ("a suspicion, with the general contact, hours later", OLD_GENERAL, MAYBE_LANGUAGE, False, False),
]


@pytest.mark.parametrize(
    ("label", "hand", "decision", "alone", "goes_on"), CONTINUATIONS, ids=[row[0] for row in CONTINUATIONS]
)
def test_a_message_goes_on_or_not(
    label: str, hand: OpenMatter, decision: RoutingDecision, alone: bool, goes_on: bool
) -> None:
    assert reads_as_continuation(hand, decision, alone=alone) is goes_on


@pytest.mark.parametrize(("quiet_s", "goes_on"), [(1800, True), (1800.001, False)])
def test_just_now_ends_after_half_an_hour(quiet_s: float, goes_on: bool) -> None:
    hand = make_matter(1, "wohnen", quiet_s=quiet_s)

    assert reads_as_continuation(hand, NOTHING, alone=False) is goes_on


# ------------------------------------------------------------ the drawing


def test_the_drawing_names_every_step_and_no_other() -> None:
    assert {end for end in _drawn().values() if end[0].isupper()} == {step.__name__ for step in get_args(Step)}


@pytest.mark.parametrize(("label", "situation", "kind", "decision", "step"), STEPS, ids=[row[0] for row in STEPS])
def test_the_drawing_leads_where_the_decision_goes(
    label: str, situation: Situation, kind: MessageKind, decision: RoutingDecision, step: Step
) -> None:
    hand, alone = situation.open[:1], len(situation.open) == 1
    answers = {
        "noticed": situation.noticed,
        "relayable": kind is not UNSUPPORTED,
        "album": situation.album is not None,
        "reply": situation.replied_to is not None,
        "ended": situation.replied_to is not None and situation.replied_to.ended,
        "thanks": kind is STICKER,
        "lately": situation.replied_to is not None and situation.replied_to.lately,
        "again": may_be_about(situation.ended, decision),
        "before": bool(situation.ended),
        "since": bool(hand) and may_be_about(ended_since(situation.ended, hand[0]), decision),
        "kind": kind is STICKER,
        "waiting": situation.waiting,
        "open": bool(hand),
        "words": kind is not STICKER,
        "answers": alone and is_answer(hand[0], decision),
        "continues": bool(hand) and reads_as_continuation(hand[0], decision, alone=alone),
    }
    drawn = _drawn()

    at = drawn["message", None]
    while at in answers:
        at = drawn[at, "yes" if answers[at] else "no"]

    assert at == type(step).__name__


def _drawn() -> dict[tuple[str, str | None], str]:
    """The arrows of the drawing: (from, label) → to."""
    arrows = re.findall(r"^ +(\w+)(?: -- (yes|no))? --> (\w+)", inquirer.__doc__ or "", re.MULTILINE)
    return {(start, label or None): end for start, label, end in arrows}
