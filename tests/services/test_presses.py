"""Buttons: what a press may do, and what it may not, whatever a client sends."""

import pytest

from bot.model import InquiryState
from tests.support.rulebook import LANGUAGE, TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Stage, about_housing, raise_stage, said

REF = "2026-0001"
STALE, NOT_HERE, REFUSED, TAKEN = (
    (said("press-stale-person"), True),
    (said("press-not-here"), True),
    (said("answer-refused"), True),
    (said("press-taken"), False),
)
GONE = (said("press-stale"), True)  # as contacts read it
NOTHING = (None, False)


# ------------------------------------------------------------ forged and stray


async def test_a_made_up_token_does_nothing(stage: Stage) -> None:
    maria = await stage.inquirer()

    assert await maria.presses_token("made-up") == STALE
    assert "press.refused" in await stage.events()


@pytest.mark.parametrize("label", ["btn-take", "btn-done", "btn-hand"])
async def test_a_contacts_button_does_nothing_in_another_chat(stage: Stage, label: str) -> None:
    maria, wohnen = await about_housing(stage)
    token = wohnen.card(REF).tokens[said(label)]

    assert await maria.presses_token(token) == NOT_HERE
    assert await stage.contact("leitung").presses_token(token) == NOT_HERE
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


@pytest.mark.parametrize("label", ["btn-withdraw", "btn-other-topic"])
async def test_a_persons_button_does_nothing_in_another_chat(stage: Stage, label: str) -> None:
    maria, wohnen = await about_housing(stage)
    bela = await stage.inquirer("Bela")
    token = maria.last.tokens[said(label)]
    before = maria.texts

    assert await bela.presses_token(token) == NOT_HERE
    assert await wohnen.presses_token(token) == NOT_HERE
    assert maria.texts == before


