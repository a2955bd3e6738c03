"""Who blocks the bot, or leaves Telegram: their contacts see it at once, and that they are back."""

from contextlib import suppress

from bot.errors import SendFailure
from bot.model import Address, AssignmentState, ReachChanged
from bot.services.people.leaving import on_reach
from tests.support.rulebook import TO_HOUSING, TO_WORK_AND_HOUSING, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
GONE = SendFailure.UNREACHABLE
LEFT = said("card-person-left")
NOT_SENT = said("card-not-sent-blocked")


async def asked(stage: Stage, text: str = TO_HOUSING) -> tuple[Someone, Someone]:
    maria = await stage.inquirer("Maria")
    await maria.writes(text)
    return maria, stage.contact("wohnen-kontakt")


async def blocks(stage: Stage, someone: Someone) -> None:
    stage.telegram.closed[someone.address.chat] = GONE
    await stage.handle(ReachChanged(someone.address, reachable=False))


async def allows(stage: Stage, someone: Someone) -> None:
    del stage.telegram.closed[someone.address.chat]
    await stage.handle(ReachChanged(someone.address, reachable=True))


async def test_open_cards_and_lists_say_so_as_soon_as_the_channel_does_and_until_they_are_back(stage: Stage) -> None:
    maria, wohnen = await asked(stage, TO_WORK_AND_HOUSING)
    work, before = stage.contact("arbeit-kontakt"), len(wohnen.received)

    await blocks(stage, maria)

    assert LEFT in wohnen.card(REF).text.splitlines()
    assert LEFT in work.card(REF).text.splitlines()
    assert len(wohnen.received) == before, "the card says so, and nothing rings"
    await wohnen.writes("/offen")
    assert said("list-person-left") in wohnen.last.text

    await allows(stage, maria)

    assert LEFT not in wohnen.card(REF).text
    assert LEFT not in work.card(REF).text
    await wohnen.writes("/offen")
    assert said("list-person-left") not in wohnen.last.text


async def test_a_message_that_fails_says_so_too_where_the_channel_did_not(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = GONE

    await wohnen.presses("btn-take")
    assert LEFT in wohnen.card(REF).text

    stage.telegram.closed.clear()
    await wohnen.replies("Gern", to=wohnen.card(REF))
    assert maria.last.text.endswith("Gern")
    assert LEFT not in wohnen.card(REF).text, "what arrives shows that they are there"


async def test_where_the_last_answer_did_not_arrive_that_alone_is_said(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await blocks(stage, maria)

    await wohnen.replies("Gern", to=wohnen.card(REF))

    assert NOT_SENT in wohnen.card(REF).text
    assert LEFT not in wohnen.card(REF).text
    assert wohnen.last.text == said("answer-not-sent-blocked", name="Maria", reference=REF)
    await allows(stage, maria)
    assert "gesperrt" not in wohnen.card(REF).text


async def test_what_was_refused_is_not_laid_to_a_blocked_bot(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    stage.telegram.closed[maria.address.chat] = SendFailure.REFUSED

    await wohnen.replies("Gern", to=wohnen.card(REF))

    assert wohnen.last.text == said("answer-not-sent", name="Maria", reference=REF)
    assert "gesperrt" not in wohnen.last.text + wohnen.card(REF).text


async def test_whoever_gets_it_later_sees_it_too(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await blocks(stage, maria)
    stage.clock.turn(minutes=1)

    await wohnen.presses("btn-hand")
    await wohnen.presses("Arbeit")

    assert LEFT in stage.contact("arbeit-kontakt").card(REF).text


async def test_a_closed_card_says_nothing_of_it_until_it_is_opened_again(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await wohnen.presses("btn-done")
    await blocks(stage, maria)
    assert LEFT not in wohnen.card(REF).text

    await wohnen.presses("btn-reopen")

    assert LEFT in wohnen.card(REF).text
    assert (await stage.shares())[0].state is AssignmentState.TAKEN


async def test_the_bots_own_words_to_somebody_gone_are_not_kept_for_anybody_to_decide(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    await blocks(stage, maria)

    await wohnen.presses("btn-take")

    assert await stage.parked() == []
    assert "delivery.parked" in await stage.events()
    await wohnen.replies("Gern", to=wohnen.card(REF))
    assert len(await stage.parked()) == 1, "a contact's word goes out when they are back"


async def test_going_and_coming_all_the_time_stops_redrawing_cards(stage: Stage) -> None:
    maria, wohnen = await asked(stage)
    before = len(stage.telegram.carried)

    for _ in range(60):
        stage.clock.turn(seconds=1)
        await blocks(stage, maria)
        await allows(stage, maria)

    assert 0 < len(stage.telegram.carried) - before <= stage.book.rules.limits.messages
    await stage.wait(hours=1)
    await blocks(stage, maria)
    assert LEFT in wohnen.card(REF).text


async def test_a_turn_tried_again_counts_once() -> None:
    async with raise_stage(make_book({"limits": {"messages": 10}})) as stage:
        maria, wohnen = await asked(stage)
        await blocks(stage, maria)
        stage.clock.turn(hours=1)
        del stage.telegram.closed[maria.address.chat]
        for _ in range(10):
            with suppress(ZeroDivisionError):
                async with stage.database.transaction() as tx:
                    await on_reach(stage.dialogue.turn(tx), maria.address, reachable=True)
                    raise ZeroDivisionError
            stage.clock.turn(seconds=1)

        await stage.handle(ReachChanged(maria.address, reachable=True))

        assert LEFT not in wohnen.card(REF).text


async def test_nobody_known_and_no_group_is_anybodys_loss(stage: Stage) -> None:
    for address in (Address("telegram", 77), Address("telegram", -77)):
        async with stage.database.transaction() as tx:
            await on_reach(stage.dialogue.turn(tx), address, reachable=False)

    assert await stage.events() == []
