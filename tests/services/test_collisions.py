"""Two people pressing at once: the first wins, the second is told by whom, and nothing is done twice."""

from dataclasses import replace

import pytest

from bot.model import AssignmentState, Sender
from tests.support.fake_telegram import Shown, plain
from tests.support.rulebook import TO_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
GROUP = -1000000000009
ASSIGNED, TAKEN, ANSWERED, CLOSED, MOVED, WITHDRAWN = AssignmentState
TOPIC = {"contacts": {"wohnen-kontakt": {"telegram": {"chat": GROUP, "topic": 5}}}}
JANA, OMAR = "Kontakt Wohnen (Jana)", "Kontakt Wohnen (Omar)"


def in_group(stage: Stage, name: str, number: int) -> Someone:
    """Return a colleague in the group's topic for housing."""
    return replace(stage.at(GROUP, 5), sender=Sender(number, name, "de"))


def to_field(name: str) -> list[str]:
    return ["btn-hand", name]


def by_name(name: str) -> list[str]:
    return ["btn-hand", "btn-colleagues", name]


# What Jana does, what Omar does with the card as it was before, and what he is told; how the share stands then.
COLLISIONS = [
    ("take, take", ["btn-take"], ["btn-take"], said("press-taken-already", holder=JANA), TAKEN),
    ("take, done", ["btn-take"], ["btn-done"], said("press-taken-already", holder=JANA), TAKEN),
    ("take, move", ["btn-take"], to_field("Arbeit"), said("press-taken-already", holder=JANA), TAKEN),
    ("take, hand", ["btn-take"], by_name("Leitung"), said("press-taken-already", holder=JANA), TAKEN),
    ("take, snippet", ["btn-take"], ["btn-snippets", "Danke"], said("press-taken-already", holder=JANA), TAKEN),
    ("done, take", ["btn-done"], ["btn-take"], said("press-done-already", holder=JANA), CLOSED),
    ("done, done", ["btn-done"], ["btn-done"], said("press-done-already", holder=JANA), CLOSED),
    ("done, move", ["btn-done"], to_field("Arbeit"), said("press-done-already", holder=JANA), CLOSED),
    (
        "move, take",
        to_field("Arbeit"),
        ["btn-take"],
        said("press-moved-already", holder=JANA, contact="Kontakt Arbeit"),
        MOVED,
    ),
    (
        "move, move",
        to_field("Arbeit"),
        to_field("Sprache"),
        said("press-moved-already", holder=JANA, contact="Kontakt Arbeit"),
        MOVED,
    ),
    (
        "hand, take",
        by_name("Leitung"),
        ["btn-take"],
        said("press-moved-already", holder="Kontakt Wohnen", contact="Leitung"),
        ASSIGNED,
    ),
    (
        "hand, hand",
        by_name("Leitung"),
        by_name("Kontakt Arbeit"),
        said("press-moved-already", holder="Kontakt Wohnen", contact="Leitung"),
        ASSIGNED,
    ),
]


@pytest.mark.parametrize(("label", "first", "second", "told", "state"), COLLISIONS, ids=[row[0] for row in COLLISIONS])
async def test_in_a_topic_the_second_is_told_who_was_first(
    label: str, first: list[str], second: list[str], told: str, state: AssignmentState
) -> None:
    async with raise_stage(make_book(TOPIC)) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        jana, omar = in_group(stage, "Jana", 4001), in_group(stage, "Omar", 4002)
        await jana.writes("/vorlage Danke\nVielen Dank!")
        seen = await walk_to(omar, second)
        for press in first:
            await jana.presses(press)
        before = await stage.shares()

        assert await press_as_seen(omar, seen, second[-1]) == (told, True)

        assert await stage.shares() == before
        assert before[0].state is state


async def walk_to(someone: Someone, labels: list[str]) -> Shown:
    """Open menus as far as the last press, remember the card as it looks then, and close them."""
    for label in labels[:-1]:
        await someone.presses(label)
    seen = someone.card(REF)
    if labels[:-1]:
        await someone.presses("btn-back")
    return seen


async def press_as_seen(someone: Someone, seen: Shown, label: str) -> tuple[str | None, bool]:
    """Press a button of a card as it looked a moment ago."""
    return await someone.presses_token(seen.tokens[said(label) if label.startswith("btn-") else label], seen.message)


async def test_whoever_releases_second_is_told_who_was_first() -> None:
    async with raise_stage(make_book(TOPIC)) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        jana, omar = in_group(stage, "Jana", 4001), in_group(stage, "Omar", 4002)
        await jana.presses("btn-take")
        seen = await walk_to(omar, ["btn-more", "btn-release"])
        await jana.presses("btn-more")
        await jana.presses("btn-release")

        told = said("press-released-already", holder="Kontakt Wohnen")
        assert await press_as_seen(omar, seen, "btn-release") == (told, True)


async def test_whoever_sees_that_a_colleague_has_it_may_still_finish_it() -> None:
    """People share their work; what must not happen is that nobody knows of it."""
    async with raise_stage(make_book(TOPIC)) as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        jana, omar = in_group(stage, "Jana", 4001), in_group(stage, "Omar", 4002)
        await jana.presses("btn-take")

        assert await omar.presses("btn-done") == (said("press-done"), False)

        [share] = await stage.shares()
        assert (share.state, plain(share.holder or "")) == (CLOSED, OMAR)


async def test_whoever_has_a_copy_in_another_chat_is_told_who_was_first(stage: Stage) -> None:
    await (await stage.inquirer()).writes(TO_HOUSING)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await head.writes(f"/anfrage {REF}", command="anfrage", argument=REF)
    seen = head.card(REF)
    await wohnen.presses("btn-take")
    assert said("card-state-by", state=said("state-taken"), holder="Kontakt Wohnen") in head.card(REF).text
    stage.telegram.chats[seen.chat][seen.message] = seen  # the change has not arrived yet

    assert await press_as_seen(head, seen, "btn-done") == (said("press-taken-already", holder="Kontakt Wohnen"), True)

    assert said("btn-take") not in head.card(REF).buttons, "the copy is put right"
    assert [share.state for share in await stage.shares()] == [TAKEN]


async def test_a_menu_opens_where_it_was_asked_for_and_ends_everywhere_with_a_change(stage: Stage) -> None:
    await (await stage.inquirer()).writes(TO_HOUSING)
    wohnen, head = stage.contact("wohnen-kontakt"), stage.contact("leitung")
    await head.writes(f"/anfrage {REF}", command="anfrage", argument=REF)

    await head.presses("btn-hand")
    assert "Arbeit" in head.card(REF).buttons
    assert "Arbeit" not in wohnen.card(REF).buttons
    await wohnen.presses("btn-take")

    assert (
        head.card(REF).buttons
        == wohnen.card(REF).buttons
        == [said(key) for key in ("btn-done", "btn-hand", "btn-more")]
    )


async def test_after_the_person_chose_another_topic_the_contact_is_told_so(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING)
    wohnen = stage.contact("wohnen-kontakt")
    seen = wohnen.card(REF)
    await maria.presses("btn-other-topic")
    await maria.presses("Arbeit")

    told = said("press-moved-by-person", contact="Kontakt Arbeit")
    assert await press_as_seen(wohnen, seen, "btn-take") == (told, True)
