"""A payment gateway that keeps books of its own, and answers as badly as gateways do."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.ids import AttemptId
from domain.money import Money
from domain.payment import OpenLink
from domain.ports.gateway import (
    Capabilities,
    Charged,
    Declined,
    Event,
    Expired,
    GatewayUnreachable,
    GaveBack,
    Outcome,
    Payable,
    Pending,
    RefundFailed,
    Statement,
    Succeeded,
    Unknown,
)

WELL, AWAY, LOSES_ANSWERS = "well", "away", "loses answers"


@dataclass
class Page:
    """What the customer can pay on."""

    attempt_id: AttemptId
    amount: Money
    state: str = "open"
    charge_id: str = ""


@dataclass
class TillGateway:
    """``mood``: it is well; away (it is not reached and nothing happens); or it does what it is asked and the answer is lost.

    It refuses what a real one refuses: to pay a page twice, or one that has ended; to give back more than was taken. An
    idempotency key has one effect. ``untold`` are events that it has sent and may send again.
    """

    name: str = "till"
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            refunds=True, partial_refunds=True, look_up=True, expire=True, statements=True
        )
    )
    mood: str = WELL
    pages: dict[AttemptId, Page] = field(default_factory=dict)
    refunds: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By idempotency key: of which charge, how much."""
    came_back: set[str] = field(default_factory=set)
    """Keys of refunds that the customer's bank could not pay out."""
    events: list[tuple[str, AttemptId, str]] = field(default_factory=list)
    """Its id, whose it is, and the key of the refund that failed (empty: it is about the payment)."""
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    # --- what the customer does ---------------------------------------------------------------------------------------

    def pays(self, page: Page) -> None:
        assert page.state == "open"
        page.state, page.charge_id = "paid", f"ch{next(self._numbers)}"
        self.events.append((f"evt{next(self._numbers)}", page.attempt_id, ""))

    def sends_back(self, key: str) -> None:
        page = next(one for one in self.pages.values() if one.charge_id == self.refunds[key][0])
        self.came_back.add(key)
        self.events.append((f"evt{next(self._numbers)}", page.attempt_id, key))

    # --- its books ----------------------------------------------------------------------------------------------------

    @property
    def taken(self) -> Counter[tuple[str, int]]:
        paid = [page for page in self.pages.values() if page.state == "paid"]
        return Counter((page.charge_id, page.amount.minor) for page in paid)

    @property
    def arrived(self) -> list[str]:
        """Keys of refunds that were made and did not come back."""
        return [key for key in self.refunds if key not in self.came_back]

    def _gone(self, charge_id: str) -> int:
        return sum(self.refunds[key][1] for key in self.arrived if self.refunds[key][0] == charge_id)

    @property
    def given_back(self) -> Counter[tuple[str, int]]:
        return Counter(self.refunds.values())

    # --- what the shop asks -------------------------------------------------------------------------------------------

    async def start(self, payable: Payable) -> OpenLink | Unknown:
        if self.mood == AWAY:
            raise GatewayUnreachable(self.name)
        page = self.pages.setdefault(payable.attempt_id, Page(payable.attempt_id, payable.total))
        assert page.amount == payable.total
        if self.mood == LOSES_ANSWERS:
            return Unknown("lost")
        return OpenLink(f"https://pay.example/{page.attempt_id}", f"ref-{page.attempt_id}")

    async def look_up(self, attempt_id: AttemptId, reference: str) -> Outcome:
        return self._standing(attempt_id) if self.mood == WELL else Unknown(self.mood)

    async def expire(self, attempt_id: AttemptId, reference: str) -> Outcome:
        if self.mood == AWAY:
            return Unknown(self.mood)
        page = self.pages.get(attempt_id)
        if page is not None and page.state == "open":
            page.state = "expired"
        return self._standing(attempt_id) if self.mood == WELL else Unknown(self.mood)

    def _standing(self, attempt_id: AttemptId) -> Outcome:
        page = self.pages.get(attempt_id)
        if page is None:
            return Unknown("no such payment")
        if page.state == "paid":
            return Succeeded(page.charge_id, page.amount)
        return Expired() if page.state == "expired" else Pending()

    async def refund(
        self, attempt_id: AttemptId, charge_id: str, amount: Money, key: str
    ) -> Succeeded | Declined | Unknown:
        if self.mood == AWAY:
            return Unknown(self.mood)
        if key not in self.refunds:
            page = next((one for one in self.pages.values() if one.charge_id == charge_id), None)
            if page is None or self._gone(charge_id) + amount.minor > page.amount.minor:
                return Declined("charge_already_refunded")
            self.refunds[key] = (charge_id, amount.minor)
        assert self.refunds[key] == (charge_id, amount.minor)
        return Succeeded(f"re-{key}", amount) if self.mood == WELL else Unknown(self.mood)

    async def statement(self, start: datetime, end: datetime) -> Statement | Unknown:
        """It has no clock: whatever it ever did is on the list of every span, at its start."""
        if self.mood != WELL:
            return Unknown(self.mood)
        paid = {page.charge_id: page for page in self.pages.values() if page.state == "paid"}
        charges = [Charged(name, page.attempt_id, page.amount, start) for name, page in paid.items()]
        refunds = [
            GaveBack(
                f"re-{key}", name, paid[name].attempt_id, Money(minor, paid[name].amount.currency), start
            )
            for key, (name, minor) in self.refunds.items()
            if key not in self.came_back
        ]
        return Statement(tuple(charges), tuple(refunds))

    async def refunded_so_far(self, charge_id: str, currency: str) -> Money | Unknown:
        return Money(self._gone(charge_id), currency) if self.mood == WELL else Unknown(self.mood)

    def told(self, event_id: str, attempt_id: AttemptId, refund: str) -> bytes:
        return json.dumps({"id": event_id, "attempt": attempt_id, "refund": refund}).encode()

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        given = json.loads(body)
        if key := given["refund"]:
            failed = RefundFailed(f"re-{key}", Money(self.refunds[key][1], "EUR"), "expired_or_canceled_card")
            return Event(
                given["id"], "refund failed", AttemptId(given["attempt"]), None, refund_failed=failed
            )
        outcome = self._standing(AttemptId(given["attempt"]))
        return Event(given["id"], "paid", AttemptId(given["attempt"]), outcome, raw=body.decode())


@dataclass
class Invoices:
    """Telegram's provider: it can neither be asked nor give money back, and an invoice can be paid more than once."""

    charges: dict[str, tuple[AttemptId, Money]] = field(default_factory=dict)
    by_hand: int = 0
    """Minor units that somebody gave back at the provider."""

    def pays(self, attempt_id: AttemptId, amount: Money) -> str:
        charge_id = f"tg{len(self.charges) + 1}"
        self.charges[charge_id] = (attempt_id, amount)
        return charge_id

    @property
    def taken(self) -> Counter[tuple[str, int]]:
        return Counter((charge, amount.minor) for charge, (_, amount) in self.charges.items())
