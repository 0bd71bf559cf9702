"""The shop's secret, and what is derived from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.settings import Settings, SettingsError


def webhook_secret(secret: str) -> str:
    """What Telegram shows with every webhook call: derived, so that all replicas agree without another setting."""
    return hmac.new(secret.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


def sqlite_file(settings: Settings) -> Path:
    """The SQLite file that is set. Only for SQLite."""
    return Path(settings.database.removeprefix("sqlite+aiosqlite:///")).absolute()


def secret_file(settings: Settings) -> Path:
    """Where the secret is kept that was made because none is set. Only for SQLite."""
    return sqlite_file(settings).with_suffix(".secret")


def shop_secret(settings: Settings) -> str:
    """The set secret; with none, one that is made once and kept beside the SQLite file, readable by its owner alone.

    Raises SettingsError on PostgreSQL, where several machines have to agree on it.
    """
    if given := settings.secret.get_secret_value():
        return given
    if not settings.database.startswith("sqlite"):
        raise SettingsError(
            "BOOKSTALL_SECRET: needed with PostgreSQL, the same on every machine, at least 32 characters"
        )
    path = secret_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
