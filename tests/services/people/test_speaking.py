"""In which language the bot speaks: by words and app until somebody chooses, and in danger in more than one."""

import pytest

from tests.support.clock import ManualClock, berlin
from tests.support.fake_telegram import Shown
from tests.support.rulebook import DANGER, all_texts, make_book
from tests.support.stage import Stage, raise_stage, said

REF = "2026-0001"
IN_GERMAN, IN_ENGLISH, IN_ARABIC = "Ich suche Hilfe, Lebensgefahr", "murder", "زوجي يضربني"
IN_UKRAINIAN = "чоловік мене б'є"
BOOK = {"emergency": {"en": ["murder"], "ar": ["زوجي يضربني"], "uk": [IN_UKRAINIAN]}}


def said_in(languages: list[str], key: str = "emergency") -> str:
    further = all_texts().emergency_in
    return "\n\n———\n\n".join(further(language) or said(key, language) for language in languages)


CRIES = [
    # label, the app's language, the cry for help, the languages of the numbers in their order
    ("in the bot's language", "de", IN_GERMAN, ["de"]),
    ("in the office's other language", "en", IN_ENGLISH, ["en"]),
    ("in none that is known, with a German bot", "de", DANGER, ["de"]),
    ("in none that is known, with an English bot", "en", DANGER, ["en", "de"]),
    ("in none that is known, with an Arabic app", "ar", DANGER, ["en", "de"]),
    ("in Arabic, with a Turkish app", "tr", IN_ARABIC, ["ar", "en", "de"]),
    ("in Ukrainian, with a German app", "de", IN_UKRAINIAN, ["uk", "de"]),
]


@pytest.mark.parametrize(("label", "app", "text", "languages"), CRIES, ids=[row[0] for row in CRIES])
async def test_the_numbers_come_in_every_language_that_may_help(
    label: str, app: str, text: str, languages: list[str]
) -> None:
    async with raise_stage(make_book(BOOK)) as stage:
        maria = stage.person("Maria", app)

        await maria.writes(text)

        assert maria.texts[0] == said_in(languages)


CHOSEN = [
    # label, the app's language, the cry for help, the languages of the numbers in their order
    ("German to an English bot", "en", IN_GERMAN, ["de", "en"]),
    ("English to a German bot", "de", IN_ENGLISH, ["en", "de"]),
    ("German to a German bot", "de", IN_GERMAN, ["de"]),
    ("Ukrainian to a German bot", "de", IN_UKRAINIAN, ["uk", "de"]),
    ("Arabic to an English bot", "en", IN_ARABIC, ["ar", "en", "de"]),
]


@pytest.mark.parametrize(("label", "app", "text", "languages"), CHOSEN, ids=[row[0] for row in CHOSEN])
async def test_whoever_has_chosen_reads_the_numbers_in_the_language_they_cry_in_first(
    label: str, app: str, text: str, languages: list[str]
) -> None:
    async with raise_stage(make_book(BOOK)) as stage:
        maria = await stage.inquirer("Maria", app)
        before = len(maria.texts)

        await maria.writes(text)

        assert maria.texts[before] == said_in(languages)


async def test_what_they_read_later_tells_whom_to_call_in_that_language_and_that_nobody_has_it_yet() -> None:
    async with raise_stage(make_book(BOOK), ManualClock(berlin("2026-03-07 02:20"))) as stage:
        amira = stage.person("Amira", "ar")
        await amira.writes(IN_ARABIC)

        await amira.writes("هل هناك أحد؟")

        further = all_texts().emergency_in
        assert amira.last.text.splitlines() == [
            said("passed-on", "en", reference=REF, contact="Leitung"),
            further("ar", "danger-numbers"),
            said("danger-numbers", "en"),
            further("ar", "danger-untaken"),
            said("danger-untaken", "en"),
            said("receipt-closed-now", "en", opening="Monday, 9 March, 08:00"),
        ]


@pytest.mark.parametrize(
    ("first", "then"), [(DANGER, IN_ARABIC), (IN_ARABIC, "ok")], ids=["of these words", "else of those before"]
)
async def test_what_they_wrote_is_passed_on_with_the_numbers_in_its_language(first: str, then: str) -> None:
    async with raise_stage(make_book(BOOK)) as stage:
        amira = await stage.inquirer("Amira", "de")
        await amira.writes(first)

        await amira.writes(then, reply_to=amira.last)

        assert amira.last.text.splitlines() == [
            said("passed-on", reference=REF, contact="Leitung"),
            all_texts().emergency_in("ar", "danger-numbers"),
            said("danger-numbers"),
        ]


