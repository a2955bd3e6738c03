"""The routing rules as checked objects: who answers what, and by which words an inquiry is recognised.

These shapes mirror `routing_rules.yaml` key for key, so that a reader of one knows the other. They hold what the file
says, nothing compiled. Every key beyond `version`, `contacts`, `general_contact` and `fields` may be left out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from bot.routing.office_rules import SHAPE, ContactRule, Dialogue, Limits, Office, Plain, Privacy, Reminders, Sensitive

Words = dict[str, tuple["Keyword", ...]]  # language (ISO 639-1) → keywords
Text = dict[str, str]  # language (ISO 639-1) → text
Direction = Literal["offer", "request", "question"]
Audience = Literal["citizen", "volunteer", "business", "newcomer", "organisation"]

Leaning = Literal[Direction, Audience, "other", "unknown"]
Says = dict[Leaning, Annotated[float, Field(ge=-5, le=5)]]  # what the writer wants or who it is → points for it


class _Shape(BaseModel):
    model_config = SHAPE


# No model as the others are: there are many thousands, and each would take several times the memory.
@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Keyword:
    """A word, a phrase or a pattern; `bot.routing.pattern` reads the signs.

    | written           | matches                                                                               |
    | ----------------- | ------------------------------------------------------------------------------------- |
    | `Wohnung`         | the word in every inflection, as part of a compound (`Wohnungssuche`), with a typo    |
    | `=Stelle`         | exactly this form: no inflection, no compound, no typo; a German noun not *stelle*    |
    |                   | where the writer's nouns have capitals                                                |
    | `schul-`, `-kurs` | only as the first or the last part of a compound (`Schulbuch`, `Schwimmkurs`)         |
    | `steht leer`      | the words in this order, at most one other word between two of them                   |
    | `Zimmer ... frei` | in this order, up to six other words in the gap, all in one sentence                  |
    | `leer + stehen`   | both in one sentence in any order, up to six other words between                      |
    | `(Zimmer|Kammer)` | one of these, also in a phrase; `(Zimmer|kleine Wohnung) ... frei`                    |
    | `<raum>`          | one of the words of the group `raum` (see `Rules.groups`)                             |
    | `#`               | any number in digits: `# Zimmer`                                                      |

    Keywords that have all but the word in common may be written together: `{weight: 3, words: [Miete, Kaution]}`, or
    with `words: |` as lines.

    Attributes:
        word: as the clerk wrote it, with the signs above.
        weight: 1 hints, 2 says it, 3 decides.
        direction: what the writer wants when this is found (`offer`, `request`, `question`).
        audience: who writes when this is found (`business`, `newcomer` …).
    """

    word: str
    weight: Annotated[float, Field(gt=0, le=3)] = 2
    direction: Direction | None = None
    audience: Audience | None = None


class FieldRule(_Shape):
    """An action field: its contact, its promise, and the words it is recognised by.

    Attributes:
        says: what messages about it say of who writes and what they want, as with a hint.
    """

    title: Text
    contact: str
    answer_within: str = "3 working days"
    keywords: Words = {}
    not_keywords: Words = {}
    says: Says = {}
    examples: dict[str, tuple[str, ...]] = {}


class TopicRule(_Shape):
    """A competing topic: recognised, so that it does not land in a field; goes to the general contact.

    Attributes:
        says: as with a field.
    """

    title: Text
    keywords: Words = {}
    not_keywords: Words = {}
    says: Says = {}
    examples: dict[str, tuple[str, ...]] = {}


class Hint(_Shape):
    """Everyday words that hint at who writes and what they want; none is enough by itself, all are added up.

    Attributes:
        words: a language → words, found in this very form, umlauts and accents apart.
        says: what they speak for, in points, and against, below 0. By these, "wir" may speak for a business.
    """

    words: Plain = {}
    says: Says = {}


class Place(_Shape):
    """A municipality with the spellings people use for it.

    Attributes:
        ags: the official municipality key, always eight digits in quotes.
        region: the part of the county it is counted under once nothing else is left of an inquiry.
        needs_context: spellings that are ordinary words too and count only where a place is meant ("in Steinen").
    """

    ags: str
    name: str
    region: str | None = None
    aliases: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()


# Sections of which nobody reads a word once a router has been made of them.
_DANGER = ("emergency", "cries", "not_emergency")
_COMPILED = ("groups", "cues", "audiences", *_DANGER, "everyday", "lookalikes", "dialect")

Points = Annotated[float, Field(ge=0, le=20)]  # above, the bot would ask about everything


class Thresholds(_Shape):
    """When a lead is clear enough to route without asking, in points.

    A keyword brings its weight in points, more or less by what its part of the sentence does (`Weighing`). People see
    points as a score, see `bot.routing.decide.score`.

    Attributes:
        route_points: the least points to route without asking.
        route_lead: by how many points the lead must be ahead of the next field or topic.
        topic_lead: by how many points a competing topic must be ahead of the best field for the general contact to get
            it.
        second_points: the least points for a second field to go along with a clear lead, counting only sentences that
            want something and that it leads.
        both_points: the same for a second field so clear that it goes along however close it is to the lead.
        further_points: the least points of the first concern and of the further one, where a sentence turns to one.
        cry_words: up to how many words a message is so short that `cries` in it are danger.
    """

    route_points: Points = 1.2
    route_lead: Points = 1.0
    topic_lead: Points = 0.3
    second_points: Points = 2.4
    both_points: Points = 3.6
    further_points: Points = 1.5
    cry_words: Annotated[int, Field(ge=0, le=20)] = 6


class Weighing(_Shape):
    """How much a keyword counts by what its part of the sentence does; 1 is as written.

    Attributes:
        concern: the part offers, seeks or asks.
        plain: it does nothing of all this.
        background: it introduces the writer.
        turned: what stands before a turn ("…, aber …") is set back by this.
        dismissed: it names what is not wanted.
        alone: it is set back by all this, but no other part names anything.
        compound: the keyword was only a part of a compound.
        typo: it was found despite a typo.
        foreign: it is of another language than the message's other words, and not in the very form of the rules.
    """

    concern: float = 1.5
    plain: float = 1
    background: float = 0.3
    turned: float = 0.8
    dismissed: float = 0.1
    alone: float = 0.8
    compound: float = 0.9
    typo: float = 0.7
    foreign: float = 0.4


class Rules(_Shape):
    """Everything in `routing_rules.yaml`.

    Attributes:
        cues: what a part of a sentence does → the words that show it. Known: `offer`, `request`, `question` (the
            concern), `background` (introduces the writer; in a part that also shows a concern the heavier cue counts,
            the concern if they weigh alike), `turn` (the concern comes after: "aber", "es geht um"),
            `dismiss` (names what is not wanted: "kein ... sondern"), `joint` (begins a new part: "und"), `greeting`,
            `closing` (from here on it is signature), `quoted` (from here on it is older mail), `advert` (it is
            advertising, neither offer nor request), `two` (it says that it has two concerns: "zwei Fragen"), `further`
            (where a sentence begins with it, as with "Und", it turns to a further concern), `place` (a place follows:
            "in", "bei"), `local` (said as people here say it: who writes so is not new here).
        audiences: who writes → the words that show it (`volunteer`, `business`, `newcomer`, `organisation`, `citizen`).
        hints: a name → everyday words that say a little about who writes and what they want.
        groups: a name → words that patterns may use as `<name>`.
        emergency: words of danger to life and limb; the numbers to tell the person are in the texts.
        cries: words that are danger only where hardly more is said (`Thresholds.cry_words`), and nothing is asked.
        not_emergency: phrases that only sound like danger. They take away what has at least half of its words in them;
            a gap in them is at most two words.
        sensitive: what somebody need not tell of themselves; asked about, and covered on the card.
        everyday: common words that must never be "corrected" into a keyword or taken apart; they also tell which
            language a message is in.
        lookalikes: a language → a word of messages → words of the rules that share its stem, are one typo away or its
            compound's part, and yet are other words: *hört* is no *Hort*, *meisten* no *Meister*. The very form of the
            rules is always found. The language says where a reader looks for it; a word is a lookalike in any.
        courtesies: a language → words of which thanks and greetings consist; a message of nothing else is no inquiry.
        endings: a language → endings its words lose besides what its stemming library takes off. Ukrainian has no such
            library, so all it knows of Ukrainian inflection stands here.
        beginnings: a language → little words written together with the next one (Arabic *and, in, for, the*).
        dialect: a language → how its dialect spells → how the rules do: `ch-: k-` (at a word's beginning), `-ig: -ung`
            (at its end), `uu: au` (anywhere). Tried with words that are unknown otherwise.
        rules_version: a short hash of the file's content, set by the loader.
    """

    version: Literal[1]
    office: Office = Office()
    administrators: tuple[str, ...] = ()
    dialogue: Dialogue = Dialogue()
    reminders: Reminders = Reminders()
    limits: Limits = Limits()
    privacy: Privacy = Privacy()
    contacts: dict[str, ContactRule]
    general_contact: str
    fields: dict[str, FieldRule]
    topics: dict[str, TopicRule] = {}
    groups: dict[str, Words] = {}
    cues: dict[str, Words] = {}
    audiences: dict[str, Words] = {}
    hints: dict[str, Hint] = {}
    emergency: Words = {}
    cries: Words = {}
    not_emergency: Words = {}
    sensitive: Sensitive = Sensitive()
    everyday: dict[str, tuple[str, ...]] = {}
    lookalikes: dict[str, dict[str, tuple[str, ...]]] = {}
    courtesies: dict[str, tuple[str, ...]] = {}
    endings: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    dialect: dict[str, dict[str, str]] = {}
    places: tuple[Place, ...] = ()
    thresholds: Thresholds = Thresholds()
    weighing: Weighing = Weighing()
    rules_version: str = ""


def without_words(rules: Rules) -> Rules:
    """Return the rules without the words that a router has been made of, which are most of what they hold."""
    nothing: dict[str, object] = {"keywords": {}, "not_keywords": {}}
    return rules.model_copy(
        update={
            "fields": {key: field.model_copy(update=nothing) for key, field in rules.fields.items()},
            "topics": {key: topic.model_copy(update=nothing) for key, topic in rules.topics.items()},
            "hints": {key: hint.model_copy(update={"words": {}}) for key, hint in rules.hints.items()},
            **{name: {} for name in _COMPILED},
        }
    )
