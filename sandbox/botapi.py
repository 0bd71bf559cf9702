"""The HTTP side of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Rules: telegram-bot-api HttpConnection.cpp, ClientManager.cpp (tokens), Query.cpp (answers), Client.cpp (on_cmd).
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.calls import POLL
from sandbox.errors import ApiError
from sandbox.faults import PROXY_PAGE, PROXY_TITLES, Fault
from sandbox.methods import METHODS
from sandbox.methods.registry import Described
from sandbox.model import Json
from sandbox.params import Args, read_args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


class BotApi:
    """Answers the bot's calls, unless a fault strikes."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self.handle)
        router.add_get("/file/bot{token:[^/]*}/{path:.*}", self.download)

    def _check_token(self, token: str) -> None:
        if not token or token[0] == "0" or len(token) > 80 or not re.match(r"[1-9]\d{0,15}:", token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self._sandbox.settings.token:
            raise ApiError(401, "Unauthorized")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call, whatever the HTTP method."""
        sandbox = self._sandbox
        try:
            self._check_token(request.match_info["token"])
            args = await read_args(request)
        except ApiError as error:
            return _answer(error.code, error.body())
        except web.HTTPRequestEntityTooLarge:
            return _answer(413, ApiError(413, "Request Entity Too Large").body())
        name = request.match_info["method"] or args.text("method")
        method = name.lower()
        record = sandbox.calls.begin(method, name, sandbox.clock.now(), args)
        fault = sandbox.faults.strike(method, args)
        record.fault = fault.kind if fault else None
        status, body = 0, None
        try:
            if fault is None or fault.kind in ("timeout_after", "drop_after", "slow"):
                status, body = await self.call(method, args)
            if fault is not None:
                return await _suffer(request, fault, status, body)
            return _answer(status, body or {})
        finally:
            sandbox.calls.end(method, record, status, body)

    async def call(self, method: str, args: Args) -> tuple[int, Json]:
        """Carries out a call; the state is on the disk before the answer goes out."""
        try:
            handler = METHODS.get(method)
            if handler is None:
                raise ApiError(404, "Not Found: method not found")
            result: Any = handler(self._sandbox, args)
            if inspect.isawaitable(result):
                result = await result
            body: Json = {"ok": True, "result": result}
            if isinstance(result, Described):
                body = {"ok": True, "result": result.result, "description": result.description}
            status = 200
        except ApiError as error:
            status, body = error.code, error.body()
        if method != POLL or status == 200:
            self._sandbox.world.store.flush()
        return status, body

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file's bytes, as `getFile` named it."""
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return _answer(error.code, error.body())
        file = self._sandbox.world.files.at_path(request.match_info["path"])
        if file is None:
            return _answer(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        data = self._sandbox.world.files.content(file)
        return web.Response(body=data, content_type="application/octet-stream")


def _answer(status: int, body: Json) -> web.Response:
    headers = {}
    retry_after = body.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)


async def _suffer(request: web.Request, fault: Fault, status: int, body: Json | None) -> web.StreamResponse:
    if fault.kind in PROXY_TITLES:
        return web.Response(
            text=PROXY_PAGE.format(PROXY_TITLES[fault.kind]), status=int(fault.kind), content_type="text/html"
        )
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return _answer(status, body or {})
    if fault.kind in ("timeout_before", "timeout_after"):
        await asyncio.sleep(fault.seconds)
    if fault.kind.startswith(("timeout", "drop")):
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    error = fault.error()
    return _answer(error.code, error.body())
