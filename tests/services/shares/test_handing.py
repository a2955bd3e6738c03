"""What contacts do with a share among themselves: release, hand on, ask another field in, close with a word, reopen."""

from datetime import timedelta

import pytest

from bot.model import Address, AssignmentState, Draft, InquiryState, MessageKind, Reason
from bot.store import outbox, sending
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, TO_HOUSING, TO_WORK_AND_HOUSING, UNKNOWN, WORK, make_book
from tests.support.stage import Someone, Stage, about_housing, raise_stage, said, said_closed

REF = "2026-0001"
ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState
MONDAY = "Montag, 9. März, 12:30 Uhr"


async def press_all(someone: Someone, *labels: str) -> tuple[str | None, bool]:
    """Press one button after the other; return what the last one said."""
    answer: tuple[str | None, bool] = (None, False)
    for label in labels:
        answer = await someone.presses(label)
    return answer


def state_line(state: AssignmentState, holder: str | None = None) -> str:
    words = said(f"state-{state}")
    return said("card-state", state=words) if holder is None else said("card-state-by", state=words, holder=holder)


# ------------------------------------------------------------ menus


MENUS = [
    # label, presses before, presses, buttons
    (
        "more, untaken",
        [],
        ["btn-more"],
        ["btn-ask-back", "btn-note", "btn-close-with", "btn-add-field", "btn-for-file", "btn-back"],
    ),
    (
        "more, taken",
        ["btn-take"],
        ["btn-more"],
        ["btn-ask-back", "btn-note", "btn-close-with", "btn-add-field", "btn-release", "btn-for-file", "btn-back"],
    ),
    ("by name", [], ["btn-hand", "btn-colleagues"], ["Kontakt Arbeit", "Kontakt Sprache", "Leitung", "btn-back"]),
    ("a further topic", [], ["btn-more", "btn-add-field"], ["Sprache", "Arbeit", "Bildung", "btn-back"]),
]


@pytest.mark.parametrize(("label", "before", "presses", "buttons"), MENUS, ids=[row[0] for row in MENUS])
async def test_a_menu_opens_in_the_cards_place_and_closes_again(
    stage: Stage, label: str, before: list[str], presses: list[str], buttons: list[str]
) -> None:
    _, wohnen = await about_housing(stage)
    await press_all(wohnen, *before)
    card = wohnen.card(REF)

    await press_all(wohnen, *presses)
    assert wohnen.card(REF).buttons == [said(key) if key.startswith("btn-") else key for key in buttons]
    await wohnen.presses("btn-back")

    assert wohnen.card(REF) == card