LATER = [
    # label, the cry for help, what is written later, the languages that are not spoken and whose line is read
    ("a word that is Turkish as well", IN_UKRAINIAN, "ok", ["uk"]),
    ("a German word", IN_UKRAINIAN, "Wohnung", ["uk"]),
    ("where they are, in German", IN_UKRAINIAN, "Haus 3, Zimmer 7", ["uk"]),
    ("a further cry in another language", IN_UKRAINIAN, IN_ARABIC, ["ar", "uk"]),
    ("a sentence in another language", IN_UKRAINIAN, "هل يمكنكم مساعدتي من فضلكم", ["ar", "uk"]),
    ("a word that is Turkish as well, after a German cry", IN_GERMAN, "ok", []),
]


@pytest.mark.parametrize(("label", "cry", "then", "languages"), LATER, ids=[row[0] for row in LATER])
async def test_the_language_of_the_cry_for_help_stays_whatever_is_written_next(
    label: str, cry: str, then: str, languages: list[str]
) -> None:
    also_turkish = {"fields": {"wohnen": {"keywords": {"tr": [{"word": "ok", "weight": 1}]}}}}
    async with raise_stage(make_book(BOOK | also_turkish)) as stage:
        olena = await stage.inquirer("Olena", "de")
        await olena.writes(cry)
        stage.clock.turn(minutes=5)

        await olena.writes(then, reply_to=olena.last)

        lines = olena.last.text.splitlines()
        numbers = [all_texts().emergency_in(language, "danger-numbers") for language in languages]
        assert lines[1 : 2 + len(languages)] == [*numbers, said("danger-numbers")]


async def test_danger_that_comes_with_a_changed_message_is_answered_so_too(stage: Stage) -> None:
    maria = await stage.inquirer("Maria", "en")
    written = await maria.writes("Wann fährt der Bus?")

    await maria.edits(written, IN_GERMAN)

    assert said_in(["de", "en"]) in maria.texts


async def test_who_is_blocked_reads_the_numbers_in_both_languages_too(stage: Stage) -> None:
    maria = await stage.inquirer("Maria", "en")
    await maria.writes("a flat")
    await stage.contact("leitung").writes(f"/sperren {REF}")

    await maria.writes(IN_GERMAN)

    assert said_in(["de", "en"], "emergency-blocked") in maria.texts


# ------------------------------------------------------------ what the card says of it


def language_line(card: Shown) -> str | None:
    begins = [said(key, language="X", bot="X").partition(":")[0] for key in ("card-language", "card-bot-language")]
    return next((line for line in card.text.splitlines() if line.partition(":")[0] in begins), None)


LINES = [
    # label, the app's language, the message, the line
    ("all in the office's own", "de", "Ich suche eine Wohnung", None),
    ("nothing known, spoken to in the office's own", "de", "Unsere Wohnung steht leer", None),
    ("the message's", "de", "a flat", said("card-language", language="Englisch")),
    (
        "both in another",
        "en",
        "a flat",
        said("card-language-and-bots", language="Englisch", bot="Englisch"),
    ),
    (
        "German to an English bot",
        "en",
        "Ich suche eine Wohnung",
        said("card-language-and-bots", language="Deutsch", bot="Englisch"),
    ),
    ("nothing known, another bot's", "en", "Unsere Wohnung steht leer", said("card-bot-language", bot="Englisch")),
]


@pytest.mark.parametrize(("label", "app", "text", "line"), LINES, ids=[row[0] for row in LINES])
async def test_a_card_says_which_language_the_person_writes_and_which_the_bot(
    stage: Stage, label: str, app: str, text: str, line: str | None
) -> None:
    maria = await stage.inquirer("Maria", app)

    await maria.writes(text)

    assert language_line(stage.contact("wohnen-kontakt").card(REF)) == line


async def test_another_language_chosen_stands_on_the_cards_of_what_is_open(stage: Stage) -> None:
    maria = await stage.inquirer("Maria", "en")
    await maria.writes("Ich suche eine Wohnung")
    wohnen = stage.contact("wohnen-kontakt")
    assert language_line(wohnen.card(REF)) is not None
    await maria.writes("/sprache")

    await maria.presses("Deutsch")

    assert maria.last.text == said("language-set")
    assert language_line(wohnen.card(REF)) is None


async def test_so_does_one_chosen_under_the_notice_after_danger() -> None:
    async with raise_stage(make_book(BOOK)) as stage:
        maria = stage.person("Maria", "ar")
        await maria.writes(IN_ARABIC)
        card = stage.contact("leitung").card(REF)
        assert language_line(card) == said("card-language-and-bots", language="Arabisch", bot="Englisch")

        await maria.presses(said("btn-go-on-in", language="de"))

        assert language_line(stage.contact("leitung").card(REF)) == said("card-language", language="Arabisch")
