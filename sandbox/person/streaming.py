"""The live events as server-sent events."""

from __future__ import annotations

import json

from aiohttp import web

from sandbox.events import Event
from sandbox.model import Json
from sandbox.person.routes import Asked, route

KEEP_ALIVE = 15.0


def _line(event: Event, user: int) -> bytes:
    data: Json = event.data
    if user and "message" in data and data["message"]:
        message = data["message"]
        data = {**data, "message": {**message, "mine": message["from"]["id"] == user}}
    text = json.dumps(data, ensure_ascii=False)
    return f"id: {event.id}\nevent: {event.name}\ndata: {text}\n\n".encode()


@route("GET", "/events")
async def events(asked: Asked) -> web.StreamResponse:
    log = asked.sandbox.world.events
    user = asked.integer("user", 0)
    resumed = asked.request.headers.get("Last-Event-ID") or asked.text("last_event_id")
    last = int(resumed) if resumed.isdigit() else log.last
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
    await response.prepare(asked.request)
    await response.write(b"retry: 1000\n\n")
    while not log.closed:
        news = log.after(last)
        if news is None:
            last = log.last
            await response.write(f"id: {last}\nevent: reset\ndata: {{}}\n\n".encode())
            continue
        seen = b"".join(_line(event, user) for event in news if not user or event.seen_by(user))
        if news:
            last = news[-1].id
        if seen:
            await response.write(seen)
        elif not await log.news(KEEP_ALIVE):
            await response.write(b": still here\n\n")
    return response
