"""The real program in processes of its own, one after the other, each of which kills itself at a point that it is told.

``python -m tests.crash.shop_process`` loads the program once. For each line with settings it forks: the child opens the shop
and takes orders, line by line, each answered by a line, until it is told to stop or meets its point. Then it ends by SIGKILL,
so that nothing is tidied up, and the parent says how it ended. (Forking is what makes hundreds of deaths affordable: most
of a start is loading code.)

A point is where the seams tell of themselves (`bot.app.building`), and who was at work there: ``Press: before-commit`` is
the commit of a tapped button, ``deliver staff-card: after sendMessage`` a notice that Telegram has taken, ``reconcile
payments: before stripe.refund`` money that is about to go back.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import gc
import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.app import Application, building
from bot.event_loop import start_event_loop
from bot.jobs import Job
from bot.logs import configure
from bot.settings import given
from bot.texts import Texts
from catalogue.covers import cover_jpeg
from catalogue.qr import pickup_qr
from domain.errors import PassingFailure
from domain.ports.clock import Clock
from payments.stripe import StripeCheckout
from tests.crash.shared_clock import SharedClock

Json = dict[str, Any]
_PAUSE = 0.002


class Points:
    """Which points are met, and the one at which the process dies."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self._fatal: tuple[str, int] | None = None
        self._counts: Counter[str] = Counter()

    def record(self) -> None:
        self.met.clear()

    def arm(self, point: str, count: int) -> None:
        """The COUNT-th time that the point is met from now on is the last moment."""
        self._counts.clear()
        self._fatal = (point, count)

    def meet(self, point: str) -> None:
        about = structlog.contextvars.get_contextvars()
        who = f"deliver {about['kind']}" if "kind" in about else about.get("job", about.get("input", "start"))
        name = f"{who}: {point}"
        self.met.append(name)
        self._counts[name] += 1
        if self._fatal == (name, self._counts[name]):
            os.kill(os.getpid(), signal.SIGKILL)


class Orders:
    """What the test tells a running shop to do."""

    def __init__(self, app: Application, points: Points, clock: Clock, stop: asyncio.Event) -> None:
        self._app = app
        self._points = points
        self._clock = clock
        self._stop = stop
        self._unread = b""
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs_at_work = 0
        app.jobs = tuple(dataclasses.replace(job, run=self._counted(job)) for job in app.jobs)

    def _counted(self, job: Job) -> Callable[[], Awaitable[None]]:
        """The same, so that one knows when it is done: a job may be waiting for a gateway."""

        async def run() -> None:
            self._jobs_at_work += 1
            try:
                await job.run()
            finally:
                self._jobs_at_work -= 1

        return run

    def readable(self) -> None:
        self._unread += os.read(0, 1 << 20)
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            task = asyncio.create_task(self._follow(json.loads(line)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _follow(self, order: Json) -> None:
        answer: Json = {"done": order["do"]}
        match order["do"]:
            case "record":
                self._points.record()
            case "arm":
                self._points.arm(order["point"], order["count"])
            case "jobs":
                await self._jobs()
            case "event":
                receive = self._app.gateway_events[order["gateway"]]
                structlog.contextvars.bind_contextvars(job="event")
                answer["status"] = await receive(base64.b64decode(order["body"]), order["headers"])
            case "stop":
                self._stop.set()
                return
        await self._rest()
        answer["points"] = list(self._points.met)
        say(answer)

    async def _jobs(self) -> None:
        """Everything that the program does by itself, now."""
        for job in self._app.jobs:
            structlog.contextvars.bind_contextvars(job=job.name)
            try:
                await job.run()
            except PassingFailure:
                continue  # as it is put off when it runs by itself
        self._app.relay.wake()

    async def _rest(self) -> None:
        """Until nothing is under way, nothing is due and everything is shown."""
        while True:
            if not self._busy():
                now = self._clock.now()
                async with self._app.unit_of_work.reading() as look:
                    due = await look.outbox.next_due()
                    unshown = await look.dialogues.unshown(now, 1)
                # Busy again: what looked as if it were not due may just have been leased.
                if not (due and due <= now) and not unshown and not self._busy():
                    return
            await asyncio.sleep(_PAUSE)

    def _busy(self) -> bool:
        return bool(self._app.intake.busy or self._app.relay.busy or self._jobs_at_work)


def say(answer: Json) -> None:
    os.write(1, json.dumps(answer).encode() + b"\n")


async def serve(order: Json) -> int:
    clock, points, stop = SharedClock(Path(order["clock"])), Points(), asyncio.Event()
    async with building(given(**order["settings"]), clock=clock, faults=points.meet) as app:
        orders = Orders(app, points, clock, stop)

        def ready() -> None:
            asyncio.get_running_loop().add_reader(0, orders.readable)
            say({"open": os.getpid()})

        await app.run(stop, ready=ready)
        asyncio.get_running_loop().remove_reader(0)
    return 0


def main() -> None:
    configure("json", "error")
    load()
    unread = b""
    while chunk := os.read(0, 1 << 20):
        *lines, unread = (unread + chunk).split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "do" not in order:  # that was for a child which had died already
                live(order)


def load() -> None:
    """Everything that takes long and is the same in all of them, before the forks."""
    Texts(("en", "de"), "en", ZoneInfo("UTC"))
    pickup_qr("000000", shop="The Corner Bookshop", payload="https://t.me/shop")
    cover_jpeg("Dune", ("Frank Herbert",), key="1", language="eng", subjects=())
    StripeCheckout(
        secret_key="sk_test_none", webhook_secret="", back_url=""
    )  # its library loads the rest of itself
    gc.collect()
    gc.freeze()  # or each child would look through all of it


def live(order: Json) -> None:
    """One process's whole life."""
    child = os.fork()
    if not child:
        status = 1
        try:
            status = start_event_loop(serve(order))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    _, status = os.waitpid(child, 0)
    os.set_blocking(0, True)  # the child's loop made it the other, for both
    say({"ended": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
