"""The one entry for everything that comes in: who is it, and whose duty is that?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.clock import Clock
from bot.model import (
    AddedToChannel,
    ButtonPress,
    ChatMigrated,
    DeliveryKind,
    Draft,
    Event,
    InboundEvent,
    InboundMessage,
    ReachChanged,
)
from bot.services import desk, edits, gate, presses
from bot.services.delivery.beforehand import BeforehandError, Brought
from bot.services.delivery.windows import Windows
from bot.services.people import invitations, leaving, roll_call, strange_groups
from bot.services.people.directory import Directory, follow_group, load_directory
from bot.services.rules.rulebook import Rulebook
from bot.services.shares import stranded
from bot.services.turn import Turn
from bot.store import messages, unsent
from bot.store.database import Tx
from bot.texts import Texts


class Dialogue:
    """Handles events, each within the transaction it is handed."""

    def __init__(self, book: Rulebook, texts: Texts, clock: Clock) -> None:
        self._book = book
        self._texts = texts
        self._clock = clock
        self._windows = Windows()
        self._brought: dict[InboundEvent, Brought] = {}

    def turn(self, tx: Tx) -> Turn:
        """Return a turn that happens now."""
        return Turn(tx, self._clock.now(), self._texts, self._book, self._windows)

    async def handle(self, tx: Tx, event: InboundEvent) -> None:
        """Handle one event: everything it causes is written in this transaction, nothing is sent.

        Raises:
            BeforehandError: something has to be done first; then the event is to be handled once more.
        """
        try:
            await self._handle(replace(self.turn(tx), brought=self._brought.pop(event, None)), event)
        except BeforehandError as first:
            first.keep = partial(self._brought.__setitem__, event)
            raise

    async def _handle(self, turn: Turn, event: InboundEvent) -> None:
        match event:
            case ChatMigrated(old, new):
                await unsent.rewrite_chat(turn.tx, old.channel, old.chat, new.chat)
                await follow_group(turn, old, new)
            case ReachChanged(address, reachable):
                await turn.note(Event.REACH_CHANGED, reachable=reachable)
                await strange_groups.on_reach(turn, address, reachable=reachable)
                if reachable:
                    await roll_call.mark_reachable(turn, address)
                    await stranded.deliver_waiting(turn, joined=address)
                else:
                    await roll_call.mark_unreachable(turn, address)
                await leaving.on_reach(turn, address, reachable=reachable)
            case AddedToChannel(address):
                await turn.note(Event.GROUP_LEFT)
                await turn.send(Draft(address, DeliveryKind.LEAVE, forget=True))
            case ButtonPress():
                await presses.on_press(turn, event, await load_directory(turn))
            case InboundMessage(edited=True):
                await self._on_edit(turn, event)
            case InboundMessage():
                await self._on_message(turn, event)

    async def _on_message(self, turn: Turn, message: InboundMessage) -> None:
        if await messages.find(turn.tx, message.address, message.message) is not None:
            return  # its edited form came before it, and was taken for new words
        directory = await load_directory(turn)
        is_invitation = invitations.is_invitation(message)
        if is_invitation and await invitations.join(turn, message):
            return
        if await self._is_for_the_desk(turn, message, directory):
            await roll_call.mark_reachable(turn, message.address)
            await desk.on_message(turn, message, directory)
        elif message.address.is_group:
            # What is said in a group that is no contact's is none of the bot's business.
            await strange_groups.note(turn, message.address)
            if is_invitation:
                await invitations.refuse(turn, message)
        elif is_invitation:
            await invitations.refuse(turn, message)
        else:
            await gate.on_message(turn, message)

    async def _on_edit(self, turn: Turn, message: InboundMessage) -> None:
        if message.address.is_group or (await load_directory(turn)).is_staff_chat(message.address):
            await edits.on_edit(turn, message)
        else:
            await gate.on_edit(turn, message)

    async def _is_for_the_desk(self, turn: Turn, message: InboundMessage, directory: Directory) -> bool:
        """Tell whether a message concerns contacts: written in their chat, or as a reply to what was sent to them."""
        return directory.is_staff_chat(message.address) or await desk.staff_delivery(turn, message) is not None
