"""Answers and follow-ups: what is said to be sent was sent, and what could not be sent is said."""

import asyncio

from bot.playground.faults import Fault, drop, hold, internal_error
from tests.support.office import Office, plain


async def test_the_contact_is_told_sent_only_after_telegram_has_it(office: Office) -> None:
    person = await office.known("Wartend")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    gate = asyncio.Event()
    fault = office.driver.faults.add(Fault(hold(gate), methods={"sendMessage"}, chat_id=person.id))
    office.wohnen.replies(card, "Ich habe eines für Sie.")
    await office.driver.confirmed()
    await office.wohnen.sees("Stand: beantwortet")
    assert fault.hits == 1
    assert [message.text for message in office.wohnen.unseen(edits=False)] == []
    gate.set()
    await person.sees("Ich habe eines")
    assert "Gesendet an Wartend" in plain(await office.wohnen.sees("✓"))


async def test_the_inquirer_is_told_passed_on_only_after_telegram_has_it(office: Office) -> None:
    person = await office.known("Nachschub")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    gate = asyncio.Event()
    office.driver.faults.add(Fault(hold(gate), methods={"sendMessage"}, chat_id=office.wohnen.id))
    person.writes("Es darf auch klein sein.")
    await office.driver.confirmed()
    assert [message.text for message in person.unseen(edits=False)] == []
    gate.set()
    relayed = await office.wohnen.sees("auch klein")
    assert relayed.placing.reply_to == card.id
    await person.sees("✓ Weitergegeben")


async def test_an_answer_to_somebody_who_blocked_the_bot_is_said_not_to_be_sent(office: Office) -> None:
    office.expected_log = ["parked (unreachable)"]
    person = await office.known("Geblockt")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    person.blocks()
    office.wohnen.replies(card, "Rufen Sie mich an.")
    refused = await office.wohnen.sees("✗")
    assert f"Nicht gesendet an Geblockt ({reference})" in plain(refused)
    await office.settles()
    assert not any("✓" in message.text for message in office.wohnen.unseen())


async def test_an_answer_whose_fate_is_unknown_comes_again_and_is_marked(office: Office) -> None:
    office.expected_log = ["uncertain, sent again"]
    person = await office.known("Doppelt")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.driver.faults.add(Fault(drop(), methods={"sendMessage"}, chat_id=person.id, after_effect=True))
    office.wohnen.replies(card, "Morgen um neun?")
    again = await person.sees("(Möglicherweise doppelt)")
    assert "Morgen um neun?" in again.text
    await office.wohnen.sees("✓ Gesendet")
    assert sum("Morgen um neun?" in message.text for message in person.received) == 2


async def test_a_notice_whose_fate_is_unknown_does_not_come_again(office: Office) -> None:
    office.expected_log = ["uncertain, not sent again"]
    person = await office.known("Einmalig")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.driver.faults.add(Fault(internal_error(), methods={"sendMessage"}, chat_id=person.id, after_effect=True))
    await office.wohnen.presses("Übernehmen", on=card)
    await person.sees("kümmert sich jetzt")
    await office.stays_silent(person)


async def test_several_answers_and_follow_ups_arrive_in_the_order_they_were_written(office: Office) -> None:
    person = await office.known("Gespräch")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    for number in range(1, 6):
        office.wohnen.replies(card, f"Antwort {number}")
    await person.sees("Antwort 5")
    answers = [
        message.text[-1] for message in person.received if "Antwort " in message.text and "bis" not in message.text
    ]
    assert answers == ["1", "2", "3", "4", "5"]
    for number in range(1, 6):
        person.replies(person.received[-1], f"Rückfrage {number}")
    await office.wohnen.sees("Rückfrage 5")
    asked = [message.text[-1] for message in office.wohnen.received if "Rückfrage " in message.text]
    assert asked == ["1", "2", "3", "4", "5"]
    await office.settles()
    assert sum("✓" in message.text for message in office.wohnen.unseen()) == 5
    assert sum("✓" in message.text for message in person.unseen()) == 5


async def test_an_answer_may_reply_to_any_message_relayed_not_only_to_the_card(office: Office) -> None:
    person = await office.known("Beharrlich")
    await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.wohnen.sees("Ich suche ein Zimmer.")
    person.writes("Mit Balkon bitte.")
    relayed = await office.wohnen.sees("Mit Balkon bitte.")
    office.wohnen.replies(relayed, "Balkone sind selten.")
    answer = await person.sees("Balkone sind selten.")
    assert answer.placing.reply_to is not None
    confirmation = await office.wohnen.sees("✓")
    office.wohnen.replies(confirmation, "Aber ich sehe nach.")
    await person.sees("Aber ich sehe nach.")


async def test_a_word_more_after_closing_is_sent_and_the_reply_to_it_reopens_the_inquiry(office: Office) -> None:
    person = await office.known("Nachzügler")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    await office.wohnen.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")
    office.wohnen.replies(card, "Doch noch etwas gefunden!")
    answer = await person.sees("Doch noch etwas gefunden!")
    await office.wohnen.sees("Bleibt abgeschlossen")
    await office.settles()
    assert card.labels == ["Wieder öffnen", "📁 Für die Akte"]
    person.replies(answer, "Das nehme ich!")
    await office.wohnen.sees("Das nehme ich!")
    await office.settles()
    assert card.labels == ["Übernehmen", "Erledigt", "Weitergeben …", "Mehr …"]


async def test_who_allows_the_bot_again_gets_the_answer_they_missed(office: Office) -> None:
    office.expected_log = ["parked (unreachable)"]
    person = await office.known("Wieder da")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    person.blocks()
    office.wohnen.replies(card, "Gute Nachricht: es klappt.")
    await office.wohnen.sees("Die Person hat den Bot gesperrt")
    person.unblocks()
    await person.sees("Gute Nachricht: es klappt.")
    await office.wohnen.sees("✓ Gesendet")
