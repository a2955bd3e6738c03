"""A contact's card in the real process: menus, questions that open a reply, and a second person with the same card."""

from tests.support.office import Office, plain


async def test_a_question_back_a_last_word_and_one_tap_to_reopen(office: Office) -> None:
    person = await office.known("Nachgefragt")
    reference = await office.takes_in(person, "Ich suche eine Wohnung mit zwei Zimmern.")
    card = await office.wohnen.sees(reference)

    await office.wohnen.presses("Mehr …", on=card)
    await office.wohnen.sees_button("Rückfrage")
    await office.wohnen.presses("Rückfrage", on=card)
    question = await office.wohnen.sees("Was möchten Sie Nachgefragt fragen?")
    office.wohnen.replies(question, "Ab wann?")
    assert plain(await person.sees("Ab wann?")).startswith(f"Frage von Kontakt Wohnen ({reference}):")
    assert "Stand: in Bearbeitung" in plain(await office.wohnen.sees("in Bearbeitung"))

    await office.wohnen.presses("Mehr …", on=card)
    await office.wohnen.sees_button("Schlusswort senden")
    await office.wohnen.presses("Schlusswort senden", on=card)
    last_word = await office.wohnen.sees("zum Schluss schreiben?")
    office.wohnen.replies(last_word, "Sie stehen auf der Liste.")
    assert plain(await person.sees("auf der Liste")).startswith("Antwort von Kontakt Wohnen")
    await person.sees("ist abgeschlossen")

    await office.wohnen.sees_button("Wieder öffnen")
    await office.wohnen.presses("Wieder öffnen", on=card)
    assert "Kontakt Wohnen kümmert sich darum" in plain(await person.sees("ist wieder offen"))


async def test_handed_to_a_colleague_by_name_the_old_card_says_who_has_it(office: Office) -> None:
    person = await office.known("Weitergereicht")
    reference = await office.takes_in(person, "Ich suche eine Wohnung mit zwei Zimmern.")
    card = await office.wohnen.sees(reference)
    for label in ("Weitergeben …", "Jemand Bestimmtes …", "Kontakt Arbeit"):
        await office.wohnen.sees_button(label)
        await office.wohnen.presses(label, on=card)

    assert "kümmert sich jetzt: Kontakt Arbeit" in plain(await person.sees("kümmert sich jetzt"))
    handed = await office.arbeit.sees(reference)
    assert "Weitergegeben von: Kontakt Wohnen" in plain(handed)
    assert "Jetzt bei: Kontakt Arbeit" in plain(await office.wohnen.sees("Jetzt bei"))
    assert card.labels == []
    office.arbeit.replies(handed, "Ich melde mich.")
    assert plain(await person.sees("Ich melde mich")).startswith("Antwort von Kontakt Arbeit")
