"""What must not happen: words going to the wrong person, or somebody moving what is not theirs to move."""

from typing import Any

import pytest

from bot.playground.model import Callback, Message
from tests.support.driver import Driven
from tests.support.office import Office, reference_of

STALE = "Dieser Knopf gilt nicht mehr. Schreiben Sie mir einfach, worum es geht, oder schreiben Sie /status."
TAKEN = "Kontakt Wohnen hat die Anfrage schon übernommen."


def words(text: str | None) -> str:
    """Return what popped up, without the marks around what was filled in."""
    return (text or "").replace("\u2068", "").replace("\u2069", "")


NOT_HERE = "Dieser Knopf gehört zu einem anderen Chat."


async def pressed(office: Office, person: Driven, message: Message, token: str) -> Callback:
    """Press with a token of one's own choosing and wait for the answer."""
    callback = person.forges(message, token)
    await office.settles()
    assert callback.answered
    return callback


def token_of(message: Message, label: str) -> str:
    buttons = [button for row in message.buttons for button in row]
    return next(button["callback_data"] for button in buttons if label in button["text"])


def story_of(office: Office) -> list[tuple[Any, ...]]:
    """Return where every inquiry and every share stands."""
    return office.bot.ask("SELECT 'i', id, state FROM inquiries UNION ALL SELECT 's', id, state FROM assignments")


async def test_a_stranger_replying_to_a_card_number_reaches_nobody(office: Office) -> None:
    """Message numbers repeat from chat to chat; the stranger replies to one that is a card's in another."""
    person, stranger = await office.known("Anfragend"), await office.known("Fremd")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    stranger.chat.next_message_id = card.id
    stranger.writes("/status")
    same_number = stranger.chat.messages[card.id]
    await stranger.sees("keine offene Anfrage")
    person.has_seen_all()
    stranger.replies(same_number, "Ihr Zimmer gibt es nur gegen Geld.")
    await stranger.sees("ist angekommen")
    await office.settles()
    await office.stays_silent(person)
    assert person.unseen() == []


async def test_in_a_group_that_is_no_contacts_the_bot_says_nothing(office: Office) -> None:
    one, other = office.person("Vereinsmitglied"), office.person("Vereinskollege")
    group = office.driver.group("Unser Verein", [one, other])
    for text in ("Ich suche ein Zimmer.", "/start", "/hilfe@anfragelotse_bot", "/status"):
        one.within(group).writes(text)
    await office.stays_silent(one, one.within(group), *office.desks)


async def test_a_word_without_a_reply_in_a_contacts_chat_waits_until_it_is_said_whom_it_is_for(office: Office) -> None:
    person = await office.known("Unbeteiligt")
    await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.wohnen.writes("Kollegen, ist das eure?")
    question = await office.wohnen.sees("An wen soll ich das senden?")
    await office.stays_silent(person, *office.desks)
    await office.wohnen.presses("An niemanden", question)
    await office.wohnen.sees("Das ging an niemanden")
    await office.stays_silent(person, *office.desks)


@pytest.mark.parametrize("command", ["/loeschen", "/status bitte", "/danke@anfragelotse_bot"])
async def test_a_contacts_unknown_command_is_not_relayed_even_as_a_reply(office: Office, command: str) -> None:
    person = await office.known("Verschont")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.wohnen.replies(card, command)
    await office.wohnen.sees("deshalb ging er an niemanden")
    office.wohnen.writes(command)
    await office.wohnen.sees("deshalb ging er an niemanden")
    await office.stays_silent(person)


@pytest.mark.parametrize("token", ["", "erfunden", "x" * 64, "take:1", "'; DROP TABLE buttons; --", "ok\x00"])
async def test_a_forged_token_is_refused_and_nothing_happens(office: Office, token: str) -> None:
    person = await office.known("Fälscherin")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("ist angekommen")
    await office.settles()
    before = story_of(office)
    callback = await pressed(office, person, receipt, token)
    assert (callback.text, callback.alert) == (STALE, True)
    assert story_of(office) == before
    await office.stays_silent(person)


