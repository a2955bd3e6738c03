"""What the house speaks of: frozen facts and the states they may be in. No behaviour beyond reading them.

Times are aware UTC datetimes and end in `_at`. Scores run from 0 to 100. Ids ending in `_id` are rows of ours; a chat's
or message's foreign number stands only inside `Address` and next to it.
"""

from bot.model.inbound import (
    CAPTIONED,
    AddedToChannel,
    ButtonPress,
    ChatMigrated,
    InboundEvent,
    InboundMessage,
    MessageKind,
    ReachChanged,
)
from bot.model.inquiry import (
    EMERGENCY,
    GENERAL,
    OPEN_ASSIGNMENTS,
    OPEN_STATES,
    UNANSWERED_ASSIGNMENTS,
    Assignment,
    AssignmentState,
    CardCopy,
    Helped,
    Inquiry,
    InquiryState,
    Joined,
    Person,
    Reason,
)
from bot.model.journal import JournalEntry
from bot.model.outgoing import (
    EDITS,
    REPEATABLE,
    SHOWN,
    Button,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Document,
    Draft,
    Link,
    Purpose,
)
from bot.model.reach import Address, Sender
from bot.model.routing import Audience, Direction, Hit, How, Outcome, RoutingDecision

__all__ = [
    "CAPTIONED",
    "EDITS",
    "EMERGENCY",
    "GENERAL",
    "OPEN_ASSIGNMENTS",
    "OPEN_STATES",
    "REPEATABLE",
    "SHOWN",
    "UNANSWERED_ASSIGNMENTS",
    "AddedToChannel",
    "Address",
    "Assignment",
    "AssignmentState",
    "Audience",
    "Button",
    "ButtonPress",
    "CardCopy",
    "ChatMigrated",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Direction",
    "Document",
    "Draft",
    "Helped",
    "Hit",
    "How",
    "InboundEvent",
    "InboundMessage",
    "Inquiry",
    "InquiryState",
    "Joined",
    "JournalEntry",
    "Link",
    "MessageKind",
    "Outcome",
    "Person",
    "Purpose",
    "ReachChanged",
    "Reason",
    "RoutingDecision",
    "Sender",
]
