"""People who write for the first time: who they are decides nothing, what they write decides where it goes."""

from tests.support.office import Office, plain, reference_of

ALL_FIELDS = ["Wohnen", "Sprache", "Gesellschaft", "Bildung", "Arbeit"]


async def test_a_landlord_reads_the_notice_first_and_types_nothing_twice(office: Office) -> None:
    landlord = office.person("Vermieterin")
    words = "Guten Tag, bei uns steht die Einliegerwohnung leer."
    landlord.writes(words)
    notice = await landlord.sees("Vorher kurz zum Datenschutz")
    assert notice.labels == ["Weiter", "Continue in English", "Mehr zum Datenschutz"]
    assert "Ihre Nachricht ist nicht verloren" in notice.text
    await office.stays_silent(office.wohnen, landlord)

    await landlord.presses("Weiter")
    receipt = await landlord.sees("ist angekommen")
    reference = reference_of(receipt)
    for part in ("Zuständig: Kontakt Wohnen (Thema Wohnen)", "Erkannt an: „Einliegerwohnung“", "Antwort bis: "):
        assert part in plain(receipt)
    assert receipt.labels == ["Anderes Thema", "Zurückziehen"]

    card = await office.wohnen.sees(reference)
    assert words in card.text
    for part in (
        f"{reference} · Wohnen",
        "Erkannt an: „Einliegerwohnung“",
        "Von: Vermieterin",
        "Anliegen: bietet etwas an",
        "Stand: angekommen",
    ):
        assert part in plain(card)
    assert card.labels == ["Übernehmen", "Erledigt", "Weitergeben …", "Mehr …"]
    await office.stays_silent(landlord, office.wohnen, office.sprache, office.leitung)
    assert notice.labels == [], "the notice's buttons are gone"


async def test_a_whole_inquiry_from_the_first_word_to_the_thanks_after_closing(office: Office) -> None:
    landlord = await office.known("Vermieter")
    reference = await office.takes_in(landlord, "Wir haben eine Wohnung, wie kann ich vermieten?")
    card = await office.wohnen.sees(reference)
    await office.wohnen.presses("Übernehmen", on=card)
    assert "Kontakt Wohnen kümmert sich jetzt" in plain(await landlord.sees("kümmert sich"))
    assert "Stand: in Bearbeitung" in plain(await office.wohnen.sees("in Bearbeitung"))

    office.wohnen.replies(card, "Schön! Wann passt ein Besuch?")
    answer = await landlord.sees("Wann passt ein Besuch?")
    assert plain(answer).startswith(f"Antwort von Kontakt Wohnen ({reference}):")
    assert f"Gesendet an Vermieter ({reference})" in plain(await office.wohnen.sees("✓"))

    landlord.replies(answer, "Am Dienstag ab drei.")
    relayed = await office.wohnen.sees("Am Dienstag ab drei.")
    assert plain(relayed).startswith(f"{reference} · Vermieter schreibt:")
    assert f"Weitergegeben an Kontakt Wohnen ({reference})" in plain(await landlord.sees("✓"))

    await office.wohnen.presses("Erledigt", on=card)
    closed = await landlord.sees("ist abgeschlossen")
    assert (await office.wohnen.sees("abgeschlossen")).id == card.id
    assert card.labels == ["Wieder öffnen", "📁 Für die Akte"]

    landlord.replies(closed, "Danke! Eine Frage noch: Wer zahlt die Kaution?")
    assert "ist wieder offen" in (await landlord.sees("wieder offen")).text
    assert "war abgeschlossen, ist wieder offen" in (await office.wohnen.sees("Kaution")).text
    assert (await office.wohnen.sees("Stand: ")).id == card.id
    assert card.labels == ["Übernehmen", "Erledigt", "Weitergeben …", "Mehr …"]
    await office.stays_silent(landlord, office.wohnen)


