"""`/aendern`: a person corrects what was recognised wrongly, and whoever has the inquiry sees it."""

import json
from pathlib import Path

import pytest

from bot.model import InquiryState
from tests.support.rulebook import DANGER, TO_HOUSING, TO_LANGUAGE, UNCLEAR, make_book
from tests.support.stage import Someone, Stage, raise_stage, said

REF = "2026-0001"
PLACES = [
    {"ags": "08336050", "name": "Lörrach", "region": "Mitte"},
    {"ags": "08336084", "name": "Steinen", "region": "Ost", "needs_context": ["Steinen"]},
]


@pytest.fixture
async def stage(tmp_path):  # type: ignore[no-untyped-def]
    """A county with two places, one of them an ordinary word too."""
    async with raise_stage(make_book({"places": PLACES, "cues": {"place": {"de": ["in", "aus"]}}}, tmp_path)) as raised:
        yield raised


async def in_loerrach(stage: Stage) -> tuple[Someone, Someone]:
    maria = await stage.inquirer("Maria")
    await maria.writes(f"{TO_HOUSING} in Lörrach")
    return maria, stage.contact("wohnen-kontakt")


async def decision_place(stage: Stage) -> str | None:
    decision = (await stage.inquiry()).decision
    assert decision is not None
    return decision.place


