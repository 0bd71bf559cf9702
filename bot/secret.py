"""The shop's secret, and what is derived from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.database_file import sqlite_file
from bot.settings import Settings, SettingsError


def webhook_secret(secret: str) -> str:
    """What Telegram shows with every webhook call: derived, so that all replicas agree without another setting."""
    return hmac.new(secret.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


def secret_file(file: Path) -> Path:
    """Where the secret is kept that was made because none is set, beside the shop's SQLite file."""
    return file.with_suffix(".secret")


def shop_secret(settings: Settings) -> str:
    """The set secret; with none, one that is made once and kept beside the SQLite file, readable by its owner alone.

    Raises SettingsError on PostgreSQL, where several machines have to agree on it.
    """
    if given := settings.secret.get_secret_value():
        return given
    file = sqlite_file(settings.database)
    if file is None:
        raise SettingsError(
            "BOOKSTALL_SECRET: needed with PostgreSQL, the same on every machine, at least 32 characters"
        )
    path = secret_file(file)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as made:
            made.write(secrets.token_hex(32))
    return path.read_text().strip()
