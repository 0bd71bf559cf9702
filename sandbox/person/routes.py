"""How a request of the person's side becomes a function's call and its answer."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.errors import ApiError, PersonError
from sandbox.model import Chat, Json, Message, User
from sandbox.params import Upload

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

PAGE = Path(__file__).parent.parent / "page"
MAX_WAIT = 60.0


class Asked:
    """What a request asks for: its path's, query's and body's values, typed on demand."""

    def __init__(self, sandbox: Sandbox, request: web.Request, body: Json, files: dict[str, Upload]) -> None:
        self.sandbox = sandbox
        self.request = request
        self.body = body
        self.files = files
        self._values: Json = {**request.query, **body, **request.match_info}

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def get(self, name: str, default: Any = None) -> Any:
        value = self._values.get(name)
        return default if value is None else value

    def text(self, name: str, default: str = "") -> str:
        return str(self.get(name, default))

    def flag(self, name: str) -> bool:
        return str(self.get(name, "")).lower() in ("1", "true", "yes")

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; PersonError 400 if it is none, or missing without a default."""
        value = self.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise PersonError(400, f"{name} must be a whole number") from None

    def seconds(self, name: str, default: float = 0.0, limit: float = MAX_WAIT) -> float:
        try:
            return max(0.0, min(limit, float(self.get(name, default))))
        except (TypeError, ValueError):
            raise PersonError(400, f"{name} must be a number of seconds") from None

    def user(self, name: str = "user") -> User:
        """The person who acts; created when first named."""
        number = self.integer(name)
        if number <= 0:
            raise PersonError(400, "a person's id is a positive number")
        user = self.sandbox.world.person(number)
        if user.is_bot:
            raise PersonError(400, "that is the bot, not a person")
        return user

    def chat(self, name: str = "chat") -> Chat:
        """The chat; a positive id is that person's chat with the bot."""
        number = self.integer(name)
        if number > 0:
            self.sandbox.world.person(number)
            return self.sandbox.world.private_chat(number)
        chat = self.sandbox.world.chats.get(number)
        if chat is None:
            raise PersonError(404, f"there is no chat {number}")
        return chat

    def message(self, *, deleted: bool = False) -> Message:
        """The message that the path names."""
        chat = self.chat()
        message = self.sandbox.world.messages.get(chat.id, {}).get(self.integer("message_id"))
        if message is None or (message.deleted and not deleted):
            raise PersonError(404, f"there is no message {self.get('message_id')} in chat {chat.id}")
        return message


Route = Callable[[Asked], Any]
ROUTES: list[tuple[str, str, Route]] = []


def route(verb: str, path: str) -> Callable[[Route], Route]:
    """Registers a function for a path under `/sandbox`."""

    def register(function: Route) -> Route:
        ROUTES.append((verb, "/sandbox" + path, function))
        return function

    return register


class PersonApi:
    """Adds all routes of the person's side and of the page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add_routes(self, app: web.Application) -> None:
        for verb, path, function in ROUTES:
            app.router.add_route(verb, path, self._handler(function))
        app.router.add_route("*", "/sandbox/{rest:.*}", self._unknown)
        app.router.add_get("/{path:.*}", self._page)

    def _handler(self, function: Route) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                refuse_strangers(request)
                asked = await _read(self._sandbox, request)
                result = function(asked)
                if inspect.isawaitable(result):
                    result = await result
            except PersonError as error:
                return _json({"error": error.sentence}, error.status)
            except ApiError as error:
                return _json({"error": error.description}, 400)
            finally:
                self._sandbox.world.store.flush()
            return result if isinstance(result, web.StreamResponse) else _json(result)

        return handle

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        return _json({"error": f"there is nothing at {request.method} {request.path}"}, 404)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        wanted = (PAGE / request.match_info["path"]).resolve()
        if not wanted.is_relative_to(PAGE):
            raise web.HTTPNotFound
        if not wanted.is_file():
            if wanted.suffix:
                raise web.HTTPNotFound
            wanted = PAGE / "index.html"
        if not wanted.is_file():
            return _json({"sandbox": "the person's side is under /sandbox/", "info": "/sandbox/info"})
        return web.FileResponse(wanted, headers={"Cache-Control": "no-cache"})


def _json(value: Any, status: int = 200) -> web.Response:
    text = json.dumps(value, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")


def refuse_strangers(request: web.Request) -> None:
    """Pages of other origins must not act here: any web page can send requests to this machine."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise PersonError(403, "this comes from another page")


async def _read(sandbox: Sandbox, request: web.Request) -> Asked:
    body: Json = {}
    files: dict[str, Upload] = {}
    if request.body_exists and request.content_type == "multipart/form-data":
        for name, field in (await request.post()).items():
            if isinstance(field, web.FileField):
                files[name] = Upload(field.filename, field.content_type, field.file.read())
            else:
                body[name] = field
    elif request.body_exists:
        raw = await request.read()
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            raise PersonError(400, "the body is no JSON") from None
        if not isinstance(body, dict):
            raise PersonError(400, "the body must be a JSON object")
    return Asked(sandbox, request, body, files)
