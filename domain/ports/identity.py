"""Passwords, tokens and mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.session import Claims, Session


class PasswordHasher(Protocol):
    """Slow on purpose: off the event loop, two at once at most."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """With no hash (unknown address) it takes the same time and is False."""
        ...

    def outdated(self, password_hash: str) -> bool:
        """Whether it was made with weaker parameters than today's."""
        ...


class Tokens(Protocol):
    def issue(self, session: Session) -> str: ...

    def verify(self, token: str) -> Claims | None:
        """None if signature, form or expiry are wrong. Chat and revocation are the caller's to check."""
        ...


class CodeHasher(Protocol):
    """Short codes and proofs keyed with the shop's secret, so that a copy of the database does not give them away."""

    def hash(self, purpose: str, subject: str, code: str) -> str:
        """64 hexadecimal digits."""
        ...

    def derive(self, purpose: str, subject: str, nonce: str, digits: int) -> str:
        """A decimal code that follows from the nonce, and that nobody can tell from it without the secret."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    subject: str
    text: str


class Mailer(Protocol):
    @property
    def configured(self) -> bool: ...

    async def send(self, mail: Mail, message_id: str) -> None:
        """``message_id`` makes a repeated sending recognisable. Raises PassingFailure, or MailRefused for good."""
        ...


class MailRefused(Exception):
    """The server will never take this mail (no such mailbox, for example)."""
