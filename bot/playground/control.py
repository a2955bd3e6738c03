"""The page's side: `/playground/…`, by which people act and see.

Made for loopback: requests that name another host, or come from another site's page, are refused, so that no
web page elsewhere can reach into a running playground.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import acts
from bot.playground.errors import ApiError, PlaygroundError
from bot.playground.model import Content, Json, Placing
from bot.playground.params import Params, read_params
from bot.playground.samples import (
    document_content,
    made_up_content,
    new_album,
    photo_content,
    text_content,
)
from bot.playground.state import state_json
from bot.playground.utf16 import MAX_TEXT, utf16_pieces
from bot.playground.world import World

STATIC = Path(__file__).parent / "static"
ANSWER_WITHIN_S = 5.0
_KEEP_OPEN_S = 15.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

ResetCallback = Callable[[], Awaitable[None]]
LogSource = Callable[[], list[Json]] | Callable[[], Awaitable[list[Json]]]


@dataclass
class Injected:
    """What the command that starts the playground adds: starting afresh, and the bot's log.

    Before `on_reset` is called the world is emptied; a bot still running may write into it once more, so the
    callback had better call `world.reset()` again between stopping the old bot and starting the new one.
    """

    on_reset: ResetCallback | None = None
    log_source: LogSource | None = None


class Control:
    """The routes of the page."""

    def __init__(self, world: World, injected: Injected) -> None:
        self.world = world
        self.injected = injected
        self.closing = asyncio.Event()

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the page."""
        return [
            Route("/", self._page),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
            Route("/playground/state", self._state),
            Route("/playground/events", self._events),
            Route("/playground/log", self._log),
            Route("/playground/photo/{file_id}", self._photo),
            *(
                Route(f"/playground/{name}", self._guarded(act), methods=["POST"])
                for name, act in (
                    ("send", self._send),
                    ("edit", self._edit),
                    ("press", self._press),
                    ("block", self._block),
                    ("reset", self._reset),
                )
            ),
        ]

    def _guarded(self, act: Callable[[Params], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if not _is_from_here(request):
                return _error("This page may only be used from this machine.", 403)
            try:
                return JSONResponse(await act(await read_params(request)))
            except PlaygroundError as error:
                return _error(str(error), error.status)
            except ApiError as error:
                return _error(error.description, 400)

        return endpoint

    async def _page(self, request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def _state(self, request: Request) -> Response:
        if not _is_from_here(request):
            return _error("This page may only be used from this machine.", 403)
        return JSONResponse(state_json(self.world))

    async def _log(self, request: Request) -> Response:
        if not _is_from_here(request):
            return _error("This page may only be used from this machine.", 403)
        source = self.injected.log_source
        entries = source() if source else []
        return JSONResponse({"entries": entries if isinstance(entries, list) else await entries})

    async def _photo(self, request: Request) -> Response:
        file = self.world.files.get(request.path_params["file_id"])
        if file is None:
            return _error("There is no such file.", 404)
        # Uploaded pages must not run with this page's rights.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(file.data, media_type=file.mime, headers=headers)

    async def _events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._versions(), media_type="text/event-stream", headers=headers)

    async def _versions(self) -> AsyncIterator[str]:
        told = -1
        online = self.world.bot_online
        while not self.closing.is_set():
            if online != self.world.bot_online:
                online = not online
                self.world.changed()
            if self.world.signal.version != told:
                told = self.world.signal.version
                yield f"data: {json.dumps({'version': told})}\n\n"
                continue
            try:
                async with asyncio.timeout(_KEEP_OPEN_S):
                    await self.world.signal.next_change()
            except TimeoutError:
                yield ": still here\n\n"

    async def _send(self, params: Params) -> Json:
        person_id, chat_id = params.whole("person"), params.whole("chat")
        self.world.person(person_id)
        contents = _contents(self.world, params)
        album = new_album() if len(params.uploads) > 1 else None
        placing = Placing(params.whole("reply_to") or None, params.whole("topic") or None, album=album)
        sent = [acts.send(self.world, person_id, chat_id, content, placing) for content in contents]
        return {"message_id": sent[-1].id}

    async def _edit(self, params: Params) -> Json:
        ids = params.whole("person"), params.whole("chat"), params.whole("message_id")
        acts.edit(self.world, *ids, params.text("text"))
        return {}

    async def _press(self, params: Params) -> Json:
        chat = self.world.chat(params.whole("chat"))
        message = chat.find_message(params.whole("message_id"))
        if message is None:
            raise PlaygroundError("There is no such message.")
        place = params.whole("row"), params.whole("column")
        callback = acts.press(self.world, params.whole("person"), message, *place)
        await self.world.signal.until(lambda: callback.answered or None, ANSWER_WITHIN_S)
        return {"alert": callback.alert, "text": callback.text}

    async def _block(self, params: Params) -> Json:
        acts.block(self.world, params.whole("person"), params.flag("blocked"))
        return {}

    async def _reset(self, params: Params) -> Json:
        if self.injected.on_reset is None:
            raise PlaygroundError("This playground cannot start afresh.", 409)
        if self.world.busy:
            raise PlaygroundError("The playground is starting already.", 409)
        self.world.busy = "starting"
        self.world.reset()
        try:
            await self.injected.on_reset()
        finally:
            self.world.busy = None
            self.world.changed()
        return {}


def _contents(world: World, params: Params) -> list[Content]:
    kind = params.text("kind") or "text"
    text = params.text("text").strip() or None
    made_up = made_up_content(world, kind)
    if made_up:
        return [made_up]
    if kind not in ("text", "photo", "document"):
        raise PlaygroundError(f"Unknown kind {kind!r}.")
    files = params.uploads
    if not files and not text:
        raise PlaygroundError("There is nothing to send.")
    if not files:
        return [text_content(piece) for piece in utf16_pieces(text or "", MAX_TEXT)]
    makers: dict[str, Any] = {"photo": photo_content, "document": document_content}
    contents = []
    for index, (name, upload) in enumerate(files):
        if name not in makers:
            raise PlaygroundError(f"Unknown attachment {name!r}: photo and document are known.")
        file = world.store_file(upload.data, upload.name, upload.mime)
        # An album carries its caption on the first picture.
        contents.append(makers[name](file, text if index == 0 else None))
    return contents


def _is_from_here(request: Request) -> bool:
    """Refuse foreign host names (DNS rebinding) and foreign pages (cross-site requests)."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    origin = request.headers.get("origin")
    return host in _LOOPBACK and (origin is None or urlsplit(origin).hostname in _LOOPBACK)


def _error(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)
