"""A contact writes without replying, and is asked which inquiry is meant."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import SendError, SendFailure
from bot.model import Delivery, MessageKind
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

NOBODY = said("btn-desk-nobody")


def label(number: int, name: str, field: str = "Wohnen") -> str:
    return said("btn-desk-which", reference=f"2026-{number:04d}", name=name, field=field)


async def two_about_housing(stage: Stage) -> tuple[Someone, Someone, Someone]:
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(TO_HOUSING)
    stage.clock.turn(minutes=1)
    await bela.writes(TO_HOUSING)
    return maria, bela, stage.contact("wohnen-kontakt")


async def test_the_contact_is_asked_and_the_tap_sends_it(stage: Stage) -> None:
    maria, bela, wohnen = await two_about_housing(stage)
    before = maria.texts, bela.texts

    written = await wohnen.writes("Gerne, ich rufe an")
    question = wohnen.last
    assert question.text == said("desk-which", count=1) + "\n• Gerne, ich rufe an"
    assert question.reply_to == written.message
    assert question.buttons == [label(2, "Bela"), label(1, "Maria"), NOBODY]
    assert (maria.texts, bela.texts) == before
    await wohnen.presses(label(1, "Maria"))

    assert maria.last.text.endswith("Gerne, ich rufe an")
    assert bela.texts == before[1]
    assert wohnen.last.text == said("answer-sent", name="Maria", reference="2026-0001")
    assert wohnen.last.reply_to == written.message
    settled = next(shown for shown in wohnen.shown if shown.message == question.message)
    assert (settled.text, settled.buttons) == (said("desk-which-chosen", reference="2026-0001", name="Maria"), [])
    assert await stage.count("desk_held") == 0


async def test_several_messages_are_held_together_and_shown(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Gerne")
    await wohnen.sends(MessageKind.VOICE)
    await wohnen.writes("Bis morgen")

    question = said("desk-which", count=3)
    assert wohnen.last.text == f"{question}\n• Gerne\n• {said('desk-which-media')}\n• Bis morgen"
    assert len([shown for shown in wohnen.received if label(1, "Maria") in shown.tokens]) == 1
    await wohnen.presses(label(1, "Maria"))

    came = [shown for shown in maria.received if shown.copy_of or shown.text.endswith(("Gerne", "Bis morgen"))]
    assert [shown.copy_of is not None for shown in came] == [False, True, False]


async def test_a_tap_sends_only_what_its_question_showed(stage: Stage) -> None:
    maria, bela, wohnen = await two_about_housing(stage)
    await wohnen.writes("Für Maria")
    earlier = wohnen.last.tokens[label(1, "Maria")]
    await wohnen.writes("Für Bela")

    await wohnen.presses_token(earlier)

    assert [text.splitlines()[-1] for text in maria.texts if "Für" in text] == ["Für Maria"]
    assert not [text for text in bela.texts if "Für" in text]
    assert await stage.count("desk_held") == 1


async def test_what_is_left_is_asked_about_by_the_question_that_showed_it(stage: Stage) -> None:
    _, bela, wohnen = await two_about_housing(stage)
    await wohnen.writes("Für Maria")
    earlier = wohnen.last.tokens[label(1, "Maria")]
    await wohnen.writes("Für Bela")
    await wohnen.presses_token(earlier)

    await wohnen.presses(label(2, "Bela"))

    assert bela.last.text.endswith("Für Bela")
    assert "Für Maria" not in "".join(bela.texts)


async def test_what_is_written_later_has_a_question_of_its_own(stage: Stage) -> None:
    maria, bela, wohnen = await two_about_housing(stage)
    await wohnen.writes("Für Maria")
    earlier = wohnen.last
    stage.clock.turn(minutes=3)
    await wohnen.writes("Für Bela")
    later = wohnen.last

    assert later.text == said("desk-which", count=1) + "\n• Für Bela"
    await wohnen.presses(label(2, "Bela"), later)
    await wohnen.presses(label(1, "Maria"), earlier)

    assert maria.last.text.endswith("Für Maria")
    assert bela.last.text.endswith("Für Bela")
    assert "Für Maria" not in "".join(bela.texts)
    settled = {shown.message: shown.text for shown in wohnen.shown}
    assert settled[earlier.message] == said("desk-which-chosen", reference="2026-0001", name="Maria")
    assert settled[later.message] == said("desk-which-chosen", reference="2026-0002", name="Bela")


async def test_a_question_about_notes_says_that_nobody_outside_sees_them(stage: Stage) -> None:
    _, _, wohnen = await two_about_housing(stage)

    await wohnen.writes("// Ruft er an?")
    assert wohnen.last.text == said("desk-which-note", count=1) + "\n• // Ruft er an?"
    question = wohnen.last
    await wohnen.presses(label(1, "Maria"))
    settled = next(shown for shown in wohnen.shown if shown.message == question.message)
    assert settled.text == said("desk-which-noted", reference="2026-0001", name="Maria")

    await wohnen.writes("// Ruft er an?")
    await wohnen.writes("Wir rufen an")
    assert wohnen.last.text == said("desk-which-mixed", count=2) + "\n• // Ruft er an?\n• Wir rufen an"


async def test_an_album_is_asked_about_once(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    for _ in range(3):
        await wohnen.sends(MessageKind.PHOTO, album="a")

    question = f"{said('desk-which', count=1)}\n• {said('desk-which-media')}"
    assert wohnen.texts.count(question) == 1
    await wohnen.presses(label(1, "Maria"))

    assert len([shown for shown in maria.received if shown.copy_of]) == 3
    assert wohnen.texts.count(said("answer-sent", name="Maria", reference="2026-0001")) == 1


async def test_an_album_with_a_note_anywhere_is_a_note(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.sends(MessageKind.PHOTO, album="a")
    await wohnen.sends(MessageKind.PHOTO, "// nur für uns", album="a")

    await wohnen.presses(label(1, "Maria"))

    assert not [shown for shown in maria.received if shown.copy_of]
    assert wohnen.texts.count(said("note-kept", reference="2026-0001")) == 1


async def test_a_note_without_a_reply_becomes_a_note_of_the_chosen_one(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_WORK_AND_HOUSING)
    wohnen, work = stage.contact("wohnen-kontakt"), stage.contact("arbeit-kontakt")
    before = maria.texts

    await wohnen.writes("// Unter uns")
    await wohnen.presses(label(1, "Maria"))

    assert work.last.text.endswith("Unter uns")
    assert wohnen.last.text == said("note-kept", reference="2026-0001")
    assert maria.texts == before


async def test_for_nobody_means_nobody(stage: Stage) -> None:
    maria, bela, wohnen = await two_about_housing(stage)
    before = maria.texts, bela.texts
    await wohnen.writes("Wo ist eigentlich der Schlüssel?")

    await wohnen.presses(NOBODY)

    assert wohnen.last.text == said("desk-which-dropped")
    assert (maria.texts, bela.texts) == before
    assert await stage.count("desk_held") == 0


async def test_a_second_tap_sends_nothing_again(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    token = wohnen.last.tokens[label(1, "Maria")]
    await wohnen.presses_token(token)

    assert await wohnen.presses_token(token) == (said("press-stale"), True)
    assert len([text for text in maria.texts if "Um drei" in text]) == 1


async def test_a_question_that_arrived_twice_is_closed_in_both_places(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    question = wohnen.last
    copy = stage.telegram.enter(
        wohnen.address.chat, question.text, kind=MessageKind.TEXT, by_bot=True, reply_to=None, topic=None
    )
    await wohnen.presses_token(question.tokens[label(1, "Maria")], copy.message)

    assert maria.last.text.endswith("Um drei")
    shown = {one.message: (one.text, one.buttons) for one in wohnen.shown}
    assert shown[question.message] == (said("desk-which-chosen", reference="2026-0001", name="Maria"), [])
    assert shown[copy.message] == (said("desk-which-twice"), [])


async def test_an_old_question_sends_nothing_written_since(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    token = wohnen.last.tokens[label(1, "Maria")]
    await wohnen.presses_token(token)
    await wohnen.writes("Um vier")

    assert await wohnen.presses_token(token) == (said("press-stale"), True)

    assert "Um vier" not in "".join(maria.texts)


async def test_what_is_no_longer_theirs_is_not_sent(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    token = wohnen.last.tokens[label(1, "Maria")]
    share = (await stage.shares((await stage.inquiries())[0]))[0]
    move = await stage.make_button(wohnen, "move", share.inquiry_id, share=share.id, field="arbeit")
    await wohnen.presses_token(move)
    before = maria.texts

    assert (await wohnen.presses_token(token))[1]

    assert maria.texts == before
    assert await stage.count("desk_held") == 1


async def test_what_was_closed_meanwhile_is_not_sent_and_the_contact_told_what_to_do(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    question = wohnen.last
    await wohnen.presses("btn-done", wohnen.card("2026-0001"))
    before = maria.texts

    assert await wohnen.presses(label(1, "Maria"), question) == (
        said("press-which-closed", reference="2026-0001"),
        True,
    )
    assert maria.texts == before
    await wohnen.presses("btn-reopen")
    await wohnen.presses(label(1, "Maria"), question)

    assert maria.last.text.endswith("Um drei")


async def test_what_was_sent_before_its_inquiry_was_closed_is_not_called_unsent(stage: Stage) -> None:
    _, _, wohnen = await two_about_housing(stage)
    await wohnen.writes("Um drei")
    token = wohnen.last.tokens[label(1, "Maria")]
    await wohnen.presses_token(token)
    await wohnen.presses("btn-done", wohnen.card("2026-0001"))

    told, _ = await wohnen.presses_token(token)

    assert told == said("press-done-already", holder="Kontakt Wohnen")


async def test_the_changed_form_is_what_is_sent(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    written = await wohnen.writes("Um drei")
    asked = wohnen.last
    await wohnen.edits(written, "Um vier")

    shown = next(shown for shown in wohnen.shown if shown.message == asked.message)
    assert shown.text == said("desk-which", count=1) + "\n• Um vier"
    assert shown.buttons == asked.buttons
    await wohnen.presses(label(1, "Maria"))

    assert maria.last.text.endswith("Um vier")


async def test_the_changed_form_is_sent_where_the_contact_once_wrote_as_a_citizen_too() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        tries_it_out = await stage.inquirer("Nora")
        wohnen = await stage.invited("wohnen-kontakt", tries_it_out.address.chat)
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        written = await wohnen.writes("Um drei")
        await wohnen.edits(written, "Um vier")

        await wohnen.presses(label(1, "Maria"))

        assert maria.last.text.endswith("Um vier")


async def test_what_was_changed_into_a_command_is_sent_to_nobody(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    written = await wohnen.writes("Um drei")
    await wohnen.edits(written, "/done")
    before = maria.texts

    await wohnen.presses(label(1, "Maria"))

    assert maria.texts == before
    assert wohnen.last.text == said("command-not-relayed")


async def test_a_refusal_takes_the_place_of_a_choice_and_is_sent_until_it_arrives(stage: Stage) -> None:
    _, _, wohnen = await two_about_housing(stage)
    written = await wohnen.writes("Gerne")
    question = wohnen.last
    await wohnen.edits(written, "//")
    send, lost = stage.telegram.send, set[int]()

    async def lose_the_first(delivery: Delivery) -> int | None:
        if delivery.draft.text == said("note-empty") and delivery.id not in lost:
            lost.add(delivery.id)
            raise SendError(SendFailure.UNKNOWN, "bad gateway")
        return await send(delivery)

    stage.telegram.send = lose_the_first  # type: ignore[method-assign]
    await wohnen.presses(label(1, "Maria"), question)
    await stage.wait(minutes=3)

    assert lost
    assert wohnen.last.text == said("note-empty")
    settled = next(shown for shown in wohnen.shown if shown.message == question.message)
    assert (settled.text, settled.buttons) == (said("desk-which-dropped"), [])


async def test_after_a_day_it_is_forgotten_and_the_contact_told(stage: Stage) -> None:
    maria, _, wohnen = await two_about_housing(stage)
    written = await wohnen.writes("Um drei")
    question, token = wohnen.last, wohnen.last.tokens[label(1, "Maria")]

    await stage.wait(hours=24)

    told = next(shown for shown in wohnen.received if shown.text == said("desk-which-expired", count=1))
    assert told.reply_to == written.message
    settled = next(shown for shown in wohnen.shown if shown.message == question.message)
    assert (settled.text, settled.buttons) == (said("desk-which-dropped"), [])
    assert await wohnen.presses_token(token) == (said("press-stale"), True)
    assert [text for text in maria.texts if "Um drei" in text] == []


async def test_each_question_that_expires_is_told_of_even_in_one_look(stage: Stage) -> None:
    _, _, wohnen = await two_about_housing(stage)
    first = await wohnen.writes("Eins")
    await wohnen.writes("Noch etwas dazu")
    stage.clock.turn(minutes=3)
    later = await wohnen.writes("Zwei")

    await stage.wait(hours=25)

    told = [(shown.text, shown.reply_to) for shown in wohnen.received if "24 Stunden" in shown.text]
    assert told == [
        (said("desk-which-expired", count=2), first.message),
        (said("desk-which-expired", count=1), later.message),
    ]


async def test_six_are_offered_and_a_way_to_the_others_named(stage: Stage) -> None:
    for number in range(7):
        person = await stage.inquirer(f"Person{number}")
        await person.writes(TO_HOUSING)
        stage.clock.turn(minutes=1)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("Gerne")

    assert len(wohnen.last.buttons) == 7
    assert wohnen.last.buttons[0] == label(7, "Person6")
    assert said("desk-which-many") in wohnen.last.text


async def test_only_ones_own_are_offered(stage: Stage) -> None:
    maria, bela = await stage.inquirer("Maria"), await stage.inquirer("Bela")
    await maria.writes(TO_HOUSING)
    await bela.writes(TO_LANGUAGE)
    wohnen = stage.contact("wohnen-kontakt")

    await wohnen.writes("Gerne")

    assert wohnen.last.buttons == [label(1, "Maria"), NOBODY]


async def test_whoever_left_the_office_sends_nothing_any_more(stage: Stage) -> None:
    former = await stage.invited("bildung-kontakt", 5001)
    maria = await stage.inquirer("Maria")
    await maria.writes("Meine Tochter soll in die Schule")
    await former.writes("Ich war das")
    token = former.last.tokens[label(1, "Maria", "Bildung")]
    await stage.invited("bildung-kontakt", 5002)
    before = maria.texts

    assert await former.presses_token(token) == (said("answer-refused"), True)

    assert maria.texts == before


# ------------------------------------------------------------ at random

MARK = "mark"
CHOICES = st.lists(st.tuples(st.sampled_from(["write", "write", "choose", "person"]), st.integers(0, 60)), max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHOICES)
def test_every_word_goes_where_a_tap_on_its_question_says_and_nowhere_else(play: list[tuple[str, int]]) -> None:
    asyncio.run(_play(play))


async def _play(play: list[tuple[str, int]]) -> None:
    """Let a contact write and tap, also old questions again, while people go on writing."""
    async with raise_stage() as stage:
        people = {name: await stage.inquirer(name) for name in ("Maria", "Bela", "Chen")}
        for person in people.values():
            await person.writes(TO_HOUSING)
        wohnen = stage.contact("wohnen-kontakt")
        # Each question by its buttons, with how much had been written by then.
        questions: list[tuple[dict[str, str], int]] = []
        written, waiting = 0, set[int]()
        meant: dict[str, set[str]] = {name: set() for name in people}
        for act, number in play:
            if act == "write":
                await wohnen.writes(f"mark{written}x")
                waiting.add(written)
                written += 1
                questions.append((wohnen.last.tokens, written))
            elif act == "person":
                await list(people.values())[number % 3].writes("Noch etwas")
            elif questions:
                tokens, until = questions[number % len(questions)]
                label = list(tokens)[number // 7 % len(tokens)]
                await wohnen.presses_token(tokens[label])
                sent = {one for one in waiting if one < until}
                waiting -= sent
                for name in people:
                    if name in label:
                        meant[name] |= {f"mark{one}x" for one in sent}
        for name, person in people.items():
            got = [text.splitlines()[-1] for text in person.texts if MARK in text]
            assert sorted(got) == sorted(meant[name])
