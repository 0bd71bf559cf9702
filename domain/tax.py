"""The tax that prices include (VAT, MwSt., GST): customers pay gross prices, and the shop says what is contained in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from domain.money import Money

_WHOLE = 10_000
"""A hundred percent."""


@dataclass(frozen=True, slots=True, order=True)
class TaxRate:
    """``points`` are hundredths of a percent: 700 is 7 %. Zero is a rate too (books in the United Kingdom are zero-rated)."""

    points: int

    @classmethod
    def parse(cls, text: str) -> TaxRate:
        """Read a plain percentage such as ``7`` or ``5.5``. ValueError if it is none, or has more than two places."""
        try:
            points = Decimal(text.strip()).scaleb(2)
        except InvalidOperation as error:
            raise ValueError(f"not a percentage: {text!r}") from error
        if not points.is_finite() or points != points.to_integral_value() or not 0 <= points <= _WHOLE:
            raise ValueError(f"not a percentage from 0 to 100 with at most two places: {text!r}")
        return cls(int(points))

    @property
    def percent(self) -> Decimal:
        return Decimal(self.points).scaleb(-2)

    def contained(self, gross: Money) -> Money:
        """The tax in an amount that includes it, rounded half up to a whole minor unit; net is what is left, so that net and tax
        always add up to gross.

        It is reckoned once for a document (an order, a payment, a refund), never for a line. EU law leaves rounding to its member
        states (Court of Justice, C-484/06 Ahold and C-302/07 Wetherspoon, on directive 2006/112/EC and those before it).
        """
        divisor = _WHOLE + self.points
        return Money((2 * gross.minor * self.points + divisor) // (2 * divisor), gross.currency)

    def net(self, gross: Money) -> Money:
        return gross - self.contained(gross)
