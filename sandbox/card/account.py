"""The gateway's books: payments, what became of them, and what was given back.

Its rules are those that real card gateways have in common: an idempotency key answers as it did the first time and refuses
another request; what is paid cannot be cancelled, what is cancelled cannot be paid; no more goes back than came in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.model import Json
from sandbox.store import Store

OPEN, PROCESSING, PAID, DECLINED, CANCELLED = "open", "processing", "paid", "declined", "cancelled"
_INTERNAL = frozenset({"settles_at", "telling", "number"})
"""What the API does not show of a payment."""
MAX_CARDS = 3
"""After so many cards that the bank declined, a payment is closed."""
KIND, KEYS = "card_payment", "card_key"


class CardError(Exception):
    """A refusal: an HTTP status, a short code and a sentence."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence


@dataclass
class Refund:
    id: str
    amount: int
    currency: str
    created: int


@dataclass
class CardPayment:
    """``amount`` in minor units. ``telling`` is how its events are told: ``once``, ``twice`` or ``never``."""

    id: str
    reference: str
    description: str
    amount: int
    currency: str
    created: int
    lines: list[Json] = field(default_factory=list)
    language: str = "en"
    return_url: str = ""
    expires_at: int = 0
    state: str = OPEN
    charge: str = ""
    paid_at: int = 0
    declined: str = ""
    """Why the last card was declined; the next one may be better."""
    cards_declined: int = 0
    settles_at: float = 0.0
    """When the bank answers, while it takes its time."""
    telling: str = "once"
    refunds: list[Refund] = field(default_factory=list)
    number: int = 0
    """Counts the account's payments, so that they keep their order over a restart."""

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.refunds)

    def view(self) -> Json:
        """As the API shows it."""
        shown = {key: value for key, value in asdict(self).items() if key not in _INTERNAL}
        return shown | {"object": "payment", "amount_refunded": self.refunded}


