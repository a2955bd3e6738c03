"""When ten times as much comes as usual: every card arrives, the phone does not ring for each, and one line sums up."""

from __future__ import annotations

from bot.model import MessageKind
from tests.support.clock import berlin
from tests.support.fake_telegram import Shown
from tests.support.rulebook import (
    DANGER,
    HEAD,
    HOUSING,
    TO_EDUCATION,
    TO_HOUSING,
    TO_LANGUAGE,
    TO_WORK_AND_HOUSING,
    WORK,
    make_book,
)
from tests.support.stage import Stage, raise_stage, said

LIMITS = {"rings": 3, "rings_within": "10 minutes", "follow_up": "1 minute"}


def cards(stage: Stage, chat: int = HOUSING) -> list[Shown]:
    return [shown for shown in stage.at(chat).received if "Von: " in shown.text]


async def many_write(stage: Stage, count: int, text: str = TO_HOUSING) -> None:
    for number in range(count):
        await (await stage.inquirer(f"Person{number}")).writes(text)


async def test_in_a_surge_every_card_arrives_in_order_and_the_later_ones_without_a_sound() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 10)

        shown = cards(stage)
        assert [f"Person{number}" in card.text for number, card in enumerate(shown)] == [True] * 10
        assert [card.quiet for card in shown] == [False] * 3 + [True] * 7


async def test_one_line_sums_up_what_came_without_a_sound_and_rings() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 10)
        await stage.wait(minutes=10)

        last = stage.contact("wohnen-kontakt").last
        assert last.text == said("surge", count=7)
        assert not last.quiet
        await stage.wait(minutes=30)
        assert stage.contact("wohnen-kontakt").texts.count(last.text) == 1


async def test_what_colleagues_wrote_is_not_summed_up_for_it_always_comes_without_a_sound() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 4)
        wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
        await head.writes("/anfrage 2026-0001")
        await head.replies("Wir melden uns", to=head.card("2026-0001"))
        assert "Wir melden uns" in wohnen.last.text

        await stage.wait(minutes=10)

        assert wohnen.last.text == said("surge", count=1)


GROUP = -1_000_000_000_777
TOPICS = {
    "bildung-kontakt": {"telegram": {"chat": GROUP, "topic": 1}},
    "wohnen-kontakt": {"telegram": {"chat": GROUP, "topic": 2}},
}


async def test_in_a_group_each_topics_line_counts_what_came_there() -> None:
    async with raise_stage(make_book({"limits": LIMITS, "contacts": TOPICS})) as stage:
        await many_write(stage, 3)
        await many_write(stage, 4, TO_EDUCATION)
        await many_write(stage, 2)
        await stage.wait(minutes=10)

        lines = [(shown.topic, shown.text) for shown in stage.at(GROUP).received if "🔕" in shown.text]
        assert lines == [(1, said("surge", count=4)), (2, said("surge", count=2))]


async def test_who_is_two_contacts_in_one_chat_reads_one_line() -> None:
    book = make_book({"limits": LIMITS, "contacts": {"sprache-kontakt": {"telegram": None}}})
    async with raise_stage(book) as stage:
        chat = (await stage.invited("sprache-kontakt", 7777)).address.chat
        await stage.invited("bildung-kontakt", chat)
        await many_write(stage, 4, TO_LANGUAGE)
        await many_write(stage, 2, TO_EDUCATION)
        await stage.wait(minutes=10)

        assert [text for text in stage.at(chat).texts if "🔕" in text] == [said("surge", count=3)]


async def test_what_rang_with_its_first_part_did_not_come_without_a_sound() -> None:
    async with raise_stage(make_book({"limits": LIMITS | {"rings": 1}})) as stage:
        await many_write(stage, 1)
        stage.clock.turn(minutes=9)
        await many_write(stage, 1)
        stage.clock.turn(minutes=2)
        await many_write(stage, 1, TO_HOUSING + ". " + "Sie ist schön. " * 270)
        await stage.wait(minutes=8)

        assert stage.contact("wohnen-kontakt").last.text == said("surge", count=1)


