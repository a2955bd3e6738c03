"""Joining by invitation: once, within a day, and the place moves with whoever joins."""

from pathlib import Path

import pytest

from bot.errors import SendFailure
from bot.model import Joined
from bot.services.case import get_case
from bot.services.people.directory import Reach
from bot.services.people.invitations import TOKEN_BYTES, add_invitation
from bot.services.shares import assigning
from tests.support.rulebook import HOUSING, TO_EDUCATION, TO_HOUSING, TO_WORK, make_book, write_rules
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
JOINED = said("joined", contact="Kontakt Bildung")
BAD = said("invitation-bad")
FREE = {"contacts": {"wohnen-kontakt": {"telegram": None}}}


async def token_for(stage: Stage, contact: str = "bildung-kontakt") -> str:
    async with stage.database.transaction() as tx:
        return await add_invitation(tx, stage.clock.now(), contact)


@pytest.mark.parametrize("chat", [5001, -5001], ids=["a private chat", "a group"])
async def test_opening_the_link_makes_the_chat_the_contacts(stage: Stage, chat: int) -> None:
    newcomer = await stage.invited("bildung-kontakt", chat)

    assert newcomer.texts == [JOINED]
    assert "contact.joined" in await stage.events()
    maria = await stage.inquirer()
    await maria.writes(TO_EDUCATION)
    await newcomer.replies("Willkommen", to=newcomer.card(REF))
    assert "Willkommen" in maria.last.text


@pytest.mark.parametrize("key", ["wohnen-kontakt", "arbeit-kontakt"], ids=["a chat", "a group's topic"])
async def test_who_joins_where_the_rules_name_another_place_is_told_that_these_win(stage: Stage, key: str) -> None:
    newcomer = await stage.invited(key, 5001)
    name = stage.book.contact_name(key)

    assert newcomer.texts == [said("joined-elsewhere", contact=name)]
    assert stage.contact("leitung").texts == [said("admin-joined-elsewhere", contact=name, key=key)]
    maria = await stage.inquirer()
    await maria.writes(TO_HOUSING if key == "wohnen-kontakt" else TO_WORK)
    assert stage.contact(key).card(REF)
    assert len(newcomer.texts) == 1


async def test_who_joins_just_where_the_rules_say_is_welcome(stage: Stage) -> None:
    newcomer = await stage.invited("wohnen-kontakt", HOUSING)

    assert newcomer.texts[0] == said("joined", contact="Kontakt Wohnen")