async def test_whoever_is_away_or_cannot_be_reached_is_marked_or_not_offered(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    await stage.contact("sprache-kontakt").writes("/abwesend bis 20.3.", command="abwesend", argument="bis 20.3.")

    await press_all(wohnen, "btn-hand", "btn-colleagues")

    assert said("btn-colleague-away", contact="Kontakt Sprache") in wohnen.card(REF).buttons
    assert "Kontakt Bildung" not in wohnen.card(REF).buttons


async def test_a_menu_left_open_ends_with_the_next_change(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-more")

    await maria.presses("btn-withdraw")

    assert wohnen.card(REF).buttons == []


# ------------------------------------------------------------ release


async def test_released_it_is_nobodys_again_and_the_person_is_told_kindly(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-take")
    assert state_line(TAKEN, "Kontakt Wohnen") in wohnen.card(REF).text

    assert await press_all(wohnen, "btn-more", "btn-release") == (said("press-released"), False)

    [share] = await stage.shares()
    assert (share.state, share.holder) == (ASSIGNED, None)
    assert state_line(ASSIGNED) in wohnen.card(REF).text
    assert said("btn-take") in wohnen.card(REF).buttons
    told = said("released", reference=REF, contact="Kontakt Wohnen")
    assert maria.last.text == f"{told}\n{said('receipt-due', due=MONDAY)}"


# ------------------------------------------------------------ to a colleague by name


async def test_where_nobody_can_be_reached_nothing_goes_to_chats_known_to_be_dead(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-take")
    [share] = await stage.shares()
    async with stage.database.transaction() as tx:
        for chat in (WORK[0], HOUSING, LANGUAGE, HEAD):
            draft = Draft(Address("telegram", chat), text="x", inquiry_id=share.inquiry_id, assignment_id=share.id)
            await sending.mark_parked(tx, await outbox.add(tx, stage.clock.now(), draft), "refused")

    await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Arbeit")

    assert [stage.at(chat).received for chat in (WORK[0], LANGUAGE, HEAD)] == [[], [], []]
    assert "contact.unreachable" in await stage.events()
    [handed] = await stage.shares()
    assert (handed.contact, handed.seat, handed.state) == ("arbeit-kontakt", "wohnen-kontakt", ASSIGNED)
    assert state_line(ASSIGNED) in wohnen.card(REF).text
    assert "Kontakt Wohnen" in maria.last.text


async def test_handed_to_a_colleague_it_keeps_its_field_and_its_date(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await maria.writes("Sie hat einen Balkon")
    work = stage.contact("arbeit-kontakt")

    await press_all(wohnen, "btn-take", "btn-hand", "btn-colleagues", "Kontakt Arbeit")

    [share] = await stage.shares()
    handed = share.field, share.contact, share.seat, share.reason, share.state, share.holder
    assert handed == ("wohnen", "arbeit-kontakt", "arbeit-kontakt", Reason.HANDED, ASSIGNED, None)
    card = work.card(REF)
    assert said("card-handed-from", contact="Kontakt Wohnen") in card.text
    assert said("card-due", due=MONDAY) in card.text
    assert said("card-deputy", contact="Kontakt Wohnen") not in card.text
    assert "Sie hat einen Balkon" in work.last.text
    told = said("handed", reference=REF, contact="Kontakt Arbeit")
    assert maria.last.text == f"{told}\n{said('receipt-due', due=MONDAY)}"


async def test_after_handing_it_on_the_old_card_has_no_buttons_and_says_who_has_it(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    take = wohnen.card(REF).tokens[said("btn-take")]
    await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Arbeit")
    before = wohnen.texts

    assert wohnen.card(REF).buttons == []
    assert said("card-now-with", contact="Kontakt Arbeit") in wohnen.card(REF).text
    assert await wohnen.presses_token(take, wohnen.card(REF).message) == (
        said("press-moved-already", holder="Kontakt Wohnen", contact="Kontakt Arbeit"),
        True,
    )
    await maria.replies("Und noch etwas")
    assert wohnen.texts == before
    assert "Und noch etwas" in stage.contact("arbeit-kontakt").last.text


async def test_a_word_to_the_person_after_handing_it_on_answers_nothing(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Arbeit")

    await wohnen.replies("Viel Glück", to=wohnen.card(REF))

    assert "Viel Glück" in maria.last.text
    assert [share.state for share in await stage.shares()] == [ASSIGNED]


async def test_what_was_answered_gets_a_new_date_when_it_is_handed_on(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.replies("Ich frage nach", to=wohnen.card(REF))
    stage.clock.turn(days=7)

    await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Arbeit")

    assert said("receipt-due", due="Montag, 16. März, 12:30 Uhr") in maria.last.text
    assert [share.state for share in await stage.shares()] == [ASSIGNED]


async def test_handed_on_within_a_group_the_card_goes_to_the_colleagues_topic() -> None:
    group = {
        "wohnen-kontakt": {"telegram": {"chat": -1000000000009, "topic": 5}},
        "sprache-kontakt": {"telegram": {"chat": -1000000000009, "topic": 6}},
    }
    async with raise_stage(make_book({"contacts": group})) as stage:
        _, wohnen = await about_housing(stage)
        first = wohnen.card(REF)
        await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Sprache")

        former, now = [shown for shown in wohnen.received if "Von: " in shown.text]
        assert (former.message, former.topic, former.buttons) == (first.message, 5, [])
        assert said("card-now-with", contact="Kontakt Sprache") in former.text
        assert (now.topic, now.buttons[0]) == (6, said("btn-take"))


async def test_handed_to_somebody_one_stands_in_for_oneself_the_card_stays_the_one_it_is(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNKNOWN)
    await maria.presses("btn-something-else")
    head = stage.contact("leitung")
    await stage.contact("sprache-kontakt").writes("/abwesend bis 20.3.", command="abwesend", argument="bis 20.3.")

    await press_all(head, "btn-hand", "btn-colleagues", said("btn-colleague-away", contact="Kontakt Sprache"))

    [card] = [shown for shown in head.received if "Von: " in shown.text]
    assert said("card-deputy", contact="Kontakt Sprache") in card.text
    assert card.buttons[0] == said("btn-take")


async def test_a_copy_becomes_the_card_of_whoever_gets_the_share(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    head = stage.contact("leitung")
    await head.writes(f"/anfrage {REF}", command="anfrage", argument=REF)
    copy = head.card(REF)

    await press_all(wohnen, "btn-hand", "btn-colleagues", "Leitung")
    await maria.replies("Und noch etwas")

    assert [shown.message for shown in head.received if "Von: " in shown.text] == [copy.message]
    assert len([text for text in head.texts if "Und noch etwas" in text]) == 1
    assert wohnen.card(REF).buttons == []


# ------------------------------------------------------------ a further field


async def test_a_further_field_gets_a_card_of_its_own_and_the_person_is_told(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-take")

    assert await press_all(wohnen, "btn-more", "btn-add-field", "Sprache") == (said("press-added"), False)

    shares = await stage.shares()
    assert [(share.field, share.lead, share.state, share.reason) for share in shares] == [
        ("wohnen", True, TAKEN, Reason.ROUTED),
        ("sprache", False, ASSIGNED, Reason.ADDED),
    ]
    assert said("card-added-by", contact="Kontakt Wohnen") in stage.contact("sprache-kontakt").card(REF).text
    assert said("card-also", others="Sprache") in wohnen.card(REF).text
    assert said("added-field", reference=REF, field="Sprache", contact="Kontakt Sprache") in maria.last.text
    await wohnen.presses("btn-done")
    assert (await stage.inquiry()).state is InquiryState.ASSIGNED


async def test_a_field_is_added_once(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-add-field")
    menu = wohnen.card(REF)
    await wohnen.presses("Sprache", menu)

    assert await wohnen.presses("Sprache", menu) == (said("press-added-already"), True)
    assert len(await stage.shares()) == 2


# ------------------------------------------------------------ asking back


async def test_a_question_back_after_an_answer_says_nothing_of_what_is_not_answered(stage: Stage) -> None:
    maria, wohnen = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_HOUSING)
    await wohnen.replies("Gerne!", to=wohnen.card())
    await wohnen.presses("btn-more")

    await wohnen.presses("btn-ask-back")

    assert wohnen.last.text == said("ask-back-ask-answered", reference=REF, name="Maria")


async def test_a_question_back_is_no_answer_and_the_promise_stays(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-ask-back")
    assert wohnen.last.text == said("ask-back-ask", reference=REF, name="Maria")
    assert wohnen.last.reply_to == wohnen.card(REF).message
    assert wohnen.card(REF).buttons[0] == said("btn-take"), "the menu is closed again"

    await wohnen.replies("Wie viele Zimmer?", to=wohnen.last)

    assert maria.last.text == said("asked-back", contact="Kontakt Wohnen", reference=REF) + "\n\nWie viele Zimmer?"
    [share] = await stage.shares()
    assert (share.state, share.holder) == (TAKEN, "Kontakt Wohnen")
    assert said("card-due", due=MONDAY) in wohnen.card(REF).text
    await maria.replies("Drei")
    assert "Drei" in wohnen.last.text


async def test_a_question_back_after_the_answer_leaves_it_answered(stage: Stage) -> None:
    _, wohnen = await about_housing(stage)
    await wohnen.replies("Gerne", to=wohnen.card(REF))
    await press_all(wohnen, "btn-more", "btn-ask-back")

    await wohnen.replies("Noch eine Frage", to=wohnen.last)

    assert [share.state for share in await stage.shares()] == [ANSWERED]


async def test_a_note_in_the_place_of_a_question_stays_in_the_office(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-ask-back")
    before = maria.texts

    await wohnen.replies("// erst mit der Leitung sprechen", to=wohnen.last)

    assert maria.texts == before
    assert [share.state for share in await stage.shares()] == [ASSIGNED]


# ------------------------------------------------------------ closing with a word


async def test_closed_with_a_word_the_person_gets_it_and_then_that_it_is_closed(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-close-with")
    assert wohnen.last.text == said("close-with-ask", reference=REF, name="Maria")

    await wohnen.replies("Alles Gute!", to=wohnen.last)

    answer = said("answer", contact="Kontakt Wohnen", reference=REF) + "\n\nAlles Gute!"
    assert maria.texts[-2:] == [answer, said_closed(REF)]
    assert [share.state for share in await stage.shares()] == [CLOSED]
    assert state_line(CLOSED, "Kontakt Wohnen") in wohnen.card(REF).text
    assert wohnen.card(REF).buttons == [said("btn-reopen"), said("btn-for-file")]


async def test_a_last_word_in_several_pictures_closes_once(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-close-with")
    prompt = wohnen.last

    for _ in range(2):
        await wohnen.sends(MessageKind.PHOTO, reply_to=prompt, album="bye")

    assert len([shown for shown in maria.received if shown.kind is MessageKind.PHOTO]) == 2
    assert len([text for text in maria.texts if text == said_closed(REF)]) == 1
    assert [share.state for share in await stage.shares()] == [CLOSED]


async def test_a_last_word_after_a_withdrawal_goes_to_nobody(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await press_all(wohnen, "btn-more", "btn-close-with")
    prompt = wohnen.last
    await maria.presses("btn-withdraw")
    before = maria.texts

    await wohnen.replies("Alles Gute!", to=prompt)

    assert maria.texts == before
    assert wohnen.last.text == said("answer-withdrawn", reference=REF)


# ------------------------------------------------------------ reopening


async def test_what_was_closed_by_mistake_is_open_again_with_one_tap(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    stage.clock.turn(days=7)

    assert await wohnen.presses("btn-reopen") == (said("press-reopened"), False)

    [share] = await stage.shares()
    assert (share.state, share.holder) == (TAKEN, "Kontakt Wohnen")
    told = said("reopened-by-contact", reference=REF, contact="Kontakt Wohnen")
    assert maria.last.text == f"{told}\n{said('receipt-due', due='Montag, 16. März, 12:30 Uhr')}"
    assert wohnen.card(REF).buttons == [said(key) for key in ("btn-done", "btn-hand", "btn-more")]


async def test_reopened_the_promise_starts_anew(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    await wohnen.presses("btn-done")
    stage.clock.turn(days=7)

    await maria.replies("Doch noch eine Frage")

    inquiry = await stage.inquiry()
    assert (inquiry.state, inquiry.closed_at) == (InquiryState.ASSIGNED, None)
    assert said("card-due", due="Montag, 16. März, 12:30 Uhr") in wohnen.card(REF).text


async def test_what_was_finished_before_the_rest_was_withdrawn_stays_finished(stage: Stage) -> None:
    maria, housing = await stage.inquirer(), stage.contact("wohnen-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    await housing.presses("btn-done")
    await maria.presses("btn-withdraw")
    before = len(housing.received)
    await maria.presses("btn-undo-withdraw")
    assert {share.field: share.state for share in await stage.shares()} == {
        "arbeit": AssignmentState.ASSIGNED,
        "wohnen": AssignmentState.CLOSED,
    }
    assert len(housing.received) == before


async def test_a_field_asked_in_again_after_it_was_done_opens_again_once(stage: Stage) -> None:
    maria, housing, work = await stage.inquirer(), stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")
    await maria.writes(TO_WORK_AND_HOUSING)
    await housing.presses("btn-done")
    for label in ("btn-more", "btn-add-field", "Wohnen", "btn-done"):
        await work.presses(label)
    await housing.presses("btn-done", housing.card())
    await maria.writes("Noch etwas zum Zimmer", reply_to=maria.last)
    states = [share.state for share in await stage.shares() if share.field == "wohnen"]
    assert states == [AssignmentState.CLOSED, AssignmentState.ASSIGNED]
    assert sum("Noch etwas zum Zimmer" in text for text in housing.texts) == 1


async def test_one_of_two_parts_is_opened_again_alone(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    await work.presses("btn-done")
    await wohnen.presses("btn-done")

    await wohnen.presses("btn-reopen")

    assert [(share.field, share.state) for share in await stage.shares()] == [("arbeit", CLOSED), ("wohnen", TAKEN)]
    assert (await stage.inquiry()).state is InquiryState.TAKEN


async def test_what_the_person_withdrew_is_not_opened_again_by_a_contact(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-done")
    await maria.presses("btn-withdraw")

    assert await wohnen.presses("btn-reopen") == (said("press-withdrawn-already"), True)
    assert (await stage.inquiry()).state is InquiryState.WITHDRAWN


async def test_what_was_asked_in_again_meanwhile_is_not_opened_twice(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-done")
    closed = wohnen.card(REF)
    await press_all(work, "btn-more", "btn-add-field", "Wohnen")

    assert await wohnen.presses("btn-reopen", closed) == (said("press-added-already"), True)
    assert [share.field for share in await stage.shares() if share.state in (ASSIGNED, TAKEN)] == ["arbeit", "wohnen"]


async def test_an_answer_on_the_finished_card_counts_for_the_part_asked_in_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_WORK_AND_HOUSING)
    work, wohnen = stage.contact("arbeit-kontakt"), stage.contact("wohnen-kontakt")
    await wohnen.presses("btn-done")
    closed = wohnen.card(REF)
    await press_all(work, "btn-more", "btn-add-field", "Wohnen")

    await wohnen.replies("Ab Mai ist etwas frei", to=closed)

    assert "Ab Mai ist etwas frei" in maria.last.text
    states = {(share.field, share.state) for share in await stage.shares()}
    assert states == {("arbeit", ASSIGNED), ("wohnen", CLOSED), ("wohnen", ANSWERED)}


async def test_whoever_joined_because_nobody_took_it_follows_no_longer_when_it_is_handed_on(stage: Stage) -> None:
    maria, wohnen = await about_housing(stage)
    deputy = stage.contact("sprache-kontakt")
    await stage.live_until(stage.clock.now() + timedelta(days=1, hours=2))
    assert deputy.card(REF).buttons, "the deputy has joined"

    await press_all(wohnen, "btn-hand", "btn-colleagues", "Kontakt Arbeit")
    before = deputy.texts
    await maria.writes("Und noch etwas")

    assert deputy.card(REF).buttons == []
    assert said("card-now-with", contact="Kontakt Arbeit") in deputy.card(REF).text
    assert deputy.texts == before
