"""The life of an inquiry: it stands where its shares stand.

```mermaid
stateDiagram-v2
    [*] --> asked : received, no field is clear
    [*] --> assigned : received
    asked --> assigned : chosen, or nobody chose
    asked --> withdrawn
    assigned --> taken
    assigned --> answered
    assigned --> closed
    assigned --> withdrawn
    taken --> assigned : released, given on, a field added
    taken --> answered
    taken --> closed
    taken --> withdrawn
    answered --> assigned : given on, a field added, the person wrote again to whoever stands in
    answered --> taken : the person wrote again, the answer was given up
    answered --> closed
    answered --> withdrawn
    closed --> assigned : reopened by the person
    closed --> taken : reopened by a contact
    withdrawn --> assigned : withdrawal undone
    withdrawn --> asked : withdrawal undone
```

The life of a share, which is one field's part of an inquiry. One that was moved is another field's now, and ends there.

```mermaid
stateDiagram-v2
    [*] --> assigned
    assigned --> taken
    assigned --> answered
    assigned --> closed
    assigned --> moved
    assigned --> withdrawn
    taken --> assigned : released, handed to a colleague
    taken --> answered
    taken --> closed
    taken --> moved
    taken --> withdrawn
    answered --> assigned : handed to a colleague, the person wrote again to whoever stands in
    answered --> taken : the person wrote again, the answer was given up
    answered --> closed
    answered --> moved
    answered --> withdrawn
    closed --> assigned : reopened by the person
    closed --> taken : reopened by a contact
    withdrawn --> assigned : withdrawal undone
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