class CardAccount:
    """One shop's account. ``tell(kind, payment)`` is called whenever there is something to tell the shop."""

    def __init__(self, store: Store, clock: Clock, tell: Callable[[str, CardPayment], None]) -> None:
        self._store = store
        self._clock = clock
        self._tell = tell
        self.payments: dict[str, CardPayment] = {}
        self._keys: dict[str, Json] = {}
        for _, row in store.load(KIND):
            refunds = [Refund(**refund) for refund in row.pop("refunds")]
            payment = CardPayment(**row, refunds=refunds)
            self.payments[payment.id] = payment
        self.payments = dict(sorted(self.payments.items(), key=lambda item: item[1].number))
        for key, answer in store.load(KEYS):
            self._keys[key] = answer

    # --- the shop -----------------------------------------------------------------------------------------------------

    def create(self, key: str, wish: Json) -> CardPayment:
        """Something to be paid. With the same key, the same payment as the first time."""
        if known := self._known(key, wish):
            return self.payments[known]
        payment = CardPayment(
            id=_new("pay"), created=self._clock.unix(), number=len(self.payments) + 1, **wish
        )
        self._remember(key, wish, payment.id)
        self.payments[payment.id] = payment
        self._keep(payment)
        return payment

    def find(self, payment_id: str) -> CardPayment:
        payment = self.payments.get(payment_id)
        if payment is None:
            raise CardError(404, "no_such_payment", "There is no such payment.")
        return self.settled(payment)

    def matching(self, reference: str = "", paid_from: int = 0, paid_until: int = 0) -> list[CardPayment]:
        """Payments in the order in which they were made; of one reference, or paid from one second up to another."""
        found = [self.settled(payment) for payment in self.payments.values()]
        if reference:
            found = [payment for payment in found if payment.reference == reference]
        if paid_until:
            found = [
                payment for payment in found if payment.charge and paid_from <= payment.paid_at < paid_until
            ]
        return found

    def refunds(self, start: int, until: int) -> list[tuple[CardPayment, Refund]]:
        """What went back from one second up to another, by the shop or at the desk, oldest first."""
        found = [
            (payment, refund)
            for payment in self.payments.values()
            for refund in payment.refunds
            if start <= refund.created < until
        ]
        return sorted(found, key=lambda one: one[1].created)

    def cancel(self, payment_id: str) -> CardPayment:
        payment = self.find(payment_id)
        if payment.state in (PAID, PROCESSING):
            raise CardError(409, "not_cancellable", f"A payment that is {payment.state} cannot be cancelled.")
        if payment.state == OPEN:
            payment.state = CANCELLED
            self._keep(payment)
            self._tell("payment.cancelled", payment)
        return payment

    def refund(self, key: str, payment_id: str, amount: int, currency: str) -> Refund:
        """Give back all or part. With the same key, the same refund as the first time."""
        payment = self.find(payment_id)
        wish = {"payment": payment_id, "amount": amount, "currency": currency}
        if known := self._known(key, wish):
            return next(refund for refund in payment.refunds if refund.id == known)
        if payment.state != PAID:
            raise CardError(409, "not_paid", "Nothing was paid that could go back.")
        if currency != payment.currency:
            raise CardError(400, "wrong_currency", f"It was paid in {payment.currency}.")
        if not 0 < amount <= payment.amount - payment.refunded:
            raise CardError(409, "refund_exceeds_payment", "No more goes back than is left of the payment.")
        refund = Refund(_new("ref"), amount, currency, self._clock.unix())
        self._remember(key, wish, refund.id)
        payment.refunds.append(refund)
        self._keep(payment)
        self._tell("payment.refunded", payment)
        return refund

    # --- the customer and the bank ------------------------------------------------------------------------------------

    def pay(self, payment_id: str, *, telling: str = "once", after: float = 0.0) -> CardPayment:
        """A card is charged; ``after`` so many seconds, if the bank takes its time."""
        payment = self._payable(payment_id)
        payment.telling, payment.declined = telling, ""
        if after > 0:
            payment.state, payment.settles_at = PROCESSING, self._clock.now() + after
            self._keep(payment)
        else:
            self._charge(payment)
        return payment

    def decline(self, payment_id: str, reason: str, *, last: bool = False) -> CardPayment:
        """The bank says no to this card; another may be tried, unless it was the ``last``."""
        payment = self._payable(payment_id)
        payment.declined = reason
        payment.cards_declined += 1
        if last or payment.cards_declined >= MAX_CARDS:
            payment.state = DECLINED
        self._keep(payment)
        self._tell("payment.declined", payment)
        return payment

    def settled(self, payment: CardPayment) -> CardPayment:
        """The payment as it stands by now: late banks have answered, links have ended."""
        now = self._clock.now()
        if payment.state == PROCESSING and payment.settles_at <= now:
            self._charge(payment)
        elif payment.state == OPEN and 0 < payment.expires_at <= now:
            payment.state = CANCELLED
            self._keep(payment)
            self._tell("payment.cancelled", payment)
        return payment

    def settle_all(self) -> None:
        for payment in list(self.payments.values()):
            self.settled(payment)

    def _payable(self, payment_id: str) -> CardPayment:
        payment = self.find(payment_id)
        if payment.state != OPEN:
            raise CardError(409, f"already_{payment.state}", f"This payment is {payment.state}.")
        return payment

    def _charge(self, payment: CardPayment) -> None:
        payment.state, payment.charge, payment.paid_at = PAID, _new("chg"), self._clock.unix()
        self._keep(payment)
        self._tell("payment.paid", payment)

    # --- keeping ------------------------------------------------------------------------------------------------------

    def _known(self, key: str, wish: Json) -> str:
        """What this key was answered with; empty if it is new."""
        if not 0 < len(key) <= 255:
            raise CardError(400, "no_idempotency_key", "Idempotency-Key: between 1 and 255 characters.")
        known = self._keys.get(key)
        if known is None:
            return ""
        if known["wish"] != wish:
            raise CardError(409, "idempotency_key_reused", "This key came with another request before.")
        return str(known["answer"])

    def _remember(self, key: str, wish: Json, answer: str) -> None:
        self._keys[key] = {"wish": wish, "answer": answer}
        self._store.put(KEYS, key, self._keys[key])

    def _keep(self, payment: CardPayment) -> None:
        row: dict[str, Any] = asdict(payment)
        self._store.put(KIND, payment.id, row)


def _new(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(10)}"
