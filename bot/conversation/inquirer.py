"""What to do with a message from outside.

```mermaid
flowchart TD
    message --> noticed{notice read?}
    noticed -- no --> HoldForNotice
    noticed -- yes --> relayable{can be relayed?}
    relayable -- no --> CannotRelay
    relayable -- yes --> album{part of an album<br>already placed?}
    album -- yes --> Follow
    album -- no --> reply{answers a message<br>of an inquiry?}
    reply -- yes --> ended{is that one<br>ended?}
    ended -- no --> Follow
    ended -- yes --> thanks{only thanks?}
    thanks -- yes --> Acknowledge
    thanks -- no --> lately{ended lately?}
    lately -- yes --> Follow
    lately -- no --> OpenNew
    reply -- no --> waiting{was asked which<br>inquiry is meant?}
    waiting -- yes --> AskWhich
    waiting -- no --> open{any open inquiry?}
    open -- no --> words{more than thanks,<br>a greeting, a sticker?}
    words -- yes --> again{may it be about<br>one ended lately?}
    again -- yes --> AskWhich
    again -- no --> OpenNew
    words -- no --> before{one ended lately?}
    before -- yes --> Acknowledge
    before -- no --> AskForWords
    open -- yes --> since{any ended since it was<br>spoken of, and may it<br>be about such a one?}
    since -- yes --> kind{only thanks?}
    kind -- yes --> Acknowledge
    kind -- no --> AskWhich
    since -- no --> answers{answers a contact's<br>question about the only one?}
    answers -- yes --> Follow
    answers -- no --> continues{reads as a<br>continuation?}
    continues -- yes --> Follow
    continues -- no --> AskWhich
```

A guess that is wrong here shows one contact another matter's words, so every doubt becomes a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import GENERAL, InboundMessage, MessageKind, Outcome, RoutingDecision

# The score from which a field is named clearly, if not clearly before all others: one keyword that decides.
CLEAR = 50
# How long after the last word about an inquiry a message without any known word still counts as one more about it.
IN_HAND_S = 30 * 60
# How long after a contact asked something back what comes next is the answer: over a weekend, and while the inquiry is
# in hand also if it names another field. Where a contact's answer only holds a question mark, only while it is in hand.
ASKED_BACK_S = 3 * 24 * 60 * 60


@dataclass(frozen=True)
class OpenMatter:
    """An open inquiry, as far as placing a new message depends on it.

    Attributes:
        asked: the person has not chosen its field yet, so more words help to find it.
        fields: the fields it is with now.
        quiet_s: seconds since anything was said about it.
        answer_s: for so many seconds after that the next message is an answer, for a contact asked something; else 0.
    """

    inquiry_id: int
    asked: bool
    fields: tuple[str, ...]
    quiet_s: float
    answer_s: float = 0


@dataclass(frozen=True)
class EndedMatter:
    """An inquiry that ended so short a time ago that more words about it may open it again.

    Attributes:
        fields: the fields it was with.
        quiet_s: seconds since it ended, or since its contact wrote a word more.
    """

    inquiry_id: int
    fields: tuple[str, ...] = ()
    quiet_s: float = 0


@dataclass(frozen=True)
class Earlier:
    """An inquiry a message points back to.

    Attributes:
        ended: it is closed or withdrawn; `lately`: not so long ago that it could not be opened again.
    """

    inquiry_id: int
    ended: bool = False
    lately: bool = True


@dataclass(frozen=True)
class Situation:
    """Everything placing a message may depend on.

    Attributes:
        noticed: the person went on from the privacy notice.
        open: their open inquiries, the one in hand first.
        replied_to: the inquiry that the message answered belongs to, open or not.
        ended: their inquiries that ended lately, the last one first.
        album: the inquiry that took the first part of the same album.
        waiting: an earlier message is still held until the person says where it belongs.
    """

    noticed: bool
    open: tuple[OpenMatter, ...] = ()
    replied_to: Earlier | None = None
    ended: tuple[EndedMatter, ...] = ()
    album: int | None = None
    waiting: bool = False


@dataclass(frozen=True)
class HoldForNotice:
    """Keep the message until the person went on from the privacy notice."""


@dataclass(frozen=True)
class CannotRelay:
    """Say that this kind of message cannot be passed on."""


@dataclass(frozen=True)
class AskForWords:
    """Nothing is open and a greeting or a sticker says nothing yet: ask for words."""


@dataclass(frozen=True)
class OpenNew:
    """Open an inquiry; `follows` is an earlier one it goes on from, ended too long ago to be opened again."""

    follows: int | None = None


@dataclass(frozen=True)
class Follow:
    """The message belongs to this inquiry; whether it is only thanks for an answer, its own state tells."""

    inquiry_id: int


@dataclass(frozen=True)
class Acknowledge:
    """Thanks for an inquiry that is ended: pass them on, and leave it ended."""

    inquiry_id: int


@dataclass(frozen=True)
class AskWhich:
    """Hold the message and ask which inquiry it belongs to."""


Step = HoldForNotice | CannotRelay | AskForWords | OpenNew | Follow | Acknowledge | AskWhich


def decide_message(
    situation: Situation, message: InboundMessage, decision: RoutingDecision, *, courtesy: bool = False
) -> Step:
    """Decide what to do with a message.

    Args:
        situation: what is known.
        message: the message, not an edited form and not a command.
        decision: what routing makes of its text alone.
        courtesy: the text is thanks or a greeting and nothing else.
    """
    if not situation.noticed:
        return HoldForNotice()
    if message.kind is MessageKind.UNSUPPORTED:
        return CannotRelay()
    if situation.album is not None:
        return Follow(situation.album)
    says_nothing = courtesy or message.kind is MessageKind.STICKER
    if situation.replied_to is not None:
        return _go_back(situation.replied_to, says_nothing=says_nothing)
    if situation.waiting:
        return AskWhich()
    if not situation.open:
        if not says_nothing:
            return AskWhich() if may_be_about(situation.ended, decision) else OpenNew()
        return Acknowledge(situation.ended[0].inquiry_id) if situation.ended else AskForWords()
    hand, alone = situation.open[0], len(situation.open) == 1
    since = ended_since(situation.ended, hand)
    if may_be_about(since, decision):
        return Acknowledge(since[0].inquiry_id) if says_nothing else AskWhich()
    if (alone and is_answer(hand, decision)) or reads_as_continuation(hand, decision, alone=alone):
        return Follow(hand.inquiry_id)
    return AskWhich()


def _go_back(earlier: Earlier, *, says_nothing: bool) -> Step:
    if not earlier.ended:
        return Follow(earlier.inquiry_id)
    if says_nothing:
        return Acknowledge(earlier.inquiry_id)
    return Follow(earlier.inquiry_id) if earlier.lately else OpenNew(earlier.inquiry_id)


def may_be_about(ended: Sequence[EndedMatter], decision: RoutingDecision) -> bool:
    """Tell whether a message may be a word more about an ended inquiry: of its field, or of none and of no topic."""
    pointed = decision.fields or decision.choices
    return any(any(field in one.fields for field in pointed) if pointed else not decision.hits for one in ended)


def ended_since(ended: Sequence[EndedMatter], hand: OpenMatter) -> list[EndedMatter]:
    """Return what ended after the inquiry in hand was last spoken of: a word may be meant for either."""
    return [one for one in ended if one.quiet_s < hand.quiet_s]


def is_answer(hand: OpenMatter, decision: RoutingDecision) -> bool:
    """Tell whether the next message is taken for the answer to what a contact asked.

    At once it is, whatever it is about; later only what is not clearly about another field.
    """
    elsewhere = decision.outcome is Outcome.ROUTE and not any(field in hand.fields for field in decision.fields)
    return hand.quiet_s < hand.answer_s and (hand.quiet_s <= IN_HAND_S or not elsewhere)


def reads_as_continuation(hand: OpenMatter, decision: RoutingDecision, *, alone: bool) -> bool:
    """Tell whether a message goes on with the inquiry in hand: same field, or no field at all and not long ago."""
    if hand.asked:
        return True
    pointed = decision.fields or decision.choices
    recent = hand.quiet_s <= IN_HAND_S
    if any(field in hand.fields for field in pointed):
        return True
    if decision.outcome is Outcome.ROUTE:
        return False
    if not pointed:
        # Words of a competing topic (a doctor, a fine) are another matter, however recently this one was spoken of.
        return (alone or recent) and not decision.hits
    if len(pointed) > 1 and max(decision.scores.values(), default=0) >= CLEAR:
        return False  # not sure between several, and none of them is its own
    return recent and (alone or GENERAL in hand.fields)
