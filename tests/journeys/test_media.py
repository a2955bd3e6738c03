"""What is not text: copied to whom it is for, or answered with what is possible, never dropped."""

import pytest

from bot.playground.model import Message
from tests.support.driver import Driven
from tests.support.office import Office, plain

KINDS = ["photo", "document", "voice", "location", "contact", "sticker"]


def copies(reader: Driven, kind: str) -> list[Message]:
    """Return the copies of such a thing somebody has got and not seen yet."""
    return [message for message in reader.unseen() if message.kind == kind and message.placing.copied]


async def test_a_photo_with_a_caption_goes_where_its_words_say(office: Office) -> None:
    person = await office.known("Bildlich")
    person.sends("photo", caption="Dieses Zimmer ist frei.")
    receipt = await person.sees("ist angekommen")
    assert "Zuständig: Kontakt Wohnen" in plain(receipt)
    card = await office.wohnen.sees("Dieses Zimmer ist frei.")
    await office.settles()
    (photo,) = copies(office.wohnen, "photo")
    assert photo.placing.reply_to == card.id
    assert photo.text == "Dieses Zimmer ist frei."
    office.wohnen.replies(photo, "Schönes Bild.")
    await person.sees("Schönes Bild.")


async def test_a_photo_without_a_word_is_asked_about_and_comes_along(office: Office) -> None:
    person = await office.known("Wortlos")
    person.sends("photo")
    question = await person.sees("Worum geht es?")
    assert copies(office.leitung, "photo") == []
    await person.presses("Wohnen", on=question)
    card = await office.wohnen.sees("(ohne Text, siehe nächste Nachricht)")
    await office.settles()
    (photo,) = copies(office.wohnen, "photo")
    assert photo.placing.reply_to == card.id


async def test_a_photo_sent_before_the_notice_was_read_is_not_lost(office: Office) -> None:
    person = office.person("Eilig")
    person.sends("photo", caption="Wohnung zu vermieten")
    await person.presses("Weiter")
    await office.wohnen.sees("Wohnung zu vermieten")
    await office.settles()
    assert len(copies(office.wohnen, "photo")) == 1


async def test_an_album_is_one_inquiry_with_one_notice_and_one_receipt(office: Office) -> None:
    person = office.person("Album")
    person.sends_album(3, caption="Unser Zimmer")
    await person.sees("Vorher kurz zum Datenschutz")
    await office.stays_silent(person)
    await person.presses("Weiter")
    await person.sees("ist angekommen")
    await office.wohnen.sees("Unser Zimmer")
    await office.settles()
    assert len(copies(office.wohnen, "photo")) == 3
    assert [message.text for message in person.unseen(edits=False)] in ([], ["✓"])


async def test_an_album_without_a_word_is_asked_about_once(office: Office) -> None:
    person = await office.known("Stummalbum")
    person.sends_album(3)
    question = await person.sees("Worum geht es?")
    await office.stays_silent(person)
    await person.presses("Wohnen", on=question)
    await person.sees("ist angekommen")
    await office.settles()
    assert len(copies(office.wohnen, "photo")) == 3


async def test_an_album_said_later_is_passed_on_whole_and_confirmed_once(office: Office) -> None:
    person = await office.known("Nachalbum")
    await office.takes_in(person, "Ich habe ein Zimmer.")
    person.sends_album(3, caption="Bilder davon")
    await person.sees("✓ Weitergegeben")
    await office.stays_silent(person)
    photos = copies(office.wohnen, "photo")
    assert [photo.text for photo in photos] == ["Bilder davon", "", ""]


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_is_added_to_an_inquiry_reaches_the_contact(office: Office, kind: str) -> None:
    person = await office.known(f"Dazu {kind}")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    sent = person.sends(kind)
    confirmation = await person.sees("✓ Weitergegeben")
    assert confirmation.placing.reply_to == sent.id
    await office.settles()
    (copy,) = copies(office.wohnen, kind)
    assert copy.placing.reply_to == card.id


@pytest.mark.parametrize("kind", ["document", "voice", "location", "contact"])
async def test_whatever_comes_first_without_words_is_asked_about(office: Office, kind: str) -> None:
    person = await office.known(f"Zuerst {kind}")
    person.sends(kind)
    await person.presses("Etwas anderes", on=await person.sees("Worum geht es?"))
    await office.leitung.sees("(ohne Text, siehe nächste Nachricht)")
    await office.settles()
    assert len(copies(office.leitung, kind)) == 1


async def test_a_sticker_alone_is_answered_with_a_wish_for_words(office: Office) -> None:
    person = await office.known("Aufkleber")
    person.sends("sticker")
    await person.sees("in ein oder zwei Sätzen, worum es geht")
    await office.stays_silent(*office.desks)


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_the_contact_answers_with_reaches_the_inquirer_signed(office: Office, kind: str) -> None:
    person = await office.known(f"Antwort {kind}")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    office.wohnen.sends(kind, reply_to=card)
    signed = await person.sees("Antwort von")
    assert f"Antwort von Kontakt Wohnen ({reference}):" in plain(signed)
    await office.wohnen.sees("✓ Gesendet")
    await office.settles()
    assert signed.kind == kind or len(copies(person, kind)) == 1


async def test_an_album_as_an_answer_arrives_whole_signed_and_confirmed_once(office: Office) -> None:
    person = await office.known("Bilderantwort")
    card = await office.wohnen.sees(await office.takes_in(person, "Ich suche ein Zimmer."))
    office.wohnen.sends_album(3, caption="So sieht es aus", reply_to=card)
    signed = await person.sees("So sieht es aus")
    assert "Antwort von Kontakt Wohnen" in plain(signed)
    await office.wohnen.sees("✓ Gesendet")
    await office.stays_silent(office.wohnen)
    assert len(copies(person, "photo")) == 2, "and the first, which was seen"