async def test_once_the_rules_name_nothing_it_is_where_they_joined(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        newcomer = await stage.invited("wohnen-kontakt", 5001)
        write_rules(tmp_path, FREE)
        await stage.contact("leitung").writes("/reload")
        await (await stage.inquirer()).writes(TO_HOUSING)

        assert newcomer.card(REF)


async def test_in_a_topic_the_cards_come_to_that_topic(stage: Stage) -> None:
    newcomer = stage.at(-1000000000500, 12)
    await newcomer.writes(f"/start {await token_for(stage)}")

    await (await stage.inquirer()).writes(TO_EDUCATION)

    assert newcomer.card(REF).topic == 12


async def test_it_works_once(stage: Stage) -> None:
    token = await token_for(stage)
    await stage.at(5001).writes(f"/start {token}")

    second = stage.at(5002)
    await second.writes(f"/start {token}")

    assert second.texts == [BAD]
    assert (await stage.joined())["bildung-kontakt"].chat == 5001


@pytest.mark.parametrize(("late_s", "answer"), [(-1, JOINED), (0, BAD)], ids=["just before", "at the end"])
async def test_it_works_for_a_day(stage: Stage, late_s: int, answer: str) -> None:
    token = await token_for(stage)
    stage.clock.turn(hours=24, seconds=late_s)

    newcomer = stage.at(5001)
    await newcomer.writes(f"/start {token}")

    assert newcomer.texts == [answer]


async def test_a_new_invitation_ends_the_earlier_one(stage: Stage) -> None:
    first, second = await token_for(stage), await token_for(stage)
    newcomer = stage.at(5001)

    await newcomer.writes(f"/start {first}")
    assert newcomer.texts == [BAD]
    await newcomer.writes(f"/start {second}")
    assert newcomer.last.text == JOINED


async def test_a_made_up_one_is_told_and_makes_nobody_a_person(stage: Stage) -> None:
    stranger = stage.at(5001)

    await stranger.writes("/start " + "x" * 32)

    assert stranger.texts == [BAD]
    assert await stage.count("people") == 0
    assert "invitation.refused" in await stage.events()


async def test_one_for_a_contact_no_longer_in_the_rules_does_not_hold(stage: Stage) -> None:
    newcomer = stage.at(5001)

    await newcomer.writes(f"/start {await token_for(stage, 'niemand')}")

    assert newcomer.texts == [BAD]


async def test_a_poster_links_parameter_is_no_invitation(stage: Stage) -> None:
    maria = stage.person()

    await maria.writes("/start plakat")

    assert maria.last.text.startswith(said("notice", office="Landratsamt Musterkreis", content="90 Tage"))


async def test_the_token_is_not_in_the_database(stage: Stage) -> None:
    token = await token_for(stage)
    await stage.at(5001).writes(f"/start {token}")

    async with stage.database.reading() as tx:
        tables = [row["name"] for row in await tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [str(tuple(row)) for table in tables for row in await tx.all(f"SELECT * FROM {table}")]
    assert len(token) >= TOKEN_BYTES
    assert not [row for row in rows if token in row]


# ------------------------------------------------------------ a contact who moves


async def moved(stage: Stage) -> tuple[Someone, Someone, Someone]:
    """Let a successor join while an inquiry is open; return inquirer, former and new contact."""
    former = await stage.invited("wohnen-kontakt", 5001)
    maria = await stage.inquirer("Maria")
    await maria.writes(TO_HOUSING)
    await maria.writes("Sie hat einen Balkon")
    return maria, former, await stage.invited("wohnen-kontakt", 5002)


async def test_a_successor_gets_the_open_inquiries_with_all_that_was_written() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        _, _, successor = await moved(stage)

        assert [REF in text for text in successor.texts] == [False, True, True]
        assert TO_HOUSING in successor.card(REF).text
        assert "Sie hat einen Balkon" in successor.last.text


async def test_nothing_more_goes_to_the_former_contact() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        maria, former, successor = await moved(stage)
        before = former.received

        await maria.writes("Und einen Keller")
        await successor.presses("btn-take")
        await maria.edits(next(shown for shown in maria.shown if shown.text == TO_HOUSING), "Geändert")
        await maria.presses("btn-withdraw")

        assert former.received == before
        assert "Geändert" in "".join(successor.texts)
        assert successor.last.text == said("withdrawn-contact", reference=REF)


async def test_the_former_chat_is_told_and_its_buttons_go_without_a_word_of_anybody() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        former, head = await stage.invited("wohnen-kontakt", 5001), stage.contact("leitung")
        maria, iwan = await stage.inquirer("Maria"), await stage.inquirer("Iwan")
        await maria.writes(TO_HOUSING)
        await former.presses("btn-done")
        await iwan.writes(TO_HOUSING)
        cards = [former.card(REF), former.card("2026-0002")]
        assert all(card.buttons for card in cards)

        successor = await stage.invited("wohnen-kontakt", 5002)

        assert former.last.text == said("left-chat", contact="Kontakt Wohnen")
        assert [(former.card(card.heading[:9]).text, former.card(card.heading[:9]).buttons) for card in cards] == [
            (card.text, []) for card in cards
        ]
        assert head.last.text == said("admin-moved", contact="Kontakt Wohnen")
        assert said("left-chat", contact="Kontakt Wohnen") not in successor.texts
        assert said("btn-take") in successor.card("2026-0002").buttons


async def test_a_former_chat_that_is_gone_leaves_nothing_to_look_after() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        await stage.invited("wohnen-kontakt", -5001)
        await (await stage.inquirer()).writes(TO_HOUSING)
        stage.telegram.closed[-5001] = SendFailure.UNREACHABLE

        successor = await stage.invited("wohnen-kontakt", 5002)

        assert TO_HOUSING in successor.card(REF).text
        assert await stage.parked() == []


async def test_who_joins_again_where_they_are_or_was_never_there_bids_nobody_farewell(stage: Stage) -> None:
    head = stage.contact("leitung")
    await stage.invited("bildung-kontakt", 5001)
    again = await stage.invited("bildung-kontakt", 5001)

    assert said("left-chat", contact="Kontakt Bildung") not in again.texts
    assert said("admin-moved", contact="Kontakt Bildung") not in head.texts


async def test_where_somebody_else_of_the_office_is_reached_cards_stay_theirs() -> None:
    both = {"contacts": {"wohnen-kontakt": {"telegram": None}, "arbeit-kontakt": {"telegram": None}}}
    async with raise_stage(make_book(both)) as stage:
        group = await stage.invited("wohnen-kontakt", -5001)
        await stage.invited("arbeit-kontakt", -5001)
        await (await stage.inquirer()).writes(TO_WORK)

        await stage.invited("wohnen-kontakt", 5002)

        assert said("left-shared-chat", contact="Kontakt Wohnen") in group.texts
        assert said("btn-take") in group.card(REF).buttons


async def test_what_was_closed_comes_to_the_successor_when_it_is_opened_again() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        former = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        await former.presses("btn-done")
        successor = await stage.invited("wohnen-kontakt", 5002)
        assert len(successor.received) == 1
        before = former.received

        await maria.replies("Doch noch eine Frage")

        assert TO_HOUSING in successor.card(REF).text
        assert len([text for text in successor.texts if "Doch noch eine Frage" in text]) == 1
        assert former.received == before


async def test_a_press_under_an_old_card_changes_nothing_in_the_former_chat() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        contact = await stage.invited("wohnen-kontakt", 5001)
        await (await stage.inquirer()).writes(TO_HOUSING)
        first_card = contact.card(REF)
        former = await stage.invited("wohnen-kontakt", 5002)
        await former.presses("btn-done")
        await stage.invited("wohnen-kontakt", 5001)
        before = former.received

        answer = await contact.presses_token(next(iter(first_card.tokens.values())), first_card.message)

        assert answer == (said("press-done-already", holder="Kontakt Wohnen"), True)
        assert former.received == before


async def test_a_word_more_on_what_was_closed_elsewhere_is_sent_and_the_reply_comes_to_where_its_contact_is() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        contact = await stage.invited("wohnen-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        first_card = contact.card(REF)
        former = await stage.invited("wohnen-kontakt", 5002)
        await former.presses("btn-done")
        await stage.invited("wohnen-kontakt", 5001)
        before = former.received

        await contact.replies("Eine Frage noch", first_card)
        assert "Eine Frage noch" in maria.last.text
        assert contact.last.text == said("answer-sent-closed", name="Maria", reference=REF)
        await maria.replies("Gerne")

        assert former.received == before
        assert contact.card(REF).message > first_card.message
        assert said("btn-done") in contact.card(REF).buttons
        assert "Gerne" in contact.last.text


async def test_a_copy_in_a_chat_left_since_is_told_nothing_more() -> None:
    async with raise_stage(make_book({"contacts": {"bildung-kontakt": {"telegram": None}}})) as stage:
        former = await stage.invited("bildung-kontakt", 5001)
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        share = (await stage.shares())[0]
        async with stage.database.transaction() as tx:
            turn = stage.dialogue.turn(tx)
            reach = Reach("bildung-kontakt", former.address)
            await assigning.join(turn, await get_case(turn, share.inquiry_id), share, reach, Joined.REMINDED)
        await maria.writes("Sie hat einen Balkon")
        assert "Sie hat einen Balkon" in former.last.text
        await stage.invited("bildung-kontakt", 5002)
        before = former.received

        await maria.writes("Und einen Keller")
        await stage.contact("wohnen-kontakt").presses("btn-take")

        assert former.received == before


async def test_joining_again_in_the_same_chat_sends_nothing_twice() -> None:
    async with raise_stage(make_book(FREE)) as stage:
        contact = await stage.invited("wohnen-kontakt", 5001)
        await (await stage.inquirer()).writes(TO_HOUSING)

        await stage.invited("wohnen-kontakt", 5001)

        assert len([text for text in contact.texts if TO_HOUSING in text]) == 1


async def test_words_written_before_the_sweeper_looked_go_to_the_new_address_only(tmp_path: Path) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        maria = await stage.inquirer()
        own = await maria.writes(TO_HOUSING)
        before = stage.contact("wohnen-kontakt").received
        write_rules(tmp_path, {"contacts": {"wohnen-kontakt": {"telegram": 5002}}})
        stage.book.reload()

        await maria.writes("Sie hat einen Balkon")
        await maria.edits(own, "Wohnung ab Mai leer")

        card, more, changed = stage.at(5002).texts
        assert TO_HOUSING in card
        assert "Sie hat einen Balkon" in more
        assert "ab Mai" in changed
        assert stage.at(HOUSING).received == before


@pytest.mark.parametrize("by_command", [True, False], ids=["by command", "otherwise"])
async def test_open_inquiries_follow_an_address_changed_in_the_rules(tmp_path: Path, by_command: bool) -> None:
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        maria = await stage.inquirer()
        await maria.writes(TO_HOUSING)
        former = stage.contact("wohnen-kontakt")
        before = former.received
        write_rules(tmp_path, {"contacts": {"wohnen-kontakt": {"telegram": 5002}}})
        if by_command:
            await stage.contact("leitung").writes("/reload")
        else:
            stage.book.reload()
            await stage.wait(seconds=5)

        assert TO_HOUSING in stage.at(5002).card(REF).text
        await maria.writes("Sie hat einen Balkon")
        assert "Sie hat einen Balkon" in stage.at(5002).last.text
        assert former.received == before


MANY = said("invitation-many")


async def test_whoever_guesses_invitations_is_told_once_and_then_not_even_looked_up(stage: Stage) -> None:
    stranger = stage.person("Eve")
    for number in range(12):
        await stranger.writes(f"/start {'guess' * 4}{number}")

    assert stranger.texts == [BAD] * 5 + [MANY]
    await stranger.writes(f"/start {await token_for(stage)}")
    assert await stage.joined() == {}
    assert (await stage.events()).count("invitation.guessed") == 1


async def test_an_hour_later_a_good_link_holds_there_again(stage: Stage) -> None:
    stranger = stage.person("Eve")
    for number in range(6):
        await stranger.writes(f"/start {'guess' * 4}{number}")
    await stage.wait(hours=1)

    await stranger.writes(f"/start {await token_for(stage)}")

    assert list(await stage.joined()) == ["bildung-kontakt"]


async def test_somebody_elses_guessing_keeps_no_contact_from_joining(stage: Stage) -> None:
    for number in range(12):
        await stage.person("Eve").writes(f"/start {'guess' * 4}{number}")

    await stage.invited("bildung-kontakt", 5001)

    assert list(await stage.joined()) == ["bildung-kontakt"]


async def test_a_group_may_join_for_as_many_contacts_as_it_has_topics() -> None:
    contacts = {f"kontakt-{number}": {"name": f"Kontakt {number}"} for number in range(8)}
    async with raise_stage(make_book({"contacts": contacts})) as stage:
        for number, key in enumerate(contacts):
            await stage.at(-1000000000500, number + 2).writes(f"/start {await token_for(stage, key)}")

        assert len(await stage.joined()) == 8


async def test_a_contact_who_leaves_a_chat_shared_with_another_takes_their_inquiries_along() -> None:
    two = {"contacts": {"wohnen-kontakt": {"telegram": None}, "bildung-kontakt": {"telegram": None}}}
    async with raise_stage(make_book(two)) as stage:
        shared = await stage.invited("wohnen-kontakt", 5001)
        await stage.invited("bildung-kontakt", 5001)
        maria = await stage.inquirer("Maria")
        await maria.writes(TO_HOUSING)

        moved = await stage.invited("wohnen-kontakt", 5002)

        assert TO_HOUSING in moved.card("2026-0001").text
        assert said("left-shared-chat", contact="Kontakt Wohnen") in shared.texts
        before = len(shared.received)
        await maria.replies("Ab Mai")
        assert "Ab Mai" in moved.last.text
        assert len(shared.received) == before
        await moved.replies("Gern", to=moved.card("2026-0001"))
        assert said("answer", contact="Kontakt Wohnen", reference="2026-0001") in maria.last.text