async def test_an_employer_reaches_the_contact_for_work(office: Office) -> None:
    employer = office.person("Bäckerei")
    employer.writes("Wir suchen jemanden für die Backstube.")
    await employer.presses("Weiter")
    receipt = await employer.sees("ist angekommen")
    assert "Zuständig: Kontakt Arbeit (Thema Arbeit)" in plain(receipt)
    card = await office.arbeit.sees("Backstube")
    assert "Erkannt an: „Backstube“" in plain(card)
    office.arbeit.replies(card, "Gern. Ab wann?")
    assert plain(await employer.sees("Ab wann?")).startswith("Antwort von Kontakt Arbeit")


async def test_a_newcomer_reads_the_notice_in_two_languages_and_writes_in_their_own(office: Office) -> None:
    newcomer = office.person("Новенька", language="uk")
    words = "Добрий день! Шукаю курси німецької мови."
    newcomer.writes(words)
    notice = await newcomer.sees("Vorher kurz zum Datenschutz")
    assert "First, a word about privacy" in notice.text
    assert notice.labels == [
        "Auf Deutsch weiter",
        "Continue in English",
        "Mehr zum Datenschutz",
        "More about privacy",
    ]
    assert "Wenn Sie auf „Auf Deutsch weiter“ tippen" in plain(notice)
    assert "tap “Continue in English”" in plain(notice)

    await newcomer.presses("Continue in English")
    receipt = await newcomer.sees("has arrived")
    assert "Responsible: Kontakt Sprache (topic: Language)" in plain(receipt)
    assert "Recognised by: “німецької мови”" in plain(receipt)
    card = await office.sprache.sees(words)
    assert "Sprache der Nachricht: Ukrainisch" in plain(card)
    assert "Von: Новенька" in plain(card)

    office.sprache.replies(card, "Guten Tag! Der nächste Kurs beginnt im Mai.")
    assert plain(await newcomer.sees("im Mai")).startswith("Answer from Kontakt Sprache")


async def test_an_unsure_message_brings_two_choices_both_and_something_else(office: Office) -> None:
    volunteer = await office.known("Helferin")
    volunteer.writes("Wir wollen einen Kurs und ein Treffen.")
    question = await volunteer.sees("nicht ganz sicher")
    assert sorted(question.labels[:2]) == ["Gesellschaft", "Sprache"]
    assert question.labels[2:] == ["Beides", "Etwas anderes"]
    await office.stays_silent(office.sprache, office.gesellschaft, office.leitung, volunteer)

    await volunteer.presses("Gesellschaft", on=question)
    receipt = await volunteer.sees("ist angekommen")
    assert "Zuständig: Kontakt Gesellschaft" in plain(receipt)
    assert "Thema von der Person gewählt" in (await office.gesellschaft.sees("ein Treffen")).text
    await office.stays_silent(office.sprache, office.leitung)
    assert question.labels == []


async def test_what_nobody_recognises_is_asked_with_all_five_fields_and_may_be_something_else(office: Office) -> None:
    person = await office.known("Ratlos")
    person.writes("Guten Abend, wann fährt mein Bus?")
    question = await person.sees("Worum geht es?")
    assert question.labels == [*ALL_FIELDS, "Etwas anderes"]
    await person.presses("Etwas anderes", on=question)
    receipt = await person.sees("ist angekommen")
    assert "Leitung Integration" in receipt.text
    card = await office.leitung.sees("wann fährt mein Bus?")
    assert "Allgemein" in card.text
    assert "Kein Thema erkannt" in card.text
    await office.stays_silent(*[desk for desk in office.desks if desk is not office.leitung])


async def test_more_words_answer_the_question_as_well_as_a_button(office: Office) -> None:
    person = await office.known("Wortkarg")
    person.writes("Hallo, eine Frage")
    question = await person.sees("Worum geht es?")
    person.writes("Es geht um Nachhilfe für die Schule.")
    assert "Zuständig: Kontakt Bildung" in plain(await person.sees("ist angekommen"))
    card = await office.bildung.sees("Hallo, eine Frage")
    assert "Nachhilfe" in (await office.bildung.sees("Es geht um Nachhilfe")).text
    assert "Erkannt an: " in card.text
    await office.settles()
    assert question.labels == [], "what was asked is answered"