async def test_when_it_is_over_the_phone_rings_again_and_nothing_is_summed_up() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 5)
        await stage.wait(minutes=10)
        before = len(stage.contact("wohnen-kontakt").received)

        await (await stage.inquirer("Spät")).writes(TO_HOUSING)
        await stage.wait(minutes=20)

        assert not cards(stage)[-1].quiet
        assert len(stage.contact("wohnen-kontakt").received) == before + 1


async def test_the_promise_stays_as_it_is() -> None:
    """Whoever writes in a surge gets the same receipt, with the same deadline."""
    receipts = []
    for surge in (False, True):
        async with raise_stage(make_book({"limits": LIMITS})) as stage:
            await many_write(stage, 5 if surge else 0)
            maria = await stage.inquirer()
            await maria.writes(TO_HOUSING)
            [share] = await stage.shares()
            receipts.append((share.due_at, [text.split("\n")[1:] for text in maria.texts[-1:]]))

    assert receipts[0] == receipts[1]


async def test_danger_always_rings() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 6, DANGER)

        assert [card.quiet for card in cards(stage, HEAD)] == [False] * 6


async def test_one_contacts_surge_leaves_another_phone_ringing() -> None:
    async with raise_stage(make_book({"limits": LIMITS})) as stage:
        await many_write(stage, 6)
        await (await stage.inquirer()).writes(TO_WORK_AND_HOUSING)

        assert cards(stage)[-1].quiet
        assert not cards(stage, WORK[0])[-1].quiet


async def test_what_is_added_within_moments_does_not_ring_again(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    for text in ("Mit Balkon", "Und Keller", "Ab Mai"):
        await maria.writes(text)
    stage.clock.turn(minutes=2)
    await maria.writes("Und Garage")
    await maria.writes("Und Garten")

    relayed = [shown for shown in stage.contact("wohnen-kontakt").received if "schreibt" in shown.heading]
    assert [shown.quiet for shown in relayed] == [True, True, True, False, True]
    assert [shown.text.split("\n")[-1] for shown in relayed][:2] == ["Mit Balkon", "Und Keller"]


async def test_it_rings_in_each_topic_that_has_it() -> None:
    contacts = {**TOPICS, "sprache-kontakt": {"telegram": {"chat": GROUP, "topic": 3}}}
    async with raise_stage(make_book({"contacts": contacts})) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await stage.live_until(berlin("2026-03-06 08:30"))
        since = "Donnerstag, 5. März, 09:00 Uhr"
        joined = said("reminder-joined-too", reference="2026-0001", contact="Kontakt Sprache", since=since)
        assert [one.quiet for one in stage.at(GROUP).received if one.text == joined] == [False]

        stage.clock.turn(minutes=5)
        await maria.replies("Mit Balkon")
        await maria.replies("Und Keller")

        for topic in (2, 3):
            rang = [one.quiet for one in stage.at(GROUP).received if one.topic == topic and "schreibt" in one.heading]
            assert rang == [False, True], topic


async def test_a_message_changed_over_and_over_rings_once_a_minute(stage: Stage) -> None:
    maria = await stage.inquirer()
    written = await maria.writes(TO_HOUSING)
    for number in range(4):
        await maria.edits(written, f"{TO_HOUSING}, Fassung {number}")
        stage.clock.turn(seconds=25)

    changed = [shown for shown in stage.contact("wohnen-kontakt").received if "Fassung" in shown.text]
    assert [shown.quiet for shown in changed if shown.reply_to] == [True, True, True, False]


async def test_a_long_message_and_an_album_ring_once(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING + ". " + "Sie ist schön. " * 270)
    stage.clock.turn(minutes=5)
    for _ in range(3):
        await maria.sends(MessageKind.PHOTO, album="a1")

    received = stage.contact("wohnen-kontakt").received
    assert len(received) == 5
    assert [shown.quiet for shown in received] == [False, True, False, True, True]
