"""A book of the catalogue, and whether it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import BookId
from domain.money import Money


class Supply(StrEnum):
    """Whether more copies can be had than stand in the shop (after ONIX code lists 64 and 65)."""

    ORDERABLE = "orderable"
    PREORDER = "preorder"
    UNAVAILABLE = "unavailable"
    RECALLED = "recalled"


class Form(StrEnum):
    """What the book is made as (after ONIX code list 150, as coarse as a customer asks)."""

    PAPERBACK = "paperback"
    HARDBACK = "hardback"
    EBOOK = "ebook"
    AUDIO = "audio"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stock:
    """Copies: ``on_hand`` stand in the shop, ``held`` of them are promised to orders. 0 <= held <= on_hand."""

    on_hand: int
    held: int

    @property
    def free(self) -> int:
        return self.on_hand - self.held


@dataclass(frozen=True, slots=True)
class Here:
    """Copies stand in the shop, free to sell."""

    copies: int


@dataclass(frozen=True, slots=True)
class ToOrder:
    """None is free here; the shop can get it within ``days`` (None: it has to ask)."""

    days: int | None


@dataclass(frozen=True, slots=True)
class Preorder:
    """Not published yet; expected on ``on`` (None: not announced)."""

    on: date | None


@dataclass(frozen=True, slots=True)
class NotToBeHad:
    """Neither here nor to be ordered."""

    recalled: bool = False


Availability = Here | ToOrder | Preorder | NotToBeHad


@dataclass(frozen=True, slots=True)
class Book:
    """What the shop knows of one edition that it sells.

    ``price`` None means "to order, ask for the price": such a book can be asked for but not bought.
    ``language`` is ISO 639-3; ``subjects`` are codes of `domain.subjects`; ``authors`` in the order of the title page.
    """

    id: BookId
    title: str
    authors: tuple[str, ...]
    price: Money | None
    stock: Stock
    supply: Supply = Supply.UNAVAILABLE
    lead_days: int | None = None
    available_from: date | None = None
    subtitle: str = ""
    isbn13: str | None = None
    series: str = ""
    series_no: str = ""
    year: int | None = None
    language: str = ""
    form: Form = Form.OTHER
    pages: int | None = None
    publisher: str = ""
    subjects: tuple[str, ...] = ()
    blurb: str = ""
    staff_pick: str = ""
    shelf: str = ""
    cover_url: str = ""
    work: str = ""
    withdrawn: bool = False
    """Taken out of the catalogue; old orders and carts still know it."""

    @property
    def availability(self) -> Availability:
        if self.supply is Supply.RECALLED:
            return NotToBeHad(recalled=True)
        if self.withdrawn:
            return NotToBeHad()
        if self.stock.free > 0:
            return Here(self.stock.free)
        if self.supply is Supply.ORDERABLE:
            return ToOrder(self.lead_days)
        if self.supply is Supply.PREORDER:
            return Preorder(self.available_from)
        return NotToBeHad()

    def here_of(self, quantity: int) -> int:
        """How many of ``quantity`` copies could be held from the shop's own stock now."""
        if self.withdrawn or self.supply is Supply.RECALLED:
            return 0
        return max(0, min(quantity, self.stock.free))

    def can_sell(self, quantity: int) -> bool:
        """Whether ``quantity`` copies can be promised: from stock, and the rest to order."""
        if self.price is None or self.withdrawn or self.supply is Supply.RECALLED:
            return False
        return self.stock.free >= quantity or self.supply in (Supply.ORDERABLE, Supply.PREORDER)
