"""The shop's own facts and rules, as its owner set them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.cancelling import WHOLE, CancelTerms
from domain.hours import OpeningHours
from domain.tax import TaxRate


@dataclass(frozen=True, slots=True)
class Shop:
    """What texts and services need to know. ``contact_*`` may be empty; ``languages`` are those the shop speaks."""

    name: str
    address: str
    hours: OpeningHours
    currency: str
    contact_email: str = ""
    contact_phone: str = ""
    contact_telegram: str = ""
    owner: str = ""
    """The legal person, for terms and privacy; empty: the shop's name."""
    tax: TaxRate | None = None
    """What its prices include; None: nothing is said about it."""
    tax_name: str = ""
    """What the tax is called; empty: as each language calls it."""
    tax_id: str = ""
    """The number under which the shop pays it and what that is called, as it is printed on receipts."""
    tax_note: str = ""
    tax_notes: Mapping[str, str] = field(default_factory=dict)
    """The same in other languages, by their code."""
    languages: tuple[str, ...] = ("en", "de")
    default_language: str = "en"
    payment_hold: timedelta = timedelta(minutes=15)
    """How long an order's books are held for a payment to come."""
    pickup_days: int = 3
    """On how many open days a ready counter order is kept."""
    remind_staff_after: timedelta = timedelta(minutes=30)
    max_open_orders: int = 10
    cancel_terms: CancelTerms = WHOLE
    """Of orders that are placed from now on."""
    login_lifetime: timedelta = timedelta(days=30)
    code_lifetime: timedelta = timedelta(minutes=15)

    def tax_note_in(self, language: str) -> str:
        return self.tax_notes.get(language, self.tax_note)

    @property
    def zone(self) -> ZoneInfo:
        return self.hours.zone
