"""Messages changed after they were sent: whoever has the earlier form gets the new one; nothing else happens."""

from tests.support.office import Office, plain, reference_of


async def test_an_edit_before_the_notice_is_read_replaces_what_is_held(office: Office) -> None:
    person = office.person("Vorschnell")
    message = person.writes("Ich suche ein Zimer für mich und mein Kamel.")
    notice = await person.sees("Vorher kurz zum Datenschutz")
    person.edits(message, "Ich suche ein Zimmer für mich.")
    await office.stays_silent(person)
    await person.presses("Weiter", on=notice)
    await person.sees("ist angekommen")
    card = await office.wohnen.sees("Ich suche ein Zimmer für mich.")
    assert "Kamel" not in card.text
    await office.stays_silent(office.wohnen)


async def test_an_edit_while_the_question_waits_can_answer_it(office: Office) -> None:
    person = await office.known("Klärend")
    message = person.writes("Hallo, ich habe eine Frage.")
    await person.sees("Worum geht es?")
    person.edits(message, "Hallo, ich habe eine Frage zur Nachhilfe.")
    assert "Zuständig: Kontakt Bildung" in plain(await person.sees("ist angekommen"))
    await office.bildung.sees("Frage zur Nachhilfe")
    await office.stays_silent(*office.desks)


async def test_an_edit_of_what_the_contact_has_arrives_as_a_reply_to_it(office: Office) -> None:
    person = await office.known("Genau")
    message = person.writes("Ich suche ein Zimmer ab April.")
    reference = reference_of(await person.sees("ist angekommen"))
    card = await office.wohnen.sees(reference)
    person.edits(message, "Ich suche ein Zimmer ab Mai.")
    changed = await office.wohnen.sees("ab Mai")
    assert plain(changed).startswith(f"{reference} · Genau hat die Nachricht geändert:")
    assert changed.placing.reply_to == card.id
    office.wohnen.replies(changed, "Mai geht.")
    await person.sees("Mai geht.")

    follow_up = person.writes("Mit zwei Betten.")
    relayed = await office.wohnen.sees("Mit zwei Betten.")
    person.edits(follow_up, "Mit drei Betten.")
    assert (await office.wohnen.sees("Mit drei Betten.")).placing.reply_to == relayed.id
    assert office.bot.count("SELECT count(*) FROM inquiries WHERE reference = :ref", ref=reference) == 1


async def test_an_edit_goes_to_both_contacts_of_a_message_about_two_fields(office: Office) -> None:
    person = await office.known("Beides")
    message = person.writes("Ich suche eine Wohnung mit zwei Zimmern. Ich suche auch einen Deutschkurs.")
    await person.sees("betrifft zwei Themen")
    await office.settles()
    person.edits(message, "Ich suche eine Wohnung mit zwei Zimmern. Ich suche auch einen Deutschkurs am Abend.")
    await office.wohnen.sees("am Abend")
    await office.sprache.sees("am Abend")


async def test_an_edited_caption_reaches_the_contact_once(office: Office) -> None:
    person = await office.known("Bildtext")
    photo = person.sends("photo", caption="Zimmer frei")
    await person.sees("ist angekommen")
    await office.wohnen.sees("Zimmer frei")
    await office.settles()
    office.wohnen.has_seen_all()
    person.edits(photo, "Zimmer frei ab Mai")
    await office.wohnen.sees("Zimmer frei ab Mai")
    await office.stays_silent(office.wohnen, person)


async def test_an_edited_answer_reaches_the_inquirer_as_a_change(office: Office) -> None:
    person = await office.known("Empfänger")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    message = office.wohnen.replies(card, "Besuch am Montag.")
    answer = await person.sees("Besuch am Montag.")
    office.wohnen.edits(message, "Besuch am Dienstag.")
    changed = await person.sees("Besuch am Dienstag.")
    assert plain(changed).startswith(f"Geänderte Antwort von Kontakt Wohnen ({reference}):")
    assert changed.placing.reply_to == answer.id
    person.replies(changed, "Dienstag passt.")
    await office.wohnen.sees("Dienstag passt.")


async def test_an_edit_of_something_the_bot_never_passed_on_changes_nothing(office: Office) -> None:
    message = office.wohnen.writes("Nur so vor mich hin.")
    question = await office.wohnen.sees("An wen soll ich das senden?")
    await office.wohnen.presses("An niemanden", question)
    await office.wohnen.sees("Das ging an niemanden")
    office.wohnen.edits(message, "Immer noch vor mich hin.")
    await office.stays_silent(*office.desks)
