"""Which inquiry is meant: a person's own as buttons, a page at a time, and the older ones a tap away.

The buttons are made anew with each page, for what was offered before may be deleted or closed by then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.model import ButtonPress, DeliveryKind, Draft, Inquiry, Person, Rows
from bot.services.inquirers import questions
from bot.services.turn import Turn
from bot.store import outbox

# With what stands below them, all that a phone shows at once.
PAGE = 5


@dataclass(frozen=True)
class Offer:
    """What may be chosen from.

    Attributes:
        action: what the button of an inquiry does.
        inquiries: all of them, the one last spoken of first.
        label: returns what the button of an inquiry says.
        below: the buttons that stand below the inquiries on each page.
    """

    action: str
    inquiries: Sequence[Inquiry]
    label: Callable[[Inquiry], Awaitable[str]]
    below: Rows = ()


async def rows(turn: Turn, person: Person, offer: Offer, page: int = 0) -> Rows:
    """Return the buttons of a page, the last one if there are not so many any more."""
    page = min(page, max(len(offer.inquiries) - 1, 0) // PAGE)
    shown = offer.inquiries[page * PAGE : (page + 1) * PAGE]
    left = len(offer.inquiries) - (page + 1) * PAGE
    chosen = [await turn.button(person.address, await offer.label(one), offer.action, one.id) for one in shown]
    turns = []
    if page:
        newer = turn.say(person.language, "btn-newer")
        turns.append(await turn.button(person.address, newer, "page", of=offer.action, page=page - 1))
    if left > 0:
        older = turn.say(person.language, "btn-older", count=left)
        turns.append(await turn.button(person.address, older, "page", of=offer.action, page=page + 1))
    return (*((button,) for button in chosen), *((tuple(turns),) if turns else ()), *offer.below)


async def show_page(turn: Turn, press: ButtonPress, buttons: Rows, offered: Sequence[Inquiry]) -> None:
    """Put a page in the place of the one whose button was pressed.

    It goes with whatever it offers now, too, where that is deleted: some may be newer than the question.
    """
    asked = await outbox.find_sent(turn.tx, press.address, press.message)
    if asked is not None:
        await outbox.name_too(turn.tx, asked.id, [*asked.draft.about, *(one.id for one in offered)])
        await questions.offer(turn, asked, buttons)
        return
    # A question that came twice: which number the first copy got nobody knows but whoever taps it.
    draft = Draft(press.address, DeliveryKind.EDIT_BUTTONS, buttons=buttons, message=press.message, forget=True)
    await turn.send(draft)


def find_named(known: Sequence[Inquiry], argument: str) -> Inquiry | None:
    """Return the inquiry of somebody's own that stands behind a command, or None."""
    words = argument.split()
    return next((one for one in known if one.reference in words), None)


def with_unknown(turn: Turn, person: Person, argument: str, text: str) -> str:
    """Return a question, and before it that none of somebody's inquiries is called as they wrote."""
    if not argument.strip():
        return text
    return turn.say(person.language, "which-unknown", reference=argument.strip()[:20]) + "\n\n" + text
