"""Refunds that the customer's bank sent back, and that somebody made at the provider: our books have their sums, not their names.

Such a refund was booked either when the gateway told how much of the charge is gone (`Refunds.given_back_elsewhere`), or when
one of the staff said so (`Desk.refunded_at_provider`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.money import Money
from domain.payment import Attempt, Entry, EntryKind
from domain.ports.gateway import RefundFailed

ELSEWHERE = "elsewhere"
"""In the keys of what went back at the provider without us."""


def failed_key(attempt: Attempt, failed: RefundFailed) -> str:
    return f"refund-failed:{attempt.gateway}:{failed.refund_id}"


def sent_back(entries: Sequence[Entry], attempt: Attempt, failed: RefundFailed) -> list[Entry]:
    """The entries that make it owed again, out of an order's journal: of what went back at the provider by the charge first, then
    of what somebody said went back; never more than went. None if it is booked already, or in another currency."""
    key = failed_key(attempt, failed)
    by_hand = f"{key}:by-hand"
    known = any(entry.key in (key, by_hand) for entry in entries)
    if known or failed.amount.currency != attempt.amount.currency:
        return []
    found: list[Entry] = []
    rest = failed.amount
    for name, gone in ((key, _elsewhere(entries, attempt)), (by_hand, _by_hand(entries))):
        back = min(rest, Money(_still_gone(gone, entries), rest.currency))
        if back.minor > 0:
            base = replace(gone[-1], kind=EntryKind.REFUND_FAILED, attempt_id=attempt.id, by_name="")
            found.append(replace(base, key=name, amount=back))
            rest -= back
    return found


def _elsewhere(entries: Sequence[Entry], attempt: Attempt) -> list[Entry]:
    return [
        entry
        for entry in entries
        if entry.kind is EntryKind.REFUNDED
        and entry.attempt_id == attempt.id
        and entry.key.startswith(f"refunded:due:{ELSEWHERE} ")
    ]


def _by_hand(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind is EntryKind.REFUNDED and entry.attempt_id is None]


def _still_gone(gone: Sequence[Entry], entries: Sequence[Entry]) -> int:
    """Minor units of these refunds that have not come back. What came back has their way and charge; a refund of our own has a
    name of its own there."""
    of = {(entry.way, entry.charge_id) for entry in gone}
    back = (
        entry.amount.minor
        for entry in entries
        if entry.kind is EntryKind.REFUND_FAILED and (entry.way, entry.charge_id) in of
    )
    return sum(entry.amount.minor for entry in gone) - sum(back)
