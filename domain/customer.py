"""A customer: somebody with an email address and a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Customer:
    """``email`` is as given; it is compared case-folded (see `normalise_email`). ``language`` is a locale such as ``de``."""

    id: CustomerId
    email: str
    name: str
    language: str
    created_at: datetime
    confirmed_at: datetime | None = None


def normalise_email(text: str) -> str:
    """The form in which addresses are compared: trimmed and case-folded.

    RFC 5321 lets the local part be case-sensitive; no provider in use treats it so, and people type capitals.
    """
    return text.strip().casefold()


def plausible_email(text: str) -> bool:
    """Whether it could be delivered at all: one @, a local part, a dotted domain, no spaces, at most 254 characters."""
    address = text.strip()
    local, at, host = address.rpartition("@")
    if not at or not local or len(address) > 254 or len(local) > 64:  # RFC 5321, 4.5.3.1
        return False
    if any(c.isspace() or ord(c) < 32 or c in '<>(),;:\\"[]' for c in address) or "@" in local:
        return False
    labels = host.split(".")
    return (
        len(labels) > 1 and all(labels) and all(not x.startswith("-") and not x.endswith("-") for x in labels)
    )
