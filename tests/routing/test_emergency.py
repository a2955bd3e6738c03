"""Words of danger in the shipped rules: seen in every language, not in figures of speech."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.routing.decide import Router
from bot.routing.load import load_rules

RULES = Path(__file__).parents[2] / "routing_rules.yaml"
DANGER = [json.loads(line) for line in Path(__file__).with_name("danger.jsonl").read_text("utf-8").splitlines()]


@cache
def router() -> Router:
    return Router(load_rules(RULES.read_text(encoding="utf-8"), RULES.name))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mein Mann schlägt mich, ich habe Angst", id="de, violence"),
        pytest.param("ich will nicht mehr leben", id="de, suicide"),
        pytest.param("Bei uns im Haus brennt es!", id="de, fire"),
        pytest.param("Es riecht nach Gas im Treppenhaus", id="de, gas"),
        pytest.param("My husband beats me", id="en, violence"),
        pytest.param("I want to kill myself", id="en, suicide"),
        pytest.param("Mon mari me frappe", id="fr, violence"),
        pytest.param("je veux mourir", id="fr, suicide"),
        pytest.param("чоловік мене б'є", id="uk, violence"),
        pytest.param("я не хочу жити", id="uk, suicide"),
        pytest.param("муж меня бьёт", id="ru, violence"),
        pytest.param("я не хочу жить", id="ru, suicide"),
        pytest.param("زوجي يضربني", id="ar, violence"),
        pytest.param("لا أريد أن أعيش", id="ar, suicide"),
        pytest.param("kocam beni dövüyor", id="tr, violence"),
        pytest.param("artık yaşamak istemiyorum", id="tr, suicide"),
        pytest.param("Mein Mann hat mich wieder geschlagen und ich habe Angst um die Kinder", id="de, beaten"),
        pytest.param("In der Küche brennt es!", id="de, kitchen on fire"),
        pytest.param("Hilfe, Feuer in der Unterkunft", id="de, fire in a shelter"),
        pytest.param("Mein Sohn ist seit gestern verschwunden, er ist sechs", id="de, a child missing"),
        pytest.param("Ich werde von meinem Ex bedroht, er steht vor der Tür", id="de, threatened"),
        pytest.param("Kind wird nebenan verprügelt", id="de, a child beaten"),
        pytest.param("Sie hat Tabletten geschluckt und wacht nicht auf", id="de, pills"),
        pytest.param("there is a fire in our building", id="en, fire"),
        pytest.param("he threatened to kill me", id="en, threatened"),
        pytest.param("ça sent le gaz dans l'escalier", id="fr, gas"),
        pytest.param("у нас пожежа", id="uk, fire"),
        pytest.param("Муж меня избивает", id="ru, beaten"),
        pytest.param("я хочу покончить с собой", id="ru, suicide in other words"),
        pytest.param("يوجد حريق في البيت", id="ar, fire"),
        pytest.param("evde yangın var", id="tr, fire"),
        pytest.param("Mein Vater schlägt meine Mutter, bitte kommen Sie", id="de, mother beaten"),
        pytest.param("Er hat gedroht mich umzubringen", id="de, threatened with death"),
        pytest.param("Mein Bruder will mich töten", id="de, brother"),
        pytest.param("Das Nachbarskind wird jeden Abend geschlagen", id="de, neighbour's child"),
        pytest.param("Ich habe keine Kraft mehr zu leben", id="de, no strength left"),
        pytest.param("Feuer im Treppenhaus", id="de, fire in two words"),
        pytest.param("Ich habe Angst vor meinem Mann", id="de, afraid of the husband"),
        pytest.param("Ich habe Angst zu Hause", id="de, afraid at home"),
        pytest.param("Mein Mann ist sehr böse und ich habe Angst, wohin kann ich mit Kinder gehen", id="de, learner's"),
        pytest.param("I am afraid of my husband", id="en, afraid of the husband"),
        pytest.param("My kids and I don't feel safe at home", id="en, not safe"),
        pytest.param("J'ai très peur de mon mari", id="fr, afraid of the husband"),
        pytest.param("я боюся свого чоловіка", id="uk, afraid of the husband"),
        pytest.param("Я боюсь мужа", id="ru, afraid of the husband"),
        pytest.param("أنا خائفة من زوجي", id="ar, afraid of the husband"),
        pytest.param("Kocamdan çok korkuyorum", id="tr, afraid of the husband"),
        pytest.param("Meine Tochter ist seit gestern weg, sie ist 5", id="de, daughter gone"),
        pytest.param("mi Maa schlaht mi", id="dialect, violence"),
        pytest.param("My neighbour is beating his kids", id="en, children beaten"),
        pytest.param("Mein Mann hat gesagt er bringt mich um", id="de, threatened as people tell it"),
        pytest.param("Mann ist böse, macht Schläge, ich Angst", id="learner, violence"),
        pytest.param("Bitte hilfe mein papa haut mama", id="a child, violence"),
        pytest.param("Hilfe, Notfall!", id="de, a bare cry"),
        pytest.param("Mein Freund hat mich eingesperrt und mein Handy weggenommen", id="de, locked in"),
        pytest.param("Ich blute stark", id="de, bleeding"),
        pytest.param("Sie wollen mich verheiraten, ich bin 16", id="de, forced marriage"),
        pytest.param("Mein Kind ist weg, ich finde es nicht", id="de, a child gone"),
        pytest.param("Ich wurde gestern vergewaltigt", id="de, rape"),
        pytest.param("He said he will kill me", id="en, threatened as people tell it"),
        pytest.param("Il m'a frappée hier", id="fr, beaten"),
        pytest.param("Мене ґвалтували", id="uk, rape"),
        pytest.param("Я хочу вмерти", id="uk, another word for dying"),
        pytest.param("Муж хочет убить меня", id="ru, threatened"),
        pytest.param("يجبرونني على الزواج", id="ar, forced marriage"),
        pytest.param("kocam beni öldürmek istiyor", id="tr, threatened"),
    ],
)
def test_danger_is_seen_and_named(text: str) -> None:
    decision = router().decide(text)
    assert decision.urgent
    assert decision.hits[0].field == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ich mache eine Schulung zum Brandschutzhelfer", id="fire protection"),
        pytest.param("Der Lärm bringt mich um den Verstand", id="noise"),
        pytest.param("Ich könnte platzen vor Wut", id="anger"),
        pytest.param("Ich brenne für das Ehrenamt", id="zeal"),
        pytest.param("Die Miete bringt mich noch um", id="rent"),
        pytest.param("Es brennt mir unter den Nägeln, wann beginnt der Kurs?", id="haste"),
        pytest.param("Wir sterben vor Neugier auf den Deutschkurs", id="curiosity"),
        pytest.param("Ich habe einen Gasherd zu verschenken", id="gas cooker"),
        pytest.param("Ich schlage vor, dass wir uns treffen", id="proposing"),
        pytest.param("Mein Sohn spielt Schlagzeug", id="drums"),
        pytest.param("Ça me tue de rester à la maison", id="fr, boredom"),
        pytest.param("the deadline is killing me", id="en, haste"),
        pytest.param("Пожежна частина шукає волонтерів", id="uk, fire brigade"),
        pytest.param("Yangın merdiveni nerede?", id="tr, fire escape"),
        pytest.param("Freiwillige Feuerwehr sucht Mitglieder", id="fire brigade"),
        pytest.param("Mein Hund ist verschwunden", id="a dog gone"),
        pytest.param("Gibt es einen Kurs Erste Hilfe bei Herzinfarkt?", id="first aid course"),
        pytest.param("Wer schlägt den Ball am weitesten?", id="ball game"),
        pytest.param("Wir sind Feuer und Flamme für den Chor", id="fire and flame"),
        pytest.param("Lagerfeuer im Jugendhaus", id="campfire"),
        pytest.param("Mein Vermieter schlägt eine neue Miete vor", id="proposing a rent"),
        pytest.param("This job is killing me, I look for another one", id="en, job"),
        pytest.param("I'm dying to learn German", id="en, eager"),
        pytest.param("Je meurs de faim, où est la cantine ?", id="fr, hungry"),
        pytest.param("Умираю от скуки, есть ли здесь клуб?", id="ru, bored"),
        pytest.param("Açlıktan ölüyorum, kantin nerede?", id="tr, hungry"),
        pytest.param("Mein Mann bringt mich um acht zum Kurs", id="brought somewhere at eight"),
        pytest.param("Der Schlüssel ist drin, ich habe mich ausgesperrt", id="locked out"),
        pytest.param("Meine Tochter will heiraten, wo melden wir das an?", id="a wedding"),
        pytest.param("Das Zimmer ist frei, seit mein Sohn weg ist", id="a son moved out"),
        pytest.param("My boss will kill me if I am late", id="en, a boss"),
        pytest.param("Je ne trouve pas mon enfant sur la liste de la crèche", id="fr, not on the list"),
        pytest.param("Mein Sohn hat Angst vor der neuen Schule", id="de, afraid of school"),
        pytest.param("Ich habe Angst vor meinem Termin beim Amt", id="de, afraid of an appointment"),
        pytest.param("Ich bin zu Hause und nicht sicher, ob der Kurs heute ist", id="de, not sure"),
        pytest.param("I am afraid my husband will miss the course", id="en, afraid that"),
        pytest.param("Я боюсь опоздать на курс", id="ru, afraid to be late"),
        pytest.param("Kızıma okul bulamıyorum", id="tr, no school found"),
    ],
)
def test_figures_of_speech_are_no_danger(text: str) -> None:
    decision = router().decide(text)
    assert not decision.urgent, [hit for hit in decision.hits if hit.field == "emergency"]


@pytest.mark.parametrize("case", DANGER, ids=lambda case: case["id"])
def test_danger_that_nobody_names_is_seen_and_everyday_trouble_is_none(case: dict[str, Any]) -> None:
    decision = router().decide(case["text"])
    assert decision.urgent is case["urgent"], [hit for hit in decision.hits if hit.field == "emergency"]
