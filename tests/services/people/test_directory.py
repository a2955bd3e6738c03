"""Who is reached where, and who stands in."""

import pytest

from bot.model import Address
from bot.services.people.directory import Directory, Reach, load_directory
from tests.support.rulebook import HEAD, HOUSING, LANGUAGE, WORK, make_book
from tests.support.stage import Stage, raise_stage

ANNA, BERTA, TEAM = Address("telegram", 1), Address("telegram", 2), Address("telegram", -3)
TOPIC_7, TOPIC_8 = Address("telegram", -3, 7), Address("telegram", -3, 8)

REACHES = [
    # label, addresses, who, dead addresses, who is reached
    ("directly", {"a": ANNA, "b": BERTA}, "a", [], "a"),
    ("the deputy of who has no address", {"b": BERTA}, "a", [], "b"),
    ("the deputy's deputy", {"c": BERTA}, "a", [], "c"),
    ("at last the general contact", {"g": BERTA}, "a", [], "g"),
    ("the general contact of somebody the rules no longer know", {"g": BERTA}, "gone", [], "g"),
    ("nobody", {}, "a", [], None),
    ("nobody for the general contact itself", {"a": ANNA}, "g", [], None),
    ("the deputy where the contact is dead", {"a": ANNA, "b": BERTA}, "a", [ANNA], "b"),
    ("on where the deputy is dead too", {"a": ANNA, "b": BERTA, "g": TEAM}, "a", [ANNA, BERTA], "g"),
    ("a dead topic is a dead group", {"a": TOPIC_7, "b": TOPIC_8, "g": ANNA}, "a", [TOPIC_7], "g"),
    ("nobody where all are dead", {"a": ANNA, "b": ANNA, "g": ANNA}, "a", [ANNA], None),
]


@pytest.mark.parametrize(("label", "addresses", "who", "dead", "reached"), REACHES, ids=[row[0] for row in REACHES])
def test_somebody_is_reached(
    label: str, addresses: dict[str, Address], who: str, dead: list[Address], reached: str | None
) -> None:
    directory = Directory(addresses, {"a": "b", "b": "c", "c": None, "g": None}, "g")

    assert directory.reach(who, without=dead) == (None if reached is None else Reach(reached, addresses[reached]))


def test_a_circle_of_deputies_ends() -> None:
    """The rules' loader refuses circles; the general contact's own deputy may still close one."""
    assert Directory({}, {"a": "b", "b": "a", "g": "a"}, "g").reach("a") is None


PASSED_OVER = [
    # label, deputies of a, b and g, away, lost, who is reached for a
    ("nobody is away", {"a": "b", "b": None}, "", "", "a"),
    ("away: the deputy", {"a": "b", "b": None}, "a", "", "b"),
    ("both away: the general contact", {"a": "b", "b": None}, "ab", "", "g"),
    ("all away: the contact after all", {"a": "b", "b": None}, "abg", "", "a"),
    ("lost: the deputy", {"a": "b", "b": None}, "", "a", "b"),
    ("lost, and the deputy away", {"a": "b", "b": None}, "b", "a", "g"),
    ("lost, all others away: the deputy after all", {"a": "b", "b": None}, "bg", "a", "b"),
    ("all lost: the contact is tried again", {"a": "b", "b": None}, "", "abg", "a"),
    ("a circle, all of it away", {"a": "b", "b": "a"}, "ab", "", "g"),
]


@pytest.mark.parametrize(
    ("label", "deputies", "away", "lost", "reached"), PASSED_OVER, ids=[row[0] for row in PASSED_OVER]
)
def test_who_is_away_or_lost_is_passed_over(
    label: str, deputies: dict[str, str | None], away: str, lost: str, reached: str | None
) -> None:
    addresses = {key: Address("telegram", number) for number, key in enumerate("abg", start=1)}
    directory = Directory(addresses, deputies, "g", away=frozenset(away), lost=frozenset(lost))

    assert directory.reach("a") == (None if reached is None else Reach(reached, addresses[reached]))


