from bot.model import Address
from bot.store import buttons, inquiries, people
from bot.store.buttons import StoredButton
from bot.store.database import Database
from tests.support.builders import MARIA, make_decision
from tests.support.clock import START

DESK = Address("telegram", -2001, 7)

# Bot API: InlineKeyboardButton.callback_data.
TELEGRAMS_BYTES = 64


async def test_a_token_says_what_is_meant_and_where(database: Database) -> None:
    async with database.transaction() as tx:
        maria = await people.add(tx, START, MARIA, "Maria", "de")
        inquiry = await inquiries.add(tx, START, maria.id, make_decision())
        token = await buttons.ensure(tx, START, DESK, "move", inquiry.id, share=3, field="arbeit")

        meant = StoredButton(token, "move", Address("telegram", -2001), inquiry.id, {"share": 3, "field": "arbeit"})
        assert await buttons.find(tx, token) == meant


async def test_a_token_cannot_be_guessed_and_fits(database: Database) -> None:
    async with database.transaction() as tx:
        tokens = {await buttons.ensure(tx, START, Address("telegram", chat), "take") for chat in range(1, 51)}

    assert len(tokens) == 50
    assert all(len(token) >= 22 and len(token.encode()) <= TELEGRAMS_BYTES for token in tokens)


async def test_the_same_button_is_made_once(database: Database) -> None:
    async with database.transaction() as tx:
        first = await buttons.ensure(tx, START, MARIA, "language", language="de")

        assert await buttons.ensure(tx, START, MARIA, "language", language="de") == first
        others = [
            await buttons.ensure(tx, START, MARIA, "language", language="en"),
            await buttons.ensure(tx, START, MARIA, "go_on", language="de"),
            await buttons.ensure(tx, START, DESK, "language", language="de"),
        ]
        assert first not in others
        assert len(set(others)) == 3


async def test_a_token_never_given_out_means_nothing(database: Database) -> None:
    async with database.reading() as tx:
        assert await buttons.find(tx, "made-up") is None
