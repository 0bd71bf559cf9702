"""The stock ledger: every change of ``on_hand`` and ``held`` leaves a row, so that both can be recomputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import BookId, OrderId


class StockReason(StrEnum):
    """Why the two numbers of a book changed."""

    COUNTED = "counted"
    RECEIVED = "received"
    HELD = "held"
    RELEASED = "released"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class StockChange:
    """One row to write: the changes of both numbers (negative: fewer), why, and for which order."""

    book_id: BookId
    on_hand: int
    held: int
    reason: StockReason
    at: datetime
    order_id: OrderId | None = None
