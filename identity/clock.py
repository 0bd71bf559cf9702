"""Time and randomness from the operating system."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

# Digits and capitals less those that are mistaken for another when read out or written by hand:
# 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
# The digit of each pair stays, and U. 27 signs: some 530,000 numbers.
LEGIBLE = "23456789ACDEFGHJKMNPQRTUWXY"


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SecretIds:
    """`domain.ports.clock.Ids` from the system's cryptographic source."""

    def token(self) -> str:
        return secrets.token_urlsafe(16)

    def order_number(self) -> str:
        return "B-" + "".join(secrets.choice(LEGIBLE) for _ in range(4))

    def digits(self, count: int) -> str:
        return "".join(secrets.choice("0123456789") for _ in range(count))
