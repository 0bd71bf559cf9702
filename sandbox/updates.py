"""The queue of updates: numbered, filtered by what the bot asked for, kept until they are confirmed.

Rules: telegram-bot-api Client.cpp (process_get_updates_query, do_get_updates, get_allowed_update_types) and
td's TQueue. An unconfirmed update is kept for 24 hours.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.model import Json
from sandbox.store import Store

TYPES = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "message_reaction", "message_reaction_count", "chat_boost", "removed_chat_boost",
    "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    "purchased_paid_media",
)  # fmt: skip
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
DEFAULT_TYPES = frozenset(TYPES) - NOT_BY_DEFAULT
LIFE = 24 * 3600
LIVES = {
    "inline_query": 30,
    "chosen_inline_result": 600,
    "callback_query": 150,
    "shipping_query": 150,
    "pre_checkout_query": 150,
}
"""Seconds for which an update waits for the bot (Client.cpp: add_update's timeouts); others a day."""
REMEMBERED = 1000


@dataclass
class Pending:
    update_id: int
    body: Json
    added: float
    due: float
    """Not given out before that time; those after it do not wait for it."""
    repeat: bool = False
    """A second delivery of an update that may be confirmed already."""

    @property
    def kind(self) -> str:
        return next(name for name in self.body if name != "update_id")

    @property
    def queue(self) -> str:
        """Updates of one queue reach a webhook one after the other (Client.cpp: webhook_queue_id): those of one chat,
        one person's taps, one person's inline queries, ..."""
        body = self.body[self.kind]
        owner = body["chat"] if "chat" in body else body["from"]
        kind = "message" if self.kind in ("message", "edited_message") else self.kind
        return f"{kind}/{owner['id']}"


class UpdateQueue:
    """Adds, gives and confirms updates. `arrived` is set whenever there may be something new to give."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.pending: list[Pending] = []
        self.recent: OrderedDict[int, Json] = OrderedDict()
        self.last_id = 0
        self.confirmed = 0
        self.confirmed_at = 0.0
        """When the newest confirmation came (monotonic)."""
        self.allowed: frozenset[str] = DEFAULT_TYPES
        self.arrived = asyncio.Event()
        self.shape: Callable[[Pending], list[Pending]] = lambda one: [one]
        """How faults change what is delivered; the identity without faults."""
        for _, row in store.load("update"):
            self.pending.append(Pending(**row))
        self.pending.sort(key=lambda one: one.update_id)
        self.recent.update((one.update_id, one.body) for one in self.pending)
        for key, value in store.load("queue"):
            if key == "numbers":
                self.last_id, self.confirmed = value
            else:
                self.allowed = frozenset(value)

    def allow(self, names: object) -> bool:
        """Remembers `allowed_updates` if it is a list of strings; says whether that changed anything."""
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return False
        wanted = frozenset(name.lower() for name in names) & frozenset(TYPES)
        wanted = wanted or DEFAULT_TYPES
        if wanted == self.allowed:
            return False
        self.allowed = wanted
        self._store.put("queue", "allowed", sorted(wanted))
        return True

    def add(self, kind: str, body: Json) -> int:
        """Queues an update and returns its id; 0 if the bot did not ask for its kind."""
        if kind not in self.allowed:
            return 0
        self.last_id += 1
        update = {"update_id": self.last_id, kind: body}
        now = self._clock.now()
        self.recent[self.last_id] = update
        while len(self.recent) > REMEMBERED:
            self.recent.popitem(last=False)
        for one in self.shape(Pending(self.last_id, update, now, now)):
            self._insert(one)
        self._save_numbers()
        self.arrived.set()
        return self.last_id

    def repeat(self, update_id: int) -> None:
        """Delivers an update of the newest 1,000 once more, with the same id; KeyError if it is not one of them."""
        now = self._clock.now()
        self._insert(Pending(update_id, self.recent[update_id], now, now, repeat=True))
        self.arrived.set()

    def release(self, held: list[Pending]) -> None:
        """Delivers updates that a fault had kept back."""
        for one in held:
            self._insert(one)
        self.arrived.set()

    def due(self, limit: int = 100) -> list[Pending]:
        """What may be given out now, in the order of delivery."""
        now = self._clock.now()
        for one in [one for one in self.pending if one.added + LIVES.get(one.kind, LIFE) < now]:
            self._remove(one)
        return [one for one in self.pending if one.due <= now][:limit]

    def seconds_to_next(self) -> float:
        """How long until a delayed update becomes due; an hour if there is none."""
        now = self._clock.now()
        return min((one.due - now for one in self.pending if one.due > now), default=3600.0)

    def confirm_before(self, offset: int) -> None:
        """Forgets all updates below the offset. A repeated one goes once it was given out after its repetition."""
        for one in [one for one in self.pending if one.update_id < offset and not one.repeat]:
            self._remove(one)
        if offset - 1 > self.confirmed:
            self.confirmed = min(offset - 1, self.last_id)
            self.confirmed_at = time.monotonic()
            self._save_numbers()

    def confirm(self, one: Pending) -> None:
        """Forgets one update: a webhook answered 200 for it, or a repeated one was given out."""
        if one in self.pending:
            self._remove(one)
        if not one.repeat:
            floor = min(
                (left.update_id for left in self.pending if not left.repeat), default=self.last_id + 1
            )
            self.confirmed = max(self.confirmed, floor - 1)
            self.confirmed_at = time.monotonic()
            self._save_numbers()

    def keep_last(self, count: int) -> None:
        """Forgets all but the newest `count`: a negative offset, or `drop_pending_updates`."""
        for one in self.pending[: max(0, len(self.pending) - count)]:
            self._remove(one)
        if not self.pending:
            self.confirmed = self.last_id
            self._save_numbers()

    def _insert(self, one: Pending) -> None:
        self.pending.append(one)
        if not one.repeat:
            self._store.put("update", str(one.update_id), one)

    def _remove(self, one: Pending) -> None:
        self.pending.remove(one)
        if not one.repeat:
            self._store.drop("update", str(one.update_id))

    def _save_numbers(self) -> None:
        self._store.put("queue", "numbers", (self.last_id, self.confirmed))