@pytest.mark.parametrize(("who", "is_there"), [("a", True), ("b", False), ("g", False), ("x", False), (None, False)])
def test_somebody_is_there_who_can_be_reached_and_is_not_away(who: str | None, is_there: bool) -> None:
    addresses = {key: Address("telegram", number) for number, key in enumerate("abg", start=1)}
    directory = Directory(addresses, {}, "g", away=frozenset("bx"), lost=frozenset("g"))

    assert directory.is_there(who) is is_there


AT = [
    # label, address, who is reached there, is it a contact's chat
    ("a private chat", ANNA, ["anna"], True),
    ("a topic: its own contact and the whole group's", TOPIC_7, ["seven", "group"], True),
    ("another topic", TOPIC_8, ["group"], True),
    ("the general topic", TEAM, ["group"], True),
    ("a stranger's chat", BERTA, [], False),
    ("the same number elsewhere", Address("mail", 1), [], False),
]


@pytest.mark.parametrize(("label", "address", "contacts", "is_staff"), AT, ids=[row[0] for row in AT])
def test_a_chat_is_somebodys(label: str, address: Address, contacts: list[str], is_staff: bool) -> None:
    directory = Directory({"anna": ANNA, "seven": TOPIC_7, "group": TEAM}, {}, "g")

    assert directory.contacts_at(address) == contacts
    assert directory.contacts_nearest(address) == contacts
    assert directory.is_staff_chat(address) is is_staff


def test_in_a_topic_without_a_contact_the_whole_chats_are_nearest() -> None:
    directory = Directory({"anna": ANNA, "seven": TOPIC_7}, {}, "g")

    assert directory.contacts_nearest(TOPIC_7) == directory.contacts_nearest(TOPIC_8) == ["seven"]


ADMINS = [
    # label, address of the administrator, where one looks, who is found
    ("their own chat", ANNA, ANNA, "boss"),
    ("their own topic, which a contact shares", TOPIC_7, TOPIC_7, "boss"),
    ("another topic of their group", TOPIC_7, TOPIC_8, None),
    ("any topic, where the whole group is theirs", TEAM, TOPIC_7, "boss"),
    ("the chat of a contact alone", BERTA, ANNA, None),
]


@pytest.mark.parametrize(("label", "theirs", "address", "found"), ADMINS, ids=[row[0] for row in ADMINS])
def test_an_administrator_is_found(label: str, theirs: Address, address: Address, found: str | None) -> None:
    directory = Directory({"anna": ANNA, "seven": TOPIC_7, "boss": theirs}, {}, "g", admins=("boss",))

    assert directory.administrator_at(address) == found
    assert directory.is_admin_chat(address) is (found is not None)


async def test_the_rules_addresses_win_over_joined_ones_and_the_joined_fill_the_gaps(stage: Stage) -> None:
    await stage.invited("bildung-kontakt", 5001)
    await stage.invited("wohnen-kontakt", 5002)

    async with stage.database.reading() as tx:
        directory = await load_directory(stage.dialogue.turn(tx))

    assert directory.addresses == {
        "wohnen-kontakt": Address("telegram", HOUSING),
        "sprache-kontakt": Address("telegram", LANGUAGE),
        "arbeit-kontakt": Address("telegram", *WORK),
        "bildung-kontakt": Address("telegram", 5001),
        "leitung": Address("telegram", HEAD),
    }


async def test_who_joined_and_was_taken_out_of_the_rules_is_reached_no_more() -> None:
    async with raise_stage(make_book({"contacts": {"gast": {"name": "Gast", "telegram": None}}})) as stage:
        await stage.invited("gast", 5001)
        stage.book.rules = make_book().rules

        async with stage.database.reading() as tx:
            directory = await load_directory(stage.dialogue.turn(tx))

    assert not directory.is_staff_chat(Address("telegram", 5001))
