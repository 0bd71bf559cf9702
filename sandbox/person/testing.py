"""What tests ask for: calls, updates, quiet, faults, limits, the clock, BotFather's settings."""

from __future__ import annotations

import asyncio
import contextlib
import time

from sandbox.errors import PersonError
from sandbox.model import Json
from sandbox.person.routes import Asked, route

BOT_SETTINGS = (
    "can_read_all_group_messages",
    "supports_inline_queries",
    "inline_feedback",
    "can_join_groups",
)


@route("GET", "/calls")
def calls(asked: Asked) -> Json:
    log = asked.sandbox.calls
    limit = max(1, min(1000, asked.integer("limit", 100)))
    found = log.after(
        asked.integer("after", 0),
        method=asked.text("method").lower(),
        chat_id=asked.text("chat_id"),
        polls=asked.flag("polls"),
        limit=limit,
    )
    return {"calls": found, "next": found[-1]["id"] if len(found) == limit else log.last_id}


@route("GET", "/updates")
def updates(asked: Asked) -> Json:
    queue = asked.sandbox.world.updates
    return {
        "pending": [one.body for one in queue.pending],
        "last_update_id": queue.last_id,
        "confirmed_update_id": queue.confirmed,
    }


@route("POST", "/updates/{update_id}/repeat")
def repeat(asked: Asked) -> Json:
    try:
        asked.sandbox.world.updates.repeat(asked.integer("update_id"))
    except KeyError:
        raise PersonError(404, "that update is not one of the newest 1,000") from None
    return {}


@route("GET", "/quiet")
async def quiet(asked: Asked) -> Json:
    """Waits until the bot has taken every update up to `after`, has done something since, and rests."""
    log, queue = asked.sandbox.calls, asked.sandbox.world.updates
    after = asked.integer("after", queue.last_id)
    known_calls = asked.integer("calls", -1)
    rest = asked.seconds("ms", 40.0, 10_000.0) / 1000
    silence = asked.seconds("silence", 0.5)
    deadline = time.monotonic() + asked.seconds("timeout", 5.0)
    while True:
        now = time.monotonic()
        taken = not any(one.update_id <= after and not one.repeat for one in queue.pending)
        acted = log.last_id_of_work > known_calls or now - queue.confirmed_at >= silence
        done = taken and acted and log.running == 0
        if done and now - log.last_activity >= rest:
            return {"quiet": True}
        if now >= deadline:
            return {"quiet": False}
        wait = min(deadline - now, max(0.001, log.last_activity + rest - now) if done else 0.02)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await log.changed.wait()


@route("POST", "/faults")
def add_fault(asked: Asked) -> Json:
    return asked.sandbox.faults.add(asked.body).view()


@route("GET", "/faults")
def list_faults(asked: Asked) -> Json:
    return {"faults": asked.sandbox.faults.shown()}


@route("DELETE", "/faults")
def clear_faults(asked: Asked) -> Json:
    asked.sandbox.world.updates.release(asked.sandbox.faults.remove())
    return {}


@route("DELETE", "/faults/{id}")
def remove_fault(asked: Asked) -> Json:
    asked.sandbox.world.updates.release(asked.sandbox.faults.remove(asked.integer("id")))
    return {}


@route("GET", "/clock")
def clock(asked: Asked) -> Json:
    return {"now": asked.sandbox.clock.now(), "advanced": asked.sandbox.clock.advanced}


@route("POST", "/clock")
def advance(asked: Asked) -> Json:
    seconds = float(asked.get("advance", 0))
    if seconds < 0:
        raise PersonError(400, "the clock only goes forward")
    asked.sandbox.clock.advance(seconds)
    asked.sandbox.world.updates.arrived.set()
    return {"now": asked.sandbox.clock.now(), "advanced": asked.sandbox.clock.advanced}


@route("POST", "/limits")
def limits(asked: Asked) -> Json:
    asked.sandbox.flood.on = asked.flag("flood")
    return {"flood": asked.sandbox.flood.on}


@route("POST", "/bot")
def bot_settings(asked: Asked) -> Json:
    changes = {name: asked.flag(name) for name in BOT_SETTINGS if name in asked}
    asked.sandbox.world.save_profile(**changes)
    return {name: asked.sandbox.world.profile[name] for name in BOT_SETTINGS}
