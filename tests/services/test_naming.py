"""How people are told who speaks: a contact by their role, whoever stands in with whom they stand in for."""

from dataclasses import replace

import pytest

from bot.services.naming import who_speaks
from tests.support.fake_telegram import plain
from tests.support.rulebook import TO_LANGUAGE, make_book
from tests.support.stage import raise_stage, said

# Sprache has the head as deputy, and the head one of their own.
WITH_A_DEPUTY_OF_THE_HEAD = {
    "contacts": {"leitung": {"deputy": "vize"}, "vize": {"name": "Vize", "telegram": 2010}},
}
OF_LANGUAGE = "Kontakt Sprache"


def standing_in(name: str) -> str:
    return said("contact-deputy", deputy=name, contact=OF_LANGUAGE)


SPEAKERS = [
    # label, who speaks, who has the card, what people read
    ("the contact itself", "sprache-kontakt", "sprache-kontakt", OF_LANGUAGE),
    ("its deputy, who follows along", "leitung", "sprache-kontakt", standing_in("Leitung")),
    ("the deputy's deputy, who follows along", "vize", "sprache-kontakt", standing_in("Vize")),
    ("the deputy's deputy, who has it", "vize", "vize", standing_in("Vize")),
    ("somebody else, who follows along", "arbeit-kontakt", "sprache-kontakt", "Kontakt Arbeit"),
    ("somebody else, who has it", "arbeit-kontakt", "arbeit-kontakt", standing_in("Kontakt Arbeit")),
]


@pytest.mark.parametrize(("label", "author", "seat", "read"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
async def test_people_read_who_speaks_and_for_whom(label: str, author: str, seat: str, read: str) -> None:
    async with raise_stage(make_book(WITH_A_DEPUTY_OF_THE_HEAD)) as stage:
        await (await stage.inquirer()).writes(TO_LANGUAGE)
        share = replace((await stage.shares())[0], seat=seat)
        async with stage.database.reading() as tx:
            assert plain(who_speaks(stage.dialogue.turn(tx), "de", share, author)) == read