async def test_it_shows_what_was_understood(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")

    shown = said("change-what", reference=REF, name="Maria", place="Lörrach", who=said("change-unknown"))
    assert maria.last.text == f"{shown}\n{said('change-field', fields='Wohnen')}"
    assert maria.last.buttons == [
        said(key) for key in ("btn-change-place", "btn-change-no-place", "btn-change-who", "btn-other-topic")
    ]


@pytest.mark.parametrize("answer", ["Steinen", "in Steinen", "Wir wohnen in Steinen, oben am Wald"])
async def test_the_place_is_asked_for_and_the_card_shows_it(stage: Stage, answer: str) -> None:
    maria, wohnen = await in_loerrach(stage)
    assert "Ort: Lörrach" in wohnen.card(REF).text
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    assert maria.last.text == said("change-place-ask", reference=REF)
    await maria.replies(answer)

    assert maria.last.text == said("change-done-place", reference=REF, place="Steinen") + " " + said("change-seen")
    assert said("card-place-corrected", place="Steinen") in wohnen.card(REF).text.splitlines()
    assert "Lörrach" not in wohnen.card(REF).text.split("\n\n")[0]


async def test_the_place_may_be_said_to_another_copy_of_the_question(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    twin = stage.telegram.enter(maria.address.chat, maria.last.text, by_bot=True)
    await maria.replies("Steinen", to=twin)

    assert await decision_place(stage) == "Steinen"


async def test_a_name_alone_shortly_after_the_question_is_its_answer(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.writes("Steinen")

    assert await decision_place(stage) == "Steinen"
    # Said once more it is a word to the contact again.
    await maria.writes("Steinen")
    assert wohnen.last.text.endswith("Steinen")


@pytest.mark.parametrize(
    ("label", "minutes", "text"),
    [
        ("too late", 11, "Steinen"),
        ("a sentence", 1, "Die Wohnung steht in Steinen am Wald"),
        ("a question", 1, "Schon gesehen?"),
        ("thanks", 1, "Vielen Dank!"),
        ("about a topic", 1, "Große Wohnung"),
    ],
)
async def test_what_is_no_answer_to_the_question_goes_to_the_contact(
    stage: Stage, label: str, minutes: int, text: str
) -> None:
    maria, wohnen = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await stage.wait(minutes=minutes)
    await maria.writes(text)

    assert await decision_place(stage) == "Lörrach"
    assert wohnen.last.text.endswith(text)


async def test_a_place_nobody_knows_is_asked_for_again(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    before = len(wohnen.received)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.replies("Atlantis")
    assert maria.last.text == said("change-place-unknown")
    await maria.replies("Steinen")

    assert await decision_place(stage) == "Steinen"
    assert len(wohnen.received) == before  # nothing of it went to the contact


async def test_so_is_one_written_without_replying_once_and_it_can_be_left(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    before = len(wohnen.received)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.writes("Atlantis")
    assert maria.last.text == said("change-place-unknown")
    assert maria.last.buttons == [said("btn-change-keep")]
    assert len(wohnen.received) == before

    await maria.presses("btn-change-keep")
    assert maria.last.text == said("change-kept", reference=REF)
    for text in ("Unter dem Meer", "Steinen"):
        await maria.writes(text)

        assert wohnen.last.text.endswith(text)
        assert await decision_place(stage) == "Lörrach"


@pytest.mark.parametrize("first", [None, "Atlantis"])
async def test_a_new_matter_in_a_place_is_no_answer_to_the_question_for_one(stage: Stage, first: str | None) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    if first is not None:
        await maria.writes(first)
    await stage.wait(minutes=2)
    await maria.writes("Deutschkurs in Steinen")

    assert await decision_place(stage) == "Lörrach"
    assert maria.last.text == said("which", count=1)


async def test_a_place_whose_name_is_a_keyword_too_needs_no_reply_either(tmp_path: Path) -> None:
    places = [*PLACES, {"ags": "08336034", "name": "Hausen im Wiesental", "region": "Ost"}]
    keywords = {"wohnen": {"keywords": {"de": [{"word": "Wohnung", "weight": 3}, {"word": "Hausen", "weight": 3}]}}}
    async with raise_stage(make_book({"places": places, "fields": keywords}, tmp_path)) as stage:
        maria, _ = await in_loerrach(stage)
        await maria.writes("/aendern")
        await maria.presses("btn-change-place")
        await maria.writes("Hausen im Wiesental")

        assert await decision_place(stage) == "Hausen im Wiesental"


async def test_after_a_place_nobody_knows_the_right_one_needs_no_reply(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.writes("Atlantis")
    await maria.writes("Steinen")

    assert await decision_place(stage) == "Steinen"


async def test_a_place_can_be_taken_away(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-no-place")

    assert maria.last.text == said("change-done-no-place", reference=REF) + " " + said("change-seen")
    assert said("card-place-corrected", place=said("card-place-none")) in wohnen.card(REF).text.splitlines()


async def test_who_writes_is_chosen_by_button(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-who")
    await maria.presses(said("i-am-business"))

    told = said("change-done-who", reference=REF, who=said("you-are-business"))
    assert maria.last.text == told + " " + said("change-seen")
    assert said("card-who-corrected", who="Betrieb") in wohnen.card(REF).text.splitlines()
    assert said("card-place", place="Lörrach") in wohnen.card(REF).text.splitlines(), "only what was corrected says so"


async def test_nobody_is_said_to_see_what_nobody_has(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(UNCLEAR)
    await maria.writes("/aendern")
    await maria.presses("btn-change-who")
    await maria.presses(said("i-am-business"))

    assert maria.last.text == said("change-done-who", reference=REF, who=said("you-are-business"))


async def test_a_cry_for_help_stays_where_it_is(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(DANGER)
    await maria.writes("/aendern")
    assert said("btn-change-place") in maria.last.buttons
    assert said("btn-other-topic") not in maria.last.buttons

    for action, more in (("other_topic", {}), ("move_own", {"field": "wohnen"})):
        token = await stage.make_button(maria, action, (await stage.inquiry()).id, **more)
        assert await maria.presses_token(token, maria.last.message) == (said("press-stale-person"), True)
    assert [share.field for share in await stage.shares()] == ["general"]


async def test_the_topic_goes_the_known_way(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-other-topic")
    await maria.presses("Sprache")

    assert [share.field for share in await stage.shares()] == ["wohnen", "sprache"]


async def test_with_several_inquiries_it_asks_which(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes(TO_LANGUAGE)
    await maria.presses("btn-which-new")
    await maria.writes("/change")
    assert maria.last.text == said("change-which")
    await maria.presses(said("btn-change-one", reference=REF, state=said("state-assigned")))

    assert REF in maria.last.text


async def test_with_nothing_to_change_it_says_so(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes("/ändern")

    assert maria.last.text == said("change-none")


async def test_the_journal_says_what_and_keeps_no_wrong_value(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.replies("Steinen")

    entry = next(one for one in await stage.journal() if one.event == "inquiry.corrected")
    assert entry.data == {"what": "place"}
    assert "Lörrach" not in json.dumps([one.data for one in await stage.journal()], ensure_ascii=False)


async def test_a_correction_holds_against_further_words(stage: Stage) -> None:
    maria = await stage.inquirer()
    await maria.writes(f"{UNCLEAR} Wir sind aus Lörrach.")
    assert (await stage.inquiry()).state is InquiryState.ASKED
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.replies("Steinen")
    await maria.writes("Also in Lörrach oder so, in die Schule?")

    assert await decision_place(stage) == "Steinen"


async def test_a_closed_inquiry_is_counted_as_it_was_corrected(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    await wohnen.presses("btn-done")
    await maria.writes("/aendern")
    await maria.presses("btn-change-place")
    await maria.replies("Steinen")
    stage.clock.turn(days=90)
    await stage.sweeper.plan()
    await stage.wait()

    async with stage.database.reading() as tx:
        assert [row["region"] for row in await tx.all("SELECT region FROM skeletons")] == ["Ost"]


async def test_another_persons_inquiry_cannot_be_changed(stage: Stage) -> None:
    await in_loerrach(stage)
    iwan = await stage.inquirer("Iwan")
    token = await stage.make_button(iwan, "change_no_place", 1)

    assert await iwan.presses_token(token) == (said("press-not-here"), True)
    assert await decision_place(stage) == "Lörrach"


# ------------------------------------------------------------ by changing the message


async def test_a_changed_message_that_names_another_place_changes_it_on_the_card(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    own = next(shown for shown in maria.shown if not shown.by_bot and "Lörrach" in shown.text)

    await maria.edits(own, f"{TO_HOUSING} in Steinen")

    card = wohnen.card(REF).text
    assert said("card-place", place="Steinen") in card
    assert f"{TO_HOUSING} in Steinen" in card
    assert await decision_place(stage) == "Steinen"
    [edited] = [entry.data for entry in await stage.journal() if entry.event == "inquiry.edited"]
    assert edited["changed"] == ["place"]
    await maria.edits(own, TO_HOUSING)
    assert await decision_place(stage) is None
    assert "Ort:" not in wohnen.card(REF).text


async def test_what_was_corrected_or_said_elsewhere_stays_when_a_message_is_changed(stage: Stage) -> None:
    maria, _ = await in_loerrach(stage)
    more = await maria.writes("Besichtigen kann man sie aus Steinen")

    await maria.edits(more, "Besichtigen kann man sie am Montag")
    assert await decision_place(stage) == "Lörrach"
    await maria.writes("/aendern")
    await maria.presses("btn-change-no-place")
    await maria.edits(more, "Besichtigen kann man sie in Steinen")

    assert await decision_place(stage) is None
    assert "changed" not in next(entry.data for entry in await stage.journal() if entry.event == "inquiry.edited")


async def test_a_change_of_topic_moves_nothing(stage: Stage) -> None:
    maria, wohnen = await in_loerrach(stage)
    own = next(shown for shown in maria.shown if not shown.by_bot and "Lörrach" in shown.text)

    await maria.edits(own, f"{TO_LANGUAGE} in Lörrach")

    assert [share.field for share in await stage.shares()] == ["wohnen"]
    assert stage.contact("sprache-kontakt").texts == []
    assert TO_LANGUAGE in wohnen.last.text