async def test_a_message_about_two_fields_goes_to_both_and_closes_when_both_are_done(office: Office) -> None:
    person = await office.known("Zweierlei")
    person.writes("Ich suche eine Wohnung mit zwei Zimmern. Ich suche auch einen Deutschkurs.")
    receipt = await person.sees("betrifft zwei Themen")
    reference = reference_of(receipt)
    assert "• Kontakt Wohnen (Thema Wohnen)" in plain(receipt)
    assert "• Kontakt Sprache (Thema Sprache) – Erkannt an: „Deutschkurs“" in plain(receipt)
    housing, language = await office.wohnen.sees(reference), await office.sprache.sees(reference)
    assert "Auch an: Sprache" in plain(housing)
    assert "Auch an: Wohnen" in plain(language)

    office.sprache.replies(language, "Im Mai ist ein Platz frei.")
    await person.sees("Im Mai ist ein Platz frei.")
    await office.sprache.presses("Erledigt", on=language)
    assert "Noch offen: Wohnen." in plain(await person.sees("Noch offen"))
    person.replies(receipt, "Und wie viel kostet es?")
    await office.wohnen.sees("wie viel kostet es?")
    await office.wohnen.presses("Erledigt", on=housing)
    await person.sees("ist abgeschlossen")


async def test_who_corrects_an_inquiry_about_two_fields_moves_it_as_a_whole(office: Office) -> None:
    person = await office.known("Zusammengelegt")
    person.writes("Ich suche eine Wohnung mit zwei Zimmern. Ich suche auch einen Deutschkurs.")
    reference = reference_of(await person.sees("betrifft zwei Themen"))
    housing, language = await office.wohnen.sees(reference), await office.sprache.sees(reference)
    await person.presses("Anderes Thema")
    question = await person.sees("Worum geht es bei Ihrer Anfrage")
    assert question.labels == ["Gesellschaft", "Bildung", "Arbeit", "Etwas anderes"]
    await person.presses("Bildung", on=question)
    await person.sees("liegt jetzt bei")
    card = await office.bildung.sees(reference)
    await office.stays_silent(person, office.bildung)
    assert housing.labels == language.labels == []
    await office.bildung.presses("Erledigt", on=card)
    await person.sees("ist abgeschlossen")


async def test_a_share_moved_to_the_other_field_of_the_same_inquiry_joins_it(office: Office) -> None:
    person = await office.known("Zusammengeführt")
    person.writes("Ich suche eine Wohnung mit zwei Zimmern. Ich suche auch einen Deutschkurs.")
    reference = reference_of(await person.sees("betrifft zwei Themen"))
    housing, language = await office.wohnen.sees(reference), await office.sprache.sees(reference)
    await office.sprache.presses("Weitergeben …", on=language)
    await office.sprache.presses("Wohnen", on=language)
    await person.sees("liegt jetzt bei")
    person.writes("Das Zimmer ist mir wichtiger.")
    await office.wohnen.sees("wichtiger")
    await office.stays_silent(office.sprache)
    await office.wohnen.presses("Erledigt", on=housing)
    await person.sees("ist abgeschlossen")


async def test_the_contact_moves_a_wrong_field_with_one_more_tap(office: Office) -> None:
    person = await office.known("Fehlgeleitet")
    reference = await office.takes_in(person, "Die Wohnung ist gut, ich brauche Hilfe mit dem Formular.")
    card = await office.wohnen.sees(reference)
    await office.wohnen.presses("Weitergeben …", on=card)
    await office.wohnen.sees_button("Zurück")
    fields = ["Sprache", "Gesellschaft", "Bildung", "Arbeit"]
    assert card.labels == [*fields, "An \u2068Leitung Integration\u2069", "Jemand Bestimmtes …", "Zurück"]
    await office.wohnen.presses("Gesellschaft", on=card)

    assert "liegt jetzt bei Kontakt Gesellschaft" in plain(await person.sees("liegt jetzt bei"))
    moved = await office.gesellschaft.sees(reference)
    assert "Kommt von: Wohnen" in plain(moved)
    assert "Hilfe mit dem Formular" in moved.text
    assert "Stand: weitergegeben an Kontakt Gesellschaft" in plain(await office.wohnen.sees("Stand: weitergegeben an"))
    assert card.labels == []
    office.gesellschaft.replies(moved, "Kommen Sie gern vorbei.")
    assert plain(await person.sees("Kommen Sie")).startswith("Antwort von Kontakt Gesellschaft")


