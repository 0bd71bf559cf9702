"""Choosing a password: whether it will do, and its hash."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.errors import WeakPassword
from domain.password import check_new_password
from domain.ports.identity import PasswordHasher


@dataclass(frozen=True, slots=True)
class ChosenPassword:
    """The hash to keep, or why the password will not do."""

    password_hash: str = field(default="", repr=False)
    refused: WeakPassword | None = None


async def choose_password(hasher: PasswordHasher, text: str, email: str) -> ChosenPassword:
    """Slow (Argon2): call it outside of any transaction."""
    try:
        password = check_new_password(text, email)
    except WeakPassword as refused:
        return ChosenPassword(refused=refused)
    return ChosenPassword(await hasher.hash(password))