async def test_a_button_of_anothers_inquiry_in_ones_own_chat_does_nothing(stage: Stage) -> None:
    """No button is ever made so; were it, the inquiry's person is asked about all the same."""
    await about_housing(stage)
    bela = await stage.inquirer("Bela")
    token = await stage.make_button(bela, "withdraw", (await stage.inquiry()).id)

    assert await bela.presses_token(token) == NOT_HERE
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_an_action_of_an_earlier_version_is_stale(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    inquiry = await stage.inquiry()

    assert await maria.presses_token(await stage.make_button(maria, "gone")) == STALE
    assert await maria.presses_token(await stage.make_button(maria, "gone", inquiry.id)) == STALE
    assert await wohnen.presses_token(await stage.make_button(wohnen, "gone", inquiry.id)) == GONE


async def test_a_contacts_button_of_a_share_that_is_not_there_is_stale(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)

    assert await wohnen.presses_token(await stage.make_button(wohnen, "take", 1, share=99)) == GONE
    assert await wohnen.presses_token(await stage.make_button(wohnen, "take", share=1)) == GONE


async def test_somebody_unknown_is_told_that_all_is_deleted_in_the_language_of_their_app(
    stage: Stage,
) -> None:
    for language, told in (("de", "de"), ("en-GB", "en"), ("uk", "en")):
        stranger = stage.person("Fremd", language)
        token = await stage.make_button(stranger, "go_on", language="de")

        assert await stranger.presses_token(token) == (said("press-forgotten", told), True)


async def test_in_a_chat_that_is_no_contacts_any_more_nothing_can_be_done() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        card = former.card()
        await stage.invited("wohnen-kontakt", 5002)

        assert await former.presses("btn-take", card) == REFUSED
        assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_the_popup_speaks_the_persons_language(stage: Stage) -> None:
    mary = await stage.inquirer("Mary", "en")

    assert await mary.presses_token("made-up") == (said("press-stale-person", "en"), True)


# ------------------------------------------------------------ the same press twice

TWICE = [
    # who, presses before, the press, what the second one says
    ("contact", [], "btn-take", ("Kontakt Wohnen hat die Anfrage schon übernommen.", True)),
    ("contact", [], "btn-done", ("Kontakt Wohnen hat die Anfrage schon abgeschlossen.", True)),
    ("contact", [], "btn-hand", NOTHING),
    (
        "contact",
        ["btn-hand"],
        "Arbeit",
        ("Kontakt Wohnen hat die Anfrage schon weitergegeben an Kontakt Arbeit.", True),
    ),
    ("contact", ["btn-hand"], "btn-back", NOTHING),
    ("person", [], "btn-withdraw", STALE),
    ("person", ["btn-withdraw"], "btn-undo-withdraw", STALE),
    ("person", ["btn-other-topic"], "Arbeit", (said("press-there-already", contact="Kontakt Arbeit"), False)),
]


@pytest.mark.parametrize(("who", "before", "press", "second"), TWICE, ids=[f"{row[0]}: {row[2]}" for row in TWICE])
async def test_the_same_press_twice_does_it_once(
    stage: Stage, who: str, before: list[str], press: str, second: tuple[str | None, bool]
) -> None:
    maria, wohnen = await about_housing(stage)
    someone = maria if who == "person" else wohnen
    for label in before:
        await someone.presses(label)
    label = said(press) if press.startswith("btn-") else press
    bearer = next(shown for shown in reversed(someone.received) if label in shown.tokens)

    await someone.presses(label, bearer)
    once = await picture(stage)

    assert await someone.presses(label, bearer) == second
    assert await picture(stage) == once


async def picture(stage: Stage) -> object:
    """What people see and the office knows, apart from the journal's note that a press was refused."""
    shown = {chat: list(inside.values()) for chat, inside in stage.telegram.chats.items()}
    events = [event for event in await stage.events() if event != "press.refused"]
    return shown, await stage.shares(), await stage.inquiries(), events


# ------------------------------------------------------------ done, where another button was a moment before

SLIPS = [
    # what was done before, how long ago, what the press does then
    ("taken", ["btn-take"], 3, False),
    ("taken a while ago", ["btn-take"], 11, True),
    ("not taken", [], 0, True),
    ("taken and answered", ["btn-take", "reply"], 3, True),
    ("taken, answered, and written again", ["btn-take", "reply", "more"], 3, True),
    ("opened again", ["btn-done", "btn-reopen"], 3, False),
]


@pytest.mark.parametrize(("before", "seconds", "closes"), [row[1:] for row in SLIPS], ids=[row[0] for row in SLIPS])
async def test_done_at_once_after_another_tap_there_is_asked_about_once(
    stage: Stage, before: list[str], seconds: int, closes: bool
) -> None:
    maria, wohnen = await about_housing(stage)
    for one in before:
        if one == "reply":
            await wohnen.replies("Gern", to=wohnen.card(REF))
        elif one == "more":
            await maria.writes("Sie hat auch einen Keller")
        else:
            await wohnen.presses(one)
    stage.clock.turn(seconds=seconds)
    done = (said("press-done"), False)

    first = await wohnen.presses("btn-done")

    assert first == (done if closes else (said("press-done-so-soon", button=said("btn-done")), True))
    assert ((await stage.inquiry()).state is InquiryState.CLOSED) is closes
    if not closes:
        stage.clock.turn(seconds=2)
        assert await wohnen.presses("btn-done") == done
        assert (await stage.inquiry()).state is InquiryState.CLOSED


async def test_a_second_tap_that_was_under_way_before_the_question_could_be_read_is_none(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    asked = (said("press-done-so-soon", button=said("btn-done")), True)
    await wohnen.presses("btn-take")

    assert [await wohnen.presses("btn-done"), await wohnen.presses("btn-done")] == [asked, asked]
    stage.clock.turn(seconds=2)
    assert await wohnen.presses("btn-done") == (said("press-done"), False)


async def test_what_was_asked_about_one_part_is_no_word_about_another() -> None:
    topics = enumerate(("wohnen-kontakt", "arbeit-kontakt"), 5)
    team = {key: {"telegram": {"chat": LANGUAGE - 1, "topic": topic}} for topic, key in topics}
    async with raise_stage(make_book({"contacts": team})) as stage:
        await (await stage.inquirer()).writes(TO_WORK_AND_HOUSING)
        desk = stage.at(LANGUAGE - 1)
        await desk.presses("btn-take")
        await desk.presses("btn-take")
        work, housing = [one for one in desk.received if said("btn-done") in one.tokens]
        stage.clock.turn(seconds=2)
        asked = (said("press-done-so-soon", button=said("btn-done")), True)

        assert await desk.presses("btn-done", work) == asked
        stage.clock.turn(seconds=2)
        assert await desk.presses("btn-done", housing) == asked


async def test_which_pressed_twice_opens_one_inquiry(stage: Stage) -> None:
    maria, _ = await about_housing(stage)
    await maria.writes(TO_LANGUAGE)
    question = maria.last
    await maria.presses("btn-which-new", question)

    assert await maria.presses("btn-which-new", question) == STALE
    assert await maria.presses(said("btn-which-one", reference=REF, field="Wohnen"), question) == STALE
    assert len(await stage.inquiries()) == 2


async def test_take_after_somebody_answered_is_stale(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    card = wohnen.card(REF)
    await wohnen.replies("Gerne", to=card)

    assert await wohnen.presses("btn-take", card) == (said("press-answered-already", holder="Kontakt Wohnen"), True)
    assert (await stage.inquiry()).state is InquiryState.ANSWERED


async def test_a_stale_press_puts_the_card_right(stage: Stage) -> None:
    """The card may show old buttons where an edit never arrived."""
    maria, wohnen = await about_housing(stage)
    card = wohnen.card(REF)
    await maria.presses("btn-withdraw")
    stage.telegram.chats[card.chat][card.message] = card

    assert await wohnen.presses("btn-take", card) == (said("press-withdrawn-already"), True)

    assert wohnen.card(REF).buttons == []
    assert said("card-withdrawn") in wohnen.card(REF).text


# ------------------------------------------------------------ stale by what happened meanwhile


async def test_other_topic_after_it_was_closed_is_stale(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    receipt = maria.last
    await maria.presses("btn-other-topic")
    question = maria.last
    await wohnen.presses("btn-done")

    assert await maria.presses("btn-other-topic", receipt) == STALE
    assert await maria.presses("Arbeit", question) == STALE
    assert await maria.presses("btn-withdraw", receipt) == STALE


async def test_undoing_after_a_reply_has_undone_it_is_stale(stage: Stage) -> None:
    maria, _ = await about_housing(stage)
    await maria.presses("btn-withdraw")
    farewell = maria.last
    await maria.replies("Doch")

    assert await maria.presses("btn-undo-withdraw", farewell) == STALE


async def test_a_press_that_did_its_work_is_answered_without_a_dialog(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)

    assert await wohnen.presses("btn-take") == TAKEN
    assert await maria.presses("btn-other-topic") == NOTHING


async def test_whoever_gave_it_to_a_colleague_signs_as_themselves(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    card = housing.card()
    for label in ("btn-hand", "btn-colleagues", "Leitung"):
        await housing.presses(label)
    await housing.replies("Ein Wort zum Schluss", to=card)
    assert maria.last.text.startswith(said("answer", contact="Kontakt Wohnen", reference="2026-0001"))