async def test_a_contact_who_looked_at_the_fields_can_go_back(office: Office) -> None:
    person = await office.known("Zurück")
    card = await office.arbeit.sees(await office.takes_in(person, "Ich suche ein Praktikum."))
    await office.arbeit.presses("Weitergeben …", on=card)
    await office.arbeit.presses("Zurück", on=card)
    await office.arbeit.sees_button("Übernehmen")
    assert card.labels == ["Übernehmen", "Erledigt", "Weitergeben …", "Mehr …"]
    await office.stays_silent(person)


async def test_the_inquirer_corrects_the_field_with_two_taps(office: Office) -> None:
    person = await office.known("Selbst")
    reference = await office.takes_in(person, "Unser Verein hat eine Idee.")
    card = await office.gesellschaft.sees(reference)
    await person.presses("Anderes Thema")
    question = await person.sees("Worum geht es bei Ihrer Anfrage")
    assert question.labels == ["Wohnen", "Sprache", "Bildung", "Arbeit", "Etwas anderes"]
    await person.presses("Bildung", on=question)
    assert "liegt jetzt bei Kontakt Bildung" in plain(await person.sees("liegt jetzt bei"))
    assert "Kommt von: Gesellschaft" in plain(await office.bildung.sees(reference))
    await office.gesellschaft.sees("Stand: weitergegeben an")
    await office.settles()
    assert card.labels == question.labels == []


async def test_an_inquiry_can_be_withdrawn_and_that_be_undone(office: Office) -> None:
    person = await office.known("Wankelmut")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    card = await office.wohnen.sees(reference)
    await person.presses("Zurückziehen")
    withdrawn = await person.sees("ist zurückgezogen")
    assert "von der Person zurückgezogen" in (await office.wohnen.sees("von der Person zurückgezogen")).text
    await office.settles()
    assert card.labels == []

    office.wohnen.replies(card, "Wie schade, ich hätte etwas gehabt.")
    assert "nicht gesendet" in (await office.wohnen.sees("nicht gesendet")).text
    await office.stays_silent(person)

    await person.presses("Doch nicht", on=withdrawn)
    assert f"Ihre Anfrage {reference} ist wieder offen." in plain(await person.sees("wieder offen"))
    await office.wohnen.sees("doch nicht zurückgezogen")
    office.wohnen.replies(card, "Gut, ich habe etwas.")
    await person.sees("ich habe etwas")


async def test_a_reply_to_what_was_withdrawn_opens_it_again(office: Office) -> None:
    person = await office.known("Doch wieder")
    reference = await office.takes_in(person, "Ich suche ein Zimmer.")
    await office.wohnen.sees(reference)
    await person.presses("Zurückziehen")
    withdrawn = await person.sees("ist zurückgezogen")
    await office.wohnen.sees("von der Person zurückgezogen")
    person.replies(withdrawn, "Ich brauche es doch noch.")
    await person.sees("ist wieder offen")
    await office.wohnen.sees("Ich brauche es doch noch.")
    await person.presses("Doch nicht", on=withdrawn)
    await office.stays_silent(person)


async def test_words_of_danger_are_answered_at_once_even_before_the_notice_and_reach_the_general_contact(
    office: Office,
) -> None:
    person = office.person("In Not")
    person.writes("Hilfe, mein Nachbar ist in Lebensgefahr!")
    assert "112" in (await person.sees("rufen Sie bitte jetzt an")).text
    card = await office.leitung.sees("Lebensgefahr")
    assert "DRINGEND" in card.text
    office.leitung.replies(card, "Haben Sie die 112 erreicht?")
    await person.sees("Haben Sie die 112 erreicht?")
