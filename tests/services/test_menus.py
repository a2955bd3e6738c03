"""The commands contacts find beside their text field."""

from bot.model import DeliveryKind
from bot.services import menus
from bot.services.desk.commands import COMMANDS
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, WORK, make_book
from tests.support.stage import Stage, raise_stage, said


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
        assert menu_of(stage, chat) == list(menus.NAMES["de"])
    assert menu_of(stage, HEAD) == [*menus.NAMES["de"], *menus.FOR_ADMINISTRATORS["de"]]


async def test_the_help_of_administrators_names_what_only_they_can_order(stage: Stage) -> None:
    leitung, wohnen = stage.at(HEAD), stage.at(HOUSING)
    for someone in (leitung, wohnen):
        await someone.writes("/hilfe")

    assert leitung.last.text == said("contact-help") + "\n\n" + said("admin-help")
    for name in menus.FOR_ADMINISTRATORS["de"]:
        assert f"/{name}" in leitung.last.text
        assert f"/{name}" not in wohnen.last.text
    await leitung.writes("/admin")
    assert "/sperren" in leitung.last.text
    assert "/entsperren" in leitung.last.text


async def test_whoever_joins_is_offered_them_and_the_former_chat_loses_them() -> None:
    async with raise_stage(make_book({"contacts": {"wohnen-kontakt": {"telegram": None}}})) as stage:
        await stage.invited("wohnen-kontakt", 5001)
        assert menu_of(stage, 5001) == list(menus.NAMES["de"])

        await stage.invited("wohnen-kontakt", 5002)

        assert menu_of(stage, 5001) == []
        assert menu_of(stage, 5002) == list(menus.NAMES["de"])


async def test_whoever_opens_a_chat_the_rules_name_is_offered_them(stage: Stage) -> None:
    await stage.contact("wohnen-kontakt").writes("/start")

    assert menu_of(stage, HOUSING) == list(menus.NAMES["de"])


async def test_nobody_from_outside_is(stage: Stage) -> None:
    maria = await stage.inquirer()
    await stage.sweeper.plan()
    await stage.wait()

    assert menu_of(stage, maria.address.chat) is None


def test_what_is_offered_is_known_and_described() -> None:
    for names in (menus.NAMES, menus.FOR_ADMINISTRATORS):
        assert [name for offered in names.values() for name in offered if name not in COMMANDS] == []
        assert all(said(f"command-desk-{name}") for name in names["de"])
