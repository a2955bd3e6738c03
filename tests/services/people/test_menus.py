"""The commands people and contacts find beside their text field."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.model import DeliveryKind
from bot.services.desk.commands import COMMANDS
from bot.services.people.command_names import BY_CONTACTS, BY_PEOPLE, FOR_ADMINISTRATORS, FOR_CONTACTS, FOR_PEOPLE
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, WORK, make_book, write_rules
from tests.support.stage import Stage, raise_stage, said


def in_german(names: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [one["de"] for one in names.values()]


CONTACTS, ADMINISTRATORS = in_german(FOR_CONTACTS), in_german(FOR_ADMINISTRATORS)


def menu_of(stage: Stage, chat: int) -> list[str] | None:
    """Return the names last offered in a chat; None if none ever were."""
    offered = [
        one.draft.commands
        for one in stage.telegram.carried
        if one.draft.kind is DeliveryKind.MENU and one.address.chat == chat
    ]
    return [name for name, _ in offered[-1]] if offered else None


async def test_every_chat_of_a_contact_is_offered_the_commands_at_the_start(stage: Stage) -> None:
    await stage.sweeper.plan()
    await stage.wait()

    for chat in (HOUSING, LANGUAGE, WORK[0]):
        assert menu_of(stage, chat) == CONTACTS
    assert menu_of(stage, HEAD) == CONTACTS + ADMINISTRATORS


async def test_the_help_of_administrators_names_what_only_they_can_order(stage: Stage) -> None:
    leitung, wohnen = stage.at(HEAD), stage.at(HOUSING)
    for someone in (leitung, wohnen):
        await someone.writes("/hilfe")

    assert leitung.last.text == said("contact-help", place="chat") + "\n\n" + said("admin-help")
    for name in ADMINISTRATORS:
        assert f"/{name}" in leitung.last.text
        assert f"/{name}" not in wohnen.last.text
    await leitung.writes("/admin")
    assert "/sperren" in leitung.last.text
    assert "/entsperren" in leitung.last.text


async def test_whoever_joins_is_offered_them_and_the_former_chat_loses_them() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        await stage.invited("wohnen-kontakt", 5001)
        assert menu_of(stage, 5001) == CONTACTS

        await stage.invited("wohnen-kontakt", 5002)

        assert menu_of(stage, 5001) == []
        assert menu_of(stage, 5002) == CONTACTS


async def test_whoever_opens_a_chat_the_rules_name_is_offered_them(stage: Stage) -> None:
    await stage.contact("wohnen-kontakt").writes("/start")

    assert menu_of(stage, HOUSING) == CONTACTS


async def test_nobody_from_outside_is(stage: Stage) -> None:
    maria = await stage.inquirer()
    await stage.sweeper.plan()
    await stage.wait()

    assert menu_of(stage, maria.address.chat) is None


def offered_to_people(stage: Stage) -> dict[str | None, list[str]]:
    """Return language of the app → the names last offered to all who write from outside; None: any other language."""
    return {
        one.draft.language: [name for name, _ in one.draft.commands]
        for one in stage.telegram.carried
        if one.draft.kind is DeliveryKind.MENU and one.address.is_everybody
    }


async def test_people_find_theirs_in_the_language_of_their_app(stage: Stage) -> None:
    await stage.sweeper.plan()
    await stage.wait()

    english = [one["en"] for one in FOR_PEOPLE.values()]
    assert offered_to_people(stage) == {"de": in_german(FOR_PEOPLE), "en": english, None: english}


async def test_other_rules_bring_everybody_the_commands_that_hold_by_them(tmp_path: Path) -> None:
    """The office speaks German only from now on, and housing is reached elsewhere."""
    async with raise_stage(make_book(folder=tmp_path)) as stage:
        await stage.sweeper.plan()
        write_rules(tmp_path, {"office": {"languages": ["de"]}, "contacts": {"wohnen-kontakt": {"telegram": 5005}}})
        await stage.contact("leitung").writes("/reload")
        await stage.sweeper.plan()
        await stage.wait()

        assert offered_to_people(stage) == {"de": in_german(FOR_PEOPLE), "en": [], None: in_german(FOR_PEOPLE)}
        assert menu_of(stage, 5005) == CONTACTS


def test_what_is_offered_is_known_and_described() -> None:
    assert set(BY_CONTACTS) == set(COMMANDS)
    for table in (FOR_CONTACTS, FOR_ADMINISTRATORS):
        assert all(said(f"command-desk-{name}") for name in in_german(table))
    assert all(said(f"command-{name}") for name in in_german(FOR_PEOPLE))


@pytest.mark.parametrize("name", BY_PEOPLE)
async def test_whatever_people_type_is_known(stage: Stage, name: str) -> None:
    maria = await stage.inquirer()
    await maria.writes(f"/{name}")

    assert maria.last.text != said("unknown-command")


async def test_help_in_a_group_promises_no_question_that_never_comes(stage: Stage) -> None:
    sprache = stage.contact("sprache-kontakt")
    await sprache.writes("/hilfe")

    assert sprache.last.text == said("contact-help", place="group")
    assert said("contact-help", place="group") != said("contact-help", place="chat")