async def test_another_persons_token_is_refused_in_ones_own_chat(office: Office) -> None:
    person, thief = await office.known("Bestohlen"), await office.known("Diebin")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("ist angekommen")
    card = await office.wohnen.sees(reference_of(receipt))
    thief.writes("Ich suche ein Praktikum.")
    own = await thief.sees("ist angekommen")
    await office.settles()
    before = story_of(office)
    tokens = [token_of(receipt, label) for label in ("Anderes Thema", "Zurückziehen")]
    tokens += [token_of(card, label) for label in ("Übernehmen", "Erledigt", "Weitergeben …", "Mehr …")]
    for token in tokens:
        callback = await pressed(office, thief, own, token)
        assert (callback.text, callback.alert) == (NOT_HERE, True)
    assert story_of(office) == before
    await office.stays_silent(person, office.wohnen)


async def test_another_contacts_token_is_refused_too(office: Office) -> None:
    person = await office.known("Gehütet")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    other = await office.known("Nebenan")
    own = await office.arbeit.sees(await office.takes_in(other, "Ich suche ein Praktikum."))
    await office.settles()
    before = story_of(office)
    callback = await pressed(office, office.arbeit, own, token_of(card, "Erledigt"))
    assert callback.text == NOT_HERE
    assert story_of(office) == before


async def test_a_stale_button_pressed_twice_does_nothing_the_second_time(office: Office) -> None:
    person = await office.known("Doppeldrückerin")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    take, done = token_of(card, "Übernehmen"), token_of(card, "Erledigt")
    await office.wohnen.presses("Übernehmen", on=card)
    await person.sees("kümmert sich jetzt")
    again = await pressed(office, office.wohnen, card, take)
    assert words(again.text) == TAKEN
    await office.stays_silent(person)

    office.wohnen.replies(card, "Gern")
    await person.sees("Gern")
    await office.wohnen.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")
    for token in (done, take):
        assert "schon" in words((await pressed(office, office.wohnen, card, token)).text)
    await office.stays_silent(person)


async def test_a_double_tap_counts_once(office: Office) -> None:
    """Both presses are on their way before the bot has answered the first."""
    person = await office.known("Ungeduldig")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    token = token_of(card, "Übernehmen")
    first, second = office.wohnen.forges(card, token), office.wohnen.forges(card, token)
    await person.sees("kümmert sich jetzt")
    await office.stays_silent(person)
    assert [words(one.text) for one in (first, second)] == ["Übernommen.", TAKEN]


async def test_the_choices_of_a_question_hold_once(office: Office) -> None:
    person = await office.known("Umentschieden")
    person.writes("Hallo, ich habe eine Frage.")
    question = await person.sees("Worum geht es?")
    tokens = [token_of(question, label) for label in ("Wohnen", "Arbeit")]
    await person.presses("Wohnen", on=question)
    await person.sees("ist angekommen")
    for token in tokens:
        assert (await pressed(office, person, question, token)).text == STALE
    await office.stays_silent(person, office.arbeit)


async def test_a_withdrawn_inquirys_buttons_hold_no_more(office: Office) -> None:
    person = await office.known("Zurückgezogen")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("ist angekommen")
    tokens = [token_of(receipt, label) for label in ("Anderes Thema", "Zurückziehen")]
    await person.presses("Zurückziehen", on=receipt)
    await person.sees("ist zurückgezogen")
    for token in tokens:
        assert (await pressed(office, person, receipt, token)).text == STALE
    await office.stays_silent(person)


async def test_a_press_on_a_message_that_was_deleted_is_answered(office: Office) -> None:
    person = await office.known("Aufräumerin")
    person.writes("Ich suche ein Zimmer.")
    receipt = await person.sees("ist angekommen")
    token = token_of(receipt, "Zurückziehen")
    receipt.deleted = True
    assert (await pressed(office, person, receipt, token)).answered
    await person.sees("ist zurückgezogen")
