"""Customers, their secrets' hashes, codes sent by mail, and logins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.customer import Customer
from domain.ids import ChatId, CustomerId, SessionId
from domain.session import Session


class Customers(Protocol):
    async def get(self, customer_id: CustomerId) -> Customer | None: ...

    async def by_email(self, email: str) -> tuple[Customer, str] | None:
        """The customer whose normalised address this is, with the password's hash."""
        ...

    async def password_hash(self, customer_id: CustomerId) -> str: ...

    async def add(
        self, *, email: str, name: str, language: str, password_hash: str, at: datetime, confirmed: bool
    ) -> CustomerId | None:
        """None if the address is taken."""
        ...

    async def set_password(self, customer_id: CustomerId, password_hash: str) -> None: ...

    async def set_language(self, customer_id: CustomerId, language: str) -> None: ...

    async def confirm(self, customer_id: CustomerId, at: datetime) -> None: ...

    async def delete(self, customer_id: CustomerId) -> None:
        """Remove the person: the row, cart and logins go; orders that must be kept lose name, customer and chat."""
        ...


class Sessions(Protocol):
    async def add(self, session: Session) -> None: ...

    async def get(self, session_id: SessionId) -> Session | None: ...

    async def live(self, customer_id: CustomerId, now: datetime) -> Sequence[Session]:
        """Those neither revoked nor expired, newest first."""
        ...

    async def revoke(self, session_id: SessionId, at: datetime) -> None: ...

    async def revoke_all(self, customer_id: CustomerId, at: datetime) -> int:
        """Returns how many were live."""
        ...

    async def forget_before(self, at: datetime) -> None:
        """Drop logins that had run out by then (housekeeping)."""
        ...


@dataclass(frozen=True, slots=True)
class MailedCode:
    """A code that was mailed: for ``purpose`` (``register`` or ``reset``) to one address. Only its hash is kept."""

    email: str
    purpose: str
    code_hash: str
    chat_id: ChatId
    expires_at: datetime
    tries: int = 0


class MailedCodes(Protocol):
    """At most one by address and purpose: a newer one replaces it."""

    async def put(self, code: MailedCode) -> None: ...

    async def get(self, email: str, purpose: str) -> MailedCode | None: ...

    async def count_try(self, email: str, purpose: str) -> int:
        """Count a try and return how many there were, this one included."""
        ...

    async def remove(self, email: str, purpose: str) -> None: ...

    async def forget_before(self, at: datetime) -> None:
        """Drop codes that had run out by then, and with them the addresses (housekeeping)."""
        ...


class Limits(Protocol):
    """Attempts counted in a window, by a key such as ``login:chat:5``. The key holds no secret.

    Whoever counts with what it found calls `locked` first: or else attempts at the same moment would all find room.
    """

    async def locked(self, *keys: str) -> None:
        """Wait for whoever counts with these keys, and keep others waiting until the end of the transaction."""
        ...

    async def hits(self, key: str, since: datetime) -> tuple[int, datetime | None]:
        """How many attempts were counted since, and when the oldest of them was."""
        ...

    async def hit(self, key: str, at: datetime) -> None: ...

    async def clear(self, key: str) -> None: ...

    async def forget_before(self, at: datetime) -> None:
        """Drop old rows (housekeeping)."""
        ...
