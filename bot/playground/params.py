"""A method's parameters, whether they came as query, form, JSON or multipart.

Forms carry everything as text, nested values as JSON in text; JSON bodies carry them as they are. Both read
the same here. As at Telegram, an empty text counts as not given.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from bot.playground.errors import bad_request
from bot.playground.model import Json


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    data: bytes
    name: str
    mime: str


@dataclass(frozen=True)
class Params:
    """What a method was called with; names as in the Bot API."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: tuple[tuple[str, Upload], ...] = ()

    @property
    def files(self) -> dict[str, Upload]:
        """The files by the name of their field; the last wins where a name comes twice."""
        return dict(self.uploads)

    def has(self, name: str) -> bool:
        """Whether the parameter was given, and not empty."""
        return self.values.get(name) not in (None, "") or name in dict(self.uploads)

    def text(self, name: str, default: str = "") -> str:
        """Return a text as it came."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def find_int(self, name: str) -> int | None:
        """Return a whole number, or None where there is none."""
        try:
            return int(str(self.values.get(name, "")))
        except ValueError:
            return None

    def whole(self, name: str, default: int = 0) -> int:
        """Return a whole number; what is none counts as the default, as at Telegram."""
        value = self.find_int(name)
        return default if value is None else value

    def decimal(self, name: str) -> float:
        """Return a number; what is none counts as 0."""
        try:
            return float(str(self.values.get(name, "")))
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str, what: str = "") -> Any:
        """Return a nested value, or None where it was not given.

        Raises:
            ApiError: it is not JSON.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name.replace('_', ' ')} JSON object") from None

    def mapping(self, name: str, what: str = "") -> Json | None:
        """Return a nested object, or None where it was not given.

        Raises:
            ApiError: it is something else.
        """
        value = self.json(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad_request("object expected as " + (what or name.replace("_", " ")))
        return value

    def array(self, name: str, what: str = "") -> list[Any] | None:
        """Return a nested array, or None where it was not given.

        Raises:
            ApiError: it is something else.
        """
        value = self.json(name, what)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {what or name.replace('_', ' ')}")
        return value


async def read_params(request: Request) -> Params:
    """Read the parameters of a request, the body's before the query's.

    Raises:
        ApiError: a JSON body cannot be read.
    """
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        values |= await _json_body(request)
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return await _form_body(request, values)
    return Params(values)


async def _json_body(request: Request) -> Json:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


async def _form_body(request: Request, values: dict[str, Any]) -> Params:
    uploads = []
    async with request.form(max_fields=10_000, max_files=1_000, max_part_size=60_000_000) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                values[name] = value
            else:
                mime = value.content_type or "application/octet-stream"
                uploads.append((name, Upload(await value.read(), value.filename or name, mime)))
    return Params(values, tuple(uploads))
