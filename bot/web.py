"""What is reached over HTTP: webhooks (Telegram's updates, gateways' events), covers, and what a load balancer asks."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping

import structlog
import telegram
from aiohttp import web

from bot.covers import FOLDER, CoverName, Covers, TooManyAsked
from bot.intake import ComeAgain, Intake
from bot.polling import parse
from domain.errors import PassingFailure

log = structlog.get_logger("bot.web")

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name (Bot API, setWebhook)
_MAX_BODY = 1 << 20
"""An update or an event is a few kilobytes; a larger body is refused before it is read: as soon as its length is known, or when
so much has come."""
_PATIENCE = 20.0
"""Seconds that a body may take to come. Whoever sends slower holds nothing open for longer."""

_METRICS = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats)."""

_FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 9111, 5.2.2, and RFC 8246. What an address of a cover shows never changes."""
_FOR_NOW = "public, max-age=300"

Receive = Callable[[bytes, Mapping[str, str]], Awaitable[int]]
"""Handle a gateway's event; returns the HTTP status to answer with."""


def application(
    *,
    bot: telegram.Bot,
    intake: Intake | None,
    secret: str,
    ready: Callable[[], Awaitable[bool]],
    metrics: Callable[[], Awaitable[str]],
    gateways: Mapping[str, Receive],
    covers: Covers,
) -> web.Application:
    """``POST /telegram``, ``POST /gateway/<name>``, ``GET /covers/<name>``, ``GET /healthz`` and ``GET /metrics``. No ``intake``:
    updates come elsewhere."""

    async def take_update(request: web.Request) -> web.Response:
        if intake is None:
            return web.Response(status=404)
        # Other bytes than UTF-8's come as surrogates (PEP 383).
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=403)
        try:
            data = json.loads(await _body(request))
        except (ValueError, RecursionError):
            return web.Response(status=400)
        update = parse(data, bot) if isinstance(data, dict) else None
        if update is None:
            # An update that cannot be read never can be: asking for it again would hold up those behind it.
            return web.Response()
        try:
            await intake.take(update)
        except ComeAgain:
            # Telegram delivers it again when the answer is not 2xx (Bot API, setWebhook).
            return web.Response(status=503)
        return web.Response()

    async def take_event(request: web.Request) -> web.Response:
        receive = gateways.get(request.match_info["name"])
        if receive is None:
            return web.Response(status=404)
        return web.Response(status=await receive(await _body(request), dict(request.headers)))

    async def show_cover(request: web.Request) -> web.Response:
        name = CoverName.parse(request.match_info["name"])
        return web.Response(status=404) if name is None else await _cover(request, covers, name)

    async def health(request: web.Request) -> web.Response:
        try:
            well = await ready()
        except PassingFailure:
            well = False
        return web.Response(status=200 if well else 503)

    async def numbers(request: web.Request) -> web.Response:
        return web.Response(body=(await metrics()).encode(), headers={"Content-Type": _METRICS})

    app = web.Application(client_max_size=_MAX_BODY)
    app.router.add_post("/telegram", take_update)
    app.router.add_post("/gateway/{name}", take_event)
    app.router.add_get(f"/{FOLDER}/{{name}}", show_cover)  # HEAD as well
    app.router.add_get("/healthz", health)
    app.router.add_get("/metrics", numbers)
    return app


async def _cover(request: web.Request, covers: Covers, name: CoverName) -> web.Response:
    headers = {"ETag": f'"{name}"', "Cache-Control": _FOR_EVER, "X-Content-Type-Options": "nosniff"}
    if any(tag.value == str(name) for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    try:
        found = await covers.find(name)
    except (TooManyAsked, PassingFailure):
        return web.Response(status=503, headers={"Retry-After": "5"})
    if found is None:
        return web.Response(status=404, headers={"Cache-Control": _FOR_NOW})
    if isinstance(found, CoverName):
        # Relative to this one, as we do not know beneath what the web server before us has us (RFC 9110, 10.2.2).
        return web.Response(status=302, headers={"Location": str(found), "Cache-Control": _FOR_NOW})
    return web.Response(body=found, content_type="image/jpeg", headers=headers)


async def _body(request: web.Request) -> bytes:
    """Raises HTTPRequestEntityTooLarge, and HTTPRequestTimeout for one that does not come."""
    announced = request.content_length or 0
    if announced > _MAX_BODY:
        raise web.HTTPRequestEntityTooLarge(max_size=_MAX_BODY, actual_size=announced)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
