"""Amounts as Stripe writes them: minor units of ISO 4217, with ISK and UGX written as if they had two decimals, and MGA as if it
had none."""

from __future__ import annotations

from domain.money import Money

_AS_IF_TWO_DECIMALS = frozenset({"ISK", "UGX"})  # Stripe documentation, Currencies, special cases
_AS_IF_NONE = frozenset({"MGA"})  # the same, zero-decimal currencies; ISO 4217 says two


def can_be_written(amount: Money) -> bool:
    return amount.currency not in _AS_IF_NONE or amount.minor % 100 == 0


def to_stripe(amount: Money) -> int:
    """Only of an amount that `can_be_written`: nothing is rounded."""
    if amount.currency in _AS_IF_NONE:
        return amount.minor // 100
    return amount.minor * 100 if amount.currency in _AS_IF_TWO_DECIMALS else amount.minor


def from_stripe(minor: int, currency: str) -> Money:
    if currency in _AS_IF_NONE:
        return Money(minor * 100, currency)
    return Money(minor // 100 if currency in _AS_IF_TWO_DECIMALS else minor, currency)
