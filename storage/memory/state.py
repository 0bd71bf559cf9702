"""Everything that is stored, as plain collections of values that nobody changes in place."""

from __future__ import annotations

import copy
import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from domain.cart import CartLine
from domain.catalogue import CatalogueRow
from domain.customer import Customer
from domain.feed_job import FeedJob
from domain.ids import AttemptId, BookId, CartId, CustomerId, OrderId, QuestionId, SessionId
from domain.order import Order, OrderEvent
from domain.payment import Attempt, Entry, GatewayEvent
from domain.ports.customers import MailedCode
from domain.ports.dialogues import Dialogue, DialogueKey
from domain.ports.outbox import Message
from domain.question import Question, QuestionCard
from domain.session import Session
from domain.staff import LinkCode, StaffCard, StaffChat
from domain.stock import StockChange


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A record of the catalogue and its copies. ``counted`` is what its source counted last."""

    row: CatalogueRow
    on_hand: int
    held: int
    added_at: datetime
    withdrawn_at: datetime | None
    counted: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class KeptCustomer:
    customer: Customer
    key: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class KeptCart:
    id: CartId
    customer_id: CustomerId | None
    lines: tuple[CartLine, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptOrder:
    order: Order
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptMessage:
    message: Message
    written_at: datetime
    due_at: datetime
    state: str = "waiting"
    leased_until: datetime | None = None
    done_at: datetime | None = None
    tries: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class KeptDialogue:
    dialogue: Dialogue
    updated_at: datetime


@dataclass(slots=True)
class State:
    books: dict[BookId, KeptBook] = field(default_factory=dict)
    ledger: list[StockChange] = field(default_factory=list)
    customers: dict[CustomerId, KeptCustomer] = field(default_factory=dict)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    codes: dict[tuple[str, str], MailedCode] = field(default_factory=dict)
    hits: list[tuple[str, datetime]] = field(default_factory=list)
    carts: dict[str, KeptCart] = field(default_factory=dict)
    orders: dict[OrderId, KeptOrder] = field(default_factory=dict)
    order_events: list[OrderEvent] = field(default_factory=list)
    attempts: dict[AttemptId, Attempt] = field(default_factory=dict)
    gateway_events: dict[tuple[str, str], GatewayEvent] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    staff_chat: StaffChat | None = None
    link_code: LinkCode | None = None
    cards: dict[OrderId, StaffCard] = field(default_factory=dict)
    questions: dict[QuestionId, Question] = field(default_factory=dict)
    question_cards: dict[QuestionId, QuestionCard] = field(default_factory=dict)
    messages: dict[int, KeptMessage] = field(default_factory=dict)
    dialogues: dict[DialogueKey, KeptDialogue] = field(default_factory=dict)
    updates: dict[tuple[int, int], datetime] = field(default_factory=dict)
    failures: dict[tuple[int, int], tuple[str, int, datetime]] = field(default_factory=dict)
    files: dict[tuple[int, str], str] = field(default_factory=dict)
    feed_jobs: dict[int, FeedJob] = field(default_factory=dict)
    feed_leases: dict[int, datetime] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    """Ids that are never given twice, whatever is rolled back or deleted."""

    def copy(self) -> State:
        """A state of its own; the values are shared."""
        found = copy.copy(self)
        for part in dataclasses.fields(self):
            value = getattr(self, part.name)
            if isinstance(value, (dict, list)):
                setattr(found, part.name, value.copy())
        return found
