"""Delivery of updates to the bot's webhook.

Rules: telegram-bot-api WebhookActor.cpp and Client.cpp (process_set_webhook_query, do_set_webhook): one request per
update and per queue at a time, up to `max_connections` at once; any 2xx confirms; after the second failure in a row a
queue waits 2, 4, 8, ... seconds (at most 60 to 120), or what the answer's Retry-After says.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from typing import TYPE_CHECKING, Any

import aiohttp

from sandbox.errors import ApiError, bad_request, too_many_requests
from sandbox.model import Json
from sandbox.params import Args, json_or_none
from sandbox.polling import BY_WEBHOOK
from sandbox.updates import DEFAULT_TYPES, Pending

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

DEFAULT_CONNECTIONS = 40
MAX_RESEND = 60
REQUEST_TIMEOUT = 60.0
NOT_IN_ANSWER = ("deletewebhook", "setwebhook", "close", "logout")


class Webhook:
    """The webhook, if one is set, and the task that feeds it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.url = ""
        self.secret = ""
        self.connections = DEFAULT_CONNECTIONS
        self.last_error: tuple[int, str] | None = None
        self._next_set = 0.0
        self._task: asyncio.Task[None] | None = None
        self._busy: set[str] = set()
        self._retry_at: dict[int, float] = {}
        self._fails: dict[int, int] = {}
        self._senders: set[asyncio.Task[None]] = set()
        self.pace = 1.0
        """How long a second of waiting before a repetition takes; tests hurry it."""
        for _, row in sandbox.world.store.load("webhook"):
            self.url, self.secret, self.connections = row["url"], row["secret"], row["connections"]

    def resume(self) -> None:
        """Starts to deliver, if a webhook is set."""
        if self.url and self._task is None:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stops to deliver."""
        tasks = [*self._senders, *([self._task] if self._task else [])]
        self._task = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._busy.clear()

    async def set(self, args: Args) -> str:
        """Sets, changes or (with an empty url) removes the webhook; returns the description of the answer."""
        queue = self._sandbox.world.updates
        url = args.text("url")
        if url:
            now = time.monotonic()
            if now < self._next_set:
                raise too_many_requests(1)
            self._next_set = now + 1.0
        connections = args.integer("max_connections", DEFAULT_CONNECTIONS, 1, 100)
        secret = args.text("secret_token")
        drop = args.flag("drop_pending_updates")
        if (
            url == self.url
            and not drop
            and (not url or (connections == self.connections and secret == self.secret))
        ):
            queue.allow(json_or_none(args.text("allowed_updates")))
            return "Webhook is already set" if url else "Webhook is already deleted"
        if url:
            self._check(url, secret)
            self._sandbox.poller.abort(BY_WEBHOOK)
        had = bool(self.url)
        await self.close()
        if drop:
            queue.keep_last(0)
        self.url, self.secret, self.connections = url, secret if url else "", connections
        self.last_error = None
        queue.allow(json_or_none(args.text("allowed_updates")))
        row = {"url": self.url, "secret": self.secret, "connections": self.connections}
        self._sandbox.world.store.put("webhook", "webhook", row)
        if not url:
            return "Webhook was deleted" if had else "Webhook is already deleted"
        self.resume()
        return "Webhook was set"

    def _check(self, url: str, secret: str) -> None:
        match = re.fullmatch(r"(?:(https?)://)?([^/?#\s:]+)(?::(\d{1,5}))?(?:[/?#]\S*)?", url, re.IGNORECASE)
        if match is None or (match[3] and not 0 < int(match[3]) <= 65535):
            raise bad_request("invalid webhook URL specified")
        local = re.fullmatch(r"127(\.\d+){3}|localhost", match[2])
        if (match[1] or "https").lower() == "http" and not local:
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")

    def info(self) -> Json:
        """The Bot API's `WebhookInfo`."""
        queue = self._sandbox.world.updates
        shown: Json = {
            "url": self.url, "has_custom_certificate": False, "pending_update_count": len(queue.pending),
        }  # fmt: skip
        if self.last_error is not None:
            shown["last_error_date"], shown["last_error_message"] = self.last_error
        if self.url:
            shown["max_connections"] = self.connections
            shown["ip_address"] = "127.0.0.1"
        if queue.allowed != DEFAULT_TYPES:
            shown["allowed_updates"] = sorted(queue.allowed)
        return shown

    async def _run(self) -> None:
        queue = self._sandbox.world.updates
        while True:
            queue.arrived.clear()
            wait = min(self._start_deliveries(), queue.seconds_to_next())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await queue.arrived.wait()

    def _start_deliveries(self) -> float:
        """Sends the first update of every queue that is free; returns the seconds until one is to be repeated."""
        now, soonest = time.monotonic(), 3600.0
        waiting: set[str] = set()
        for one in self._sandbox.world.updates.due(10_000):
            if one.queue in self._busy or one.queue in waiting:
                continue
            left = self._retry_at.get(one.update_id, 0.0) - now
            if left > 0:
                waiting.add(one.queue)
                soonest = min(soonest, left)
            elif len(self._busy) < self.connections:
                self._busy.add(one.queue)
                task = asyncio.create_task(self._deliver(one))
                self._senders.add(task)
                task.add_done_callback(self._senders.discard)
        return soonest

    async def _deliver(self, one: Pending) -> None:
        sandbox = self._sandbox
        try:
            error, retry_after, answer = await self._post(one)
            if error:
                self._failed(one, error, retry_after)
            else:
                self._retry_at.pop(one.update_id, None)
                self._fails.pop(one.update_id, None)
                sandbox.world.updates.confirm(one)
                sandbox.world.store.flush()
                sandbox.calls.touch()
                if answer is not None:
                    await self._call_in_answer(answer)
        finally:
            self._busy.discard(one.queue)
            sandbox.world.updates.arrived.set()

    async def _post(self, one: Pending) -> tuple[str, int, Args | None]:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        body = json.dumps(one.body, ensure_ascii=False).encode()
        url = self.url if "://" in self.url else "https://" + self.url
        timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT)
        try:
            async with self._sandbox.http.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                raw = await answer.read()
                if not 200 <= answer.status <= 299:
                    retry = answer.headers.get("Retry-After", "")
                    error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    return error, int(retry) if retry.isdigit() else 0, None
                return "", 0, _answer_args(raw, answer.content_type)
        except TimeoutError:
            return "Read timeout expired", 0, None
        except aiohttp.ClientConnectorError:
            return "Connection refused", 0, None
        except aiohttp.ClientError:
            return "Webhook connection closed", 0, None

    def _failed(self, one: Pending, error: str, retry_after: int) -> None:
        self.last_error = (self._sandbox.clock.unix(), error)
        fails = self._fails.get(one.update_id, 0)
        self._fails[one.update_id] = fails + 1
        self._retry_at[one.update_id] = time.monotonic() + resend_delay(fails, retry_after) * self.pace

    async def _call_in_answer(self, args: Args) -> None:
        """A method in the webhook's answer is carried out; nobody reads its result."""
        name = args.text("method")
        method = name.lower()
        if not method or method in NOT_IN_ANSWER or method.startswith("get"):
            return
        sandbox = self._sandbox
        record = sandbox.calls.begin(method, name, sandbox.clock.now(), args)
        status, body = 0, None
        try:
            status, body = await sandbox.api.call(method, args)
        finally:
            sandbox.calls.end(method, record, status, body)


def resend_delay(fails: int, retry_after: int) -> float:
    """Seconds until an update is sent again that had failed so often before: 0, 2, 4, 8, ... or what the webhook asks."""
    if retry_after:
        return min(retry_after, 3600)
    return min(2.0**fails, random.uniform(MAX_RESEND, MAX_RESEND * 2)) if fails else 0.0


def _answer_args(raw: bytes, content_type: str) -> Args | None:
    if content_type != "application/json" or not raw:
        return None
    value: Any = json_or_none(raw.decode("utf-8", "replace"))
    if not isinstance(value, dict):
        return None
    texts = {
        key: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for key, one in value.items()
    }
    return Args(texts)
