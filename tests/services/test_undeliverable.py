"""When a contact cannot be reached: somebody stands in, and everybody's words arrive somewhere."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.errors import SendError, SendFailure
from bot.model import Address, AssignmentState, ButtonPress, Delivery, DeliveryKind, MessageKind
from bot.services.undeliverable import on_topic_closed
from bot.store import contacts, outbox
from tests.support.builders import make_message
from tests.support.fake_telegram import plain
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, TO_HOUSING, TO_LANGUAGE, TO_WORK, WORK, make_book
from tests.support.stage import Someone, Stage, raise_stage, said, said_closed

REF = "2026-0001"
GONE = SendFailure.UNREACHABLE


async def test_the_deputy_gets_the_card_of_a_contact_who_blocked_the_bot(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = GONE
    maria = await stage.inquirer("Maria")

    await maria.writes(TO_HOUSING)

    card = stage.contact("sprache-kontakt").card(REF)
    assert TO_HOUSING in card.text
    assert said("card-deputy", contact="Kontakt Wohnen") in card.text
    handed = next(entry for entry in await stage.journal() if entry.event == "inquiry.handed_over")
    assert handed.data == {"contact": "wohnen-kontakt", "to": "sprache-kontakt"}
    assert len(await stage.parked()) == 1


async def test_the_deputy_answers_takes_and_closes_in_the_contacts_place(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = GONE
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    deputy = stage.contact("sprache-kontakt")

    await deputy.presses("btn-take")
    await deputy.replies("Ich vertrete", to=deputy.card(REF))
    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert maria.last.text == said("answer", contact=stands_in, reference=REF) + "\n\nIch vertrete"
    await deputy.presses("btn-done")

    assert maria.last.text == said_closed(REF)


async def test_who_falls_away_later_is_followed_by_the_deputy_with_all_that_was_written(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.writes("Sie hat einen Balkon")
    stage.telegram.closed[HOUSING] = GONE

    await maria.writes("Und einen Keller")

    deputy = stage.contact("sprache-kontakt")
    assert TO_HOUSING in deputy.card(REF).text
    assert [text for text in deputy.texts if "Balkon" in text or "Keller" in text] == [
        said("relayed", reference=REF, name="Maria") + "\n\n" + text
        for text in ("Sie hat einen Balkon", "Und einen Keller")
    ]
    await maria.writes("Und eine Terrasse")
    assert "Und eine Terrasse" in deputy.last.text


async def write_at_once(
    stage: Stage, person: Someone, *words: str, last: MessageKind = MessageKind.TEXT, deliver: bool = True
) -> None:
    """Let somebody write faster than anything is sent; the last of it may be a medium with these words."""
    for number, text in enumerate(words, start=1):
        shown = stage.telegram.enter(person.address.chat, text, by_bot=False)
        message = make_message(
            text,
            kind=last if number == len(words) else MessageKind.TEXT,
            address=person.address,
            message=shown.message,
            sender=person.sender,
            sent_at=stage.clock.now(),
        )
        async with stage.database.transaction() as tx:
            await stage.dialogue.handle(tx, message)
    if deliver:
        await stage.wait()


def hold_up(stage: Stage, monkeypatch: pytest.MonkeyPatch, chat: int, word: str) -> asyncio.Event:
    """Let what says a word in a chat be under way until the event returned is set."""
    send, arrives = stage.telegram.send, asyncio.Event()

    async def slowly(delivery: Delivery) -> int | None:
        if delivery.address.chat == chat and word in (delivery.draft.text or ""):
            await arrives.wait()
        return await send(delivery)

    monkeypatch.setattr(stage.telegram, "send", slowly)
    return arrives


async def rounds(stage: Stage, count: int) -> None:
    """Let the sender go on, without waiting for what is held up."""
    for _ in range(count):
        await stage.sender.round()
        for _ in range(10):
            await asyncio.sleep(0)


async def test_what_the_deputy_gets_in_the_place_of_a_contact_is_confirmed_like_any_other(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE

    await write_at_once(stage, maria, "Sie hat einen Balkon", "Und einen Keller")

    deputy = stage.contact("sprache-kontakt")
    assert "Und einen Keller" in deputy.last.text
    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert maria.texts[-2] == said("not-passed-on", contact="Kontakt Wohnen", reference=REF)
    assert maria.last.text.splitlines() == [
        said("passed-on", contact=stands_in, reference=REF),
        said("receipt-due", due="Montag, 9. März, 12:30 Uhr"),
    ]


async def test_should_the_deputy_not_get_a_medium_either_its_writer_is_told_as_of_any_medium(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE

    await write_at_once(stage, maria, "Sie hat einen Balkon", "Der Keller", last=MessageKind.PHOTO)

    async with stage.database.reading() as tx:
        sent = await outbox.list_of_inquiry(tx, (await stage.inquiry()).id)
    [otherwise] = [
        one.draft.otherwise for one in sent if one.address.chat == LANGUAGE and one.draft.otherwise is not None
    ]
    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert plain(otherwise.text or "") == said("not-passed-on-medium", contact=stands_in, reference=REF)


async def test_what_nobody_in_the_whole_line_gets_is_not_confirmed(stage: Stage) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    stage.telegram.closed |= {HOUSING: GONE, LANGUAGE: GONE, HEAD: GONE}

    await write_at_once(stage, maria, "Sie hat einen Balkon", "Und einen Keller")

    assert not any(text.startswith("✓") for text in maria.texts)


@pytest.mark.parametrize("first", [GONE, SendFailure.NOT_SENT], ids=["still to be sent", "sent meanwhile"])
async def test_where_the_deputy_follows_along_already_what_they_got_is_confirmed(
    stage: Stage, first: SendFailure
) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.live_until(stage.clock.now() + timedelta(days=1))
    assert len([text for text in stage.contact("sprache-kontakt").texts if "Von: " in text]) == 1
    stage.telegram.closed[HOUSING] = first

    await write_at_once(stage, maria, "Sie hat einen Balkon", "Und einen Keller")
    stage.telegram.closed[HOUSING] = GONE
    await stage.wait(minutes=2)

    deputy = stage.contact("sprache-kontakt")
    assert len([text for text in deputy.texts if "Keller" in text]) == 1
    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert [text for text in maria.texts if text.startswith(said("passed-on", contact=stands_in, reference=REF))] == [
        maria.last.text
    ]


async def test_where_the_deputys_copy_is_just_being_sent_it_is_confirmed_when_it_was(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.live_until(stage.clock.now() + timedelta(days=1))
    arrives = hold_up(stage, monkeypatch, LANGUAGE, "Keller")
    stage.telegram.closed[HOUSING] = SendFailure.NOT_SENT

    await write_at_once(stage, maria, "Sie hat einen Balkon", "Und einen Keller", deliver=False)
    await rounds(stage, 3)
    stage.telegram.closed[HOUSING] = GONE
    stage.clock.turn(minutes=2)
    await rounds(stage, 3)
    assert (await stage.shares())[0].seat == "sprache-kontakt"
    assert not any(text.startswith("✓") for text in maria.texts)
    arrives.set()
    await stage.wait()

    deputy = stage.contact("sprache-kontakt")
    assert len([text for text in deputy.texts if "Keller" in text]) == 1
    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert maria.last.text.startswith(said("passed-on", contact=stands_in, reference=REF))


async def test_where_the_deputys_copy_of_a_medium_was_refused_its_writer_learns_that_nobody_has_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await stage.live_until(stage.clock.now() + timedelta(days=1))
    send = stage.telegram.send

    async def refusing(delivery: Delivery) -> int | None:
        if delivery.address.chat == LANGUAGE and delivery.draft.kind is DeliveryKind.COPY:
            raise SendError(SendFailure.REFUSED, "no photos here")
        return await send(delivery)

    monkeypatch.setattr(stage.telegram, "send", refusing)
    stage.telegram.closed[HOUSING] = SendFailure.NOT_SENT
    await write_at_once(stage, maria, "Sie hat einen Balkon", "Der Keller", last=MessageKind.PHOTO)
    stage.telegram.closed[HOUSING] = GONE
    await stage.wait(minutes=2)

    stands_in = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
    assert maria.last.text == said("not-passed-on-medium", contact=stands_in, reference=REF)


async def test_several_failures_hand_it_over_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[HOUSING] = GONE

    await maria.writes("Eins")
    await maria.writes("Zwei")

    deputy = stage.contact("sprache-kontakt")
    assert len([text for text in deputy.texts if text.startswith(REF) and "Von: " in text]) == 1
    assert (await stage.events()).count("inquiry.handed_over") == 1


async def test_down_the_whole_line_of_deputies_to_the_head(stage: Stage) -> None:
    stage.telegram.closed |= {WORK[0]: GONE, HOUSING: GONE, LANGUAGE: GONE}
    maria = await stage.inquirer()

    await maria.writes(TO_WORK)

    assert said("card-deputy", contact="Kontakt Arbeit") in stage.contact("leitung").card(REF).text
    assert (await stage.events()).count("inquiry.handed_over") == 3


async def test_when_nobody_is_left_it_waits_for_whoever_joins() -> None:
    book = make_book(
        {"contacts": {"bildung-kontakt": {"telegram": None}}, "fields": {"wohnen": {"contact": "bildung-kontakt"}}}
    )
    async with raise_stage(book) as stage:
        stage.telegram.closed[HEAD] = GONE
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)
        await maria.writes("Sie hat einen Balkon")
        assert await stage.count("outbox") < 20

        joined = await stage.invited("bildung-kontakt", 5001)

        assert TO_HOUSING in joined.card(REF).text
        assert "Sie hat einen Balkon" in joined.last.text


async def test_with_everybody_gone_nothing_goes_round_in_circles(stage: Stage) -> None:
    stage.telegram.closed |= {HOUSING: GONE, LANGUAGE: GONE, HEAD: GONE}
    maria = await stage.inquirer()

    await maria.writes(TO_HOUSING)

    assert len([one for one in await stage.parked() if one.draft.assignment_id is not None]) == 3
    assert [share.state for share in await stage.shares()] == [AssignmentState.ASSIGNED]


async def test_two_topics_of_a_dead_group_do_not_pass_it_to_each_other() -> None:
    topics = {
        "wohnen-kontakt": {"telegram": {"chat": WORK[0], "topic": 3}, "deputy": "arbeit-kontakt"},
        "arbeit-kontakt": {"deputy": "leitung"},
    }
    async with raise_stage(make_book({"contacts": topics})) as stage:
        stage.telegram.closed[WORK[0]] = GONE
        maria = await stage.inquirer()

        await maria.writes(TO_HOUSING)

        assert TO_HOUSING in stage.contact("leitung").card(REF).text
        assert len(await stage.parked()) == 1


async def test_who_stands_in_gets_what_the_person_changes_too(stage: Stage) -> None:
    stage.telegram.closed[HOUSING] = GONE
    maria = await stage.inquirer()
    own = await maria.writes(TO_HOUSING)

    await maria.edits(own, "Unsere Wohnung steht ab Mai leer")

    deputy = stage.contact("sprache-kontakt")
    assert "ab Mai" in deputy.last.text
    assert deputy.last.reply_to == deputy.received[0].message


async def test_a_refused_message_does_not_take_the_inquiry_away(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "not acceptable")]

    await maria.writes("Sie hat einen Balkon")

    assert stage.contact("sprache-kontakt").texts == []
    assert "inquiry.handed_over" not in await stage.events()


async def test_a_kind_of_message_a_chat_does_not_take_never_takes_the_inquiry_away(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    stage.telegram.script = [SendError(SendFailure.REFUSED, "no voice messages here")]
    await maria.sends(MessageKind.VOICE)
    assert maria.last.text == said("not-passed-on-medium", reference=REF, contact="Kontakt Wohnen")

    # Whenever somebody goes away, all open shares are looked at.
    await stage.contact("arbeit-kontakt").writes("/abwesend bis 13.3.")

    assert [share.seat for share in await stage.shares()] == ["wohnen-kontakt"]
    assert stage.contact("sprache-kontakt").texts == []


async def test_what_was_closed_before_the_failure_is_not_handed_over(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    done = ButtonPress(wohnen.address, 1, wohnen.sender, wohnen.card(REF).tokens[said("btn-done")], "query")
    stage.telegram.closed[HOUSING] = GONE

    await stage.handle(done)

    assert (await stage.shares())[0].state is AssignmentState.CLOSED
    assert len(await stage.parked()) == 1
    assert stage.contact("sprache-kontakt").texts == []


async def test_a_person_who_blocked_the_bot_keeps_the_inquiry_with_its_contact(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    stage.telegram.closed[maria.address.chat] = GONE

    await stage.contact("wohnen-kontakt").presses("btn-take")

    assert (await stage.shares())[0].state is AssignmentState.TAKEN
    assert "inquiry.handed_over" not in await stage.events()


# ------------------------------------------------------------ groups that move, topics that go


async def test_a_group_that_became_a_supergroup_is_followed(stage: Stage) -> None:
    new = LANGUAGE - 1
    maria = await stage.inquirer()
    stage.telegram.script = [SendError(SendFailure.MIGRATED, "moved", new_chat_id=new)]

    await maria.writes(TO_LANGUAGE)

    await stage.wait(minutes=1)
    assert [TO_LANGUAGE in text for text in stage.at(new).texts] == [True]
    assert "contact.migrated" in await stage.events()


async def test_a_contact_works_on_in_the_supergroup_though_the_rules_name_the_old_group(stage: Stage) -> None:
    new = LANGUAGE - 1
    maria = await stage.inquirer()
    stage.telegram.script = [SendError(SendFailure.MIGRATED, "moved", new_chat_id=new)]
    await maria.writes(TO_LANGUAGE)
    group = stage.at(new, user=4001)

    assert await group.presses("btn-take") == (said("press-taken"), False)
    await group.replies("Ab Mai", to=group.card(REF))
    assert "Ab Mai" in maria.last.text

    stage.telegram.closed[LANGUAGE] = GONE
    await maria.writes("Danke, der Deutschkurs passt")
    assert "Danke, der Deutschkurs passt" in group.last.text
    assert await stage.parked() == []


async def test_a_joined_group_is_reached_at_its_new_number_from_then_on() -> None:
    async with raise_stage(make_book({"contacts": {"sprache-kontakt": {"telegram": None}}})) as stage:
        await stage.invited("sprache-kontakt", -5001)
        maria = await stage.inquirer()
        stage.telegram.script = [SendError(SendFailure.MIGRATED, "moved", new_chat_id=-6001)]
        await maria.writes(TO_LANGUAGE)

        group = stage.at(-6001)
        await group.replies("Ab Mai", to=group.card(REF))

        assert "Ab Mai" in maria.last.text
        assert (await stage.joined())["sprache-kontakt"].chat == -6001


async def test_a_deleted_topic_falls_back_to_the_group(stage: Stage) -> None:
    maria = await stage.inquirer()
    stage.telegram.script = [SendError(SendFailure.TOPIC_GONE, "the topic is gone")]

    await maria.writes(TO_WORK)

    card = stage.at(WORK[0]).card(REF)
    assert (TO_WORK in card.text, card.topic) == (True, None)
    assert "contact.topic_gone" in await stage.events()


async def test_that_a_topic_is_closed_is_told_even_if_recording_it_has_to_be_tried_again() -> None:
    async with raise_stage(make_book(IN_TOPIC)) as stage:
        chat, topic = WORK
        async with stage.database.transaction() as tx:
            await contacts.set_joined(tx, stage.clock.now(), "arbeit-kontakt", Address("telegram", chat, topic))
        maria, head = await stage.inquirer(), stage.contact("leitung")
        await maria.writes(TO_WORK)
        async with stage.database.reading() as tx:
            card = await outbox.get(tx, (await stage.shares())[0].card or 0)
        with suppress(ZeroDivisionError):
            async with stage.database.transaction() as tx:
                await on_topic_closed(stage.dialogue, tx, card)
                raise ZeroDivisionError
        stage.clock.turn(seconds=1)

        async with stage.database.transaction() as tx:
            await on_topic_closed(stage.dialogue, tx, card)
        await stage.wait(seconds=1)

        assert head.texts.count(said("admin-topic-closed", contact="Kontakt Arbeit")) == 1


async def test_a_closed_topic_is_kept_and_tried_again() -> None:
    async with raise_stage(make_book(IN_TOPIC)) as stage:
        chat, topic = WORK
        async with stage.database.transaction() as tx:
            await contacts.set_joined(tx, stage.clock.now(), "arbeit-kontakt", Address("telegram", chat, topic))
        maria, group, head = await stage.inquirer(), stage.at(chat), stage.contact("leitung")
        await maria.writes(TO_WORK)
        for words in ("Ab Januar wäre gut", "Oder ab Februar"):
            stage.clock.turn(hours=1)
            stage.telegram.script = [SendError(SendFailure.TOPIC_CLOSED, "the topic is closed")]
            await maria.writes(words)
            assert (words in group.last.text, group.last.topic) == (True, None)

        await maria.writes("Und noch etwas")

        assert ("Und noch etwas" in group.last.text, group.last.topic) == (True, topic)
        assert head.texts.count(said("admin-topic-closed", contact="Kontakt Arbeit")) == 1
        assert (await stage.joined())["arbeit-kontakt"].topic == topic
        assert len([text for text in group.texts if TO_WORK in text]) == 1


IN_TOPIC = {"contacts": {"arbeit-kontakt": {"telegram": None}}}


@pytest.mark.parametrize("way", ["joined", "named in the rules"])
async def test_cards_deleted_with_their_topic_come_again_in_the_group(way: str) -> None:
    async with raise_stage(make_book(IN_TOPIC) if way == "joined" else make_book()) as stage:
        chat, topic = WORK
        if way == "joined":
            async with stage.database.transaction() as tx:
                await contacts.set_joined(tx, stage.clock.now(), "arbeit-kontakt", Address("telegram", chat, topic))
        maria, group, head = await stage.inquirer(), stage.at(chat), stage.contact("leitung")
        await maria.writes(TO_WORK)
        assert stage.at(chat, topic).card(REF).topic == topic
        before = len(group.received)
        stage.telegram.script = [SendError(SendFailure.TOPIC_GONE, "the topic is gone")]

        await maria.writes("Ab Januar wäre gut")

        anew = group.received[before:]
        assert [TO_WORK in anew[0].text, "Ab Januar wäre gut" in anew[1].text] == [True, True]
        assert sum("Ab Januar wäre gut" in shown.text for shown in anew) == 1
        assert anew[0].buttons
        assert head.texts.count(said("admin-topic-gone", contact="Kontakt Arbeit", count=1)) == 1
        assert (await stage.shares())[0].card is not None
        await maria.writes("Und noch etwas")
        assert "Und noch etwas" in group.last.text
        assert len([text for text in group.texts if TO_WORK in text]) == 2


async def test_of_several_cards_deleted_with_their_topic_none_comes_after_its_words() -> None:
    async with raise_stage() as stage:
        chat, _ = WORK
        people = [await stage.inquirer(name) for name in ("Anna", "Bela")]
        for person in people:
            await person.writes(TO_WORK)
        group = stage.at(chat)
        before = len(group.received)
        stage.telegram.closed[chat] = SendFailure.NOT_SENT
        for person in people:
            await person.writes("Ab Januar wäre gut")
        stage.telegram.closed.clear()
        stage.telegram.script = [SendError(SendFailure.TOPIC_GONE, "the topic is gone")]

        await stage.wait(minutes=5)

        for reference in ("2026-0001", "2026-0002"):
            anew = [shown.text for shown in group.received[before:] if reference in shown.text]
            assert [TO_WORK in anew[0], "Ab Januar wäre gut" in anew[1], len(anew)] == [True, True, 2]
        for person in people:
            assert sum("Weitergegeben" in text for text in person.texts) == 1
