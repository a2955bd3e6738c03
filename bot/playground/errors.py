"""What the Bot API answers when it refuses, in its own words.

The texts are those of the Bot API server; where it differs between versions, the newest known is used.
"""

from dataclasses import dataclass, field
from typing import Any

_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
}

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLL_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
POLL_UNDER_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLL_ENDED_BY_WEBHOOK = "terminated by setWebhook request"


class PlaygroundError(Exception):
    """A person did what they cannot do, or a test asked for what is not there.

    The message is one sentence for whoever uses the page; `status` is the HTTP status it travels with.
    """

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(eq=False)
class ApiError(Exception):
    """A refusal as the Bot API words it."""

    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the JSON a bot receives."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def _named(code: int, text: str, **parameters: Any) -> ApiError:
    return ApiError(code, f"{_NAMES[code]}: {text}", parameters)


def bad_request(text: str, **parameters: Any) -> ApiError:
    """Make a 400 with the text behind `Bad Request: `."""
    return _named(400, text, **parameters)


def forbidden(text: str) -> ApiError:
    """Make a 403 with the text behind `Forbidden: `."""
    return _named(403, text)


def conflict(text: str) -> ApiError:
    """Make a 409 with the text behind `Conflict: `."""
    return _named(409, text)


def too_many_requests(retry_after: int) -> ApiError:
    """Make a 429 that asks to wait `retry_after` seconds."""
    return _named(429, f"retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> ApiError:
    """Make the answer to a well-formed token nobody has."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """Make the answer to a malformed token."""
    return ApiError(404, "Not Found")


def server_error() -> ApiError:
    """Make the answer of a Bot API that has stumbled."""
    return ApiError(500, "Internal Server Error")


def method_not_found() -> ApiError:
    """Make the answer to a method the Bot API does not have."""
    return ApiError(404, "Not Found: method not found")


# The refusals a bot meets every day, by what has happened; for scripts (`faults.refuse`).
REFUSALS: dict[str, ApiError] = {
    "blocked": forbidden("bot was blocked by the user"),
    "never opened": forbidden("bot can't initiate conversation with a user"),
    "account deleted": forbidden("user is deactivated"),
    "kicked": forbidden("bot was kicked from the supergroup chat"),
    "not a member": forbidden("bot is not a member of the supergroup chat"),
    "no such chat": bad_request("chat not found"),
    "group deleted": bad_request("group chat was deleted"),
    "no rights": bad_request("not enough rights to send text messages to the chat"),
    "migrated": bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1_009_999_999_999),
    "topic deleted": bad_request("message thread not found"),
    "topic closed": bad_request("TOPIC_CLOSED"),
    "reply gone": bad_request("message to be replied not found"),
    "copy gone": bad_request("message to copy not found"),
    "copy protected": bad_request("the message can't be copied"),
    "edit gone": bad_request("message to edit not found"),
    "edit refused": bad_request("message can't be edited"),
    "not modified": bad_request(NOT_MODIFIED),
    "text too long": bad_request("message is too long"),
    "caption too long": bad_request("message caption is too long"),
    "text empty": bad_request("message text is empty"),
    "query too old": bad_request(QUERY_TOO_OLD),
    "entity broken": bad_request("can't parse entities: unsupported start tag"),
    "button refused": bad_request("BUTTON_DATA_INVALID"),
    "too large": ApiError(413, "Request Entity Too Large"),
}
