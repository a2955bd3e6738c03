"""The life of an inquiry: it stands where its shares stand.

```mermaid
stateDiagram-v2
    [*] --> asked
    [*] --> assigned
    asked --> assigned
    asked --> withdrawn
    assigned --> taken
    assigned --> answered
    assigned --> closed
    assigned --> withdrawn
    taken --> assigned
    taken --> answered
    taken --> closed
    taken --> withdrawn
    answered --> assigned
    answered --> taken
    answered --> closed
    answered --> withdrawn
    closed --> assigned
    closed --> answered
    withdrawn --> assigned
    withdrawn --> asked
```
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import AssignmentState, InquiryState

_LIVE = {
    AssignmentState.ASSIGNED: InquiryState.ASSIGNED,
    AssignmentState.TAKEN: InquiryState.TAKEN,
    AssignmentState.ANSWERED: InquiryState.ANSWERED,
}


def derive_state(shares: Iterable[AssignmentState]) -> InquiryState:
    """Return where an inquiry stands, given its shares.

    An inquiry is as far as the share that is least far: open while one is open, closed when all are done. Shares moved
    to another field do not count.
    """
    states = [state for state in shares if state is not AssignmentState.MOVED]
    for state, inquiry_state in _LIVE.items():
        if state in states:
            return inquiry_state
    if not states:
        return InquiryState.ASKED
    if all(state is AssignmentState.WITHDRAWN for state in states):
        return InquiryState.WITHDRAWN
    return InquiryState.CLOSED
