"""How people are told who speaks: a contact by their role, whoever stands in with whom they stand in for."""

from dataclasses import replace

import pytest

from bot.services.people.naming import who_has, who_speaks
from tests.support.clock import berlin
from tests.support.fake_telegram import plain
from tests.support.rulebook import TO_HOUSING, TO_LANGUAGE, make_book
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


async def test_whoever_joined_and_took_it_is_named_from_then_on() -> None:
    async with raise_stage() as stage:
        maria, housing, deputy = (
            await stage.inquirer(),
            stage.contact("wohnen-kontakt"),
            stage.contact("sprache-kontakt"),
        )
        await maria.writes(TO_HOUSING)
        await stage.live_until(berlin("2026-03-06 08:30"))
        await deputy.presses("btn-take")
        speaker = said("contact-deputy", deputy="Kontakt Sprache", contact="Kontakt Wohnen")
        assert maria.last.text == said("taken-by", contact=speaker, reference="2026-0001")

        await maria.replies("Sie hat einen Balkon")
        assert said("passed-on", contact=speaker, reference="2026-0001") in maria.last.text
        await maria.writes("/status")
        assert speaker in maria.last.text

        await deputy.presses("btn-more")
        await deputy.presses("btn-release")
        assert said("released", contact="Kontakt Wohnen", reference="2026-0001") in maria.last.text
        await housing.presses("btn-take")
        await maria.writes("/status")
        assert speaker not in maria.last.text


async def test_whoever_took_it_and_left_the_rules_is_not_named() -> None:
    async with raise_stage() as stage:
        await (await stage.inquirer()).writes(TO_HOUSING)
        share = replace((await stage.shares())[0], taker="frueher-kontakt")
        async with stage.database.reading() as tx:
            assert who_has(stage.dialogue.turn(tx), "de", share) == "Kontakt Wohnen"
