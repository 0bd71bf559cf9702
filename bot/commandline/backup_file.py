"""A back-up as a file: a zip of the shop's SQLite file, of the secret that was made for it, and of a note about both.

With the secret, customers stay logged in and codes that were mailed keep working; so whoever has the file can do what the shop
can, and nobody but its owner may read it. A secret that is set (BOOKSTALL_SECRET) is kept with the settings, not here.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.backup import CannotCopy, Contents, alone, copy, look_over, put_in_place

_SHOP, _SECRET, _ABOUT = "bookstall.db", "bookstall.secret", "about.json"
_FORMAT = 1
_LONGEST = 64 << 10
"""Bytes of a note or a secret; more is none of ours."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a back-up holds. ``secret``: also the shop's secret."""

    made_at: datetime
    contents: Contents
    secret: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside`` is where what was there before is now, if there was anything."""

    backup: Backup
    aside: Path | None


def write(shop: Path, secret: Path | None, to: Path, now: datetime) -> Backup:
    """Back a shop up, open or closed. ``to`` is all there and sound, or not there: it is written beside and named at the end.

    ``secret`` is the file of a secret that was made, None if it is set. Raises CannotCopy, also if ``to`` exists already.
    """
    if not shop.exists():
        raise CannotCopy(f"There is no shop at {shop} yet.")
    if to.exists():
        raise CannotCopy(f"{to} exists already, and a back-up replaces nothing.")
    with _told(to), _folder(to.parent) as folder:
        # A whole copy first: the shop's own file is read for as short as can be.
        contents = copy(shop, folder / _SHOP)
        backup = Backup(now, contents, secret is not None and secret.exists())
        packed = folder / "packed"
        with (
            os.fdopen(os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        ):
            about = {"bookstall": _FORMAT, "made_at": now.isoformat(), "revision": contents.revision}
            archive.writestr(_ABOUT, json.dumps(about))
            if secret is not None and backup.secret:
                archive.writestr(_SECRET, secret.read_text())
            archive.write(folder / _SHOP, _SHOP)
        put_in_place(packed, to)
    return backup


def read(backup: Path, shop: Path, secret: Path | None, now: datetime) -> Restored:
    """Put a back-up in a shop's place, after it was checked. What was there is kept beside it, with the time in its name.

    ``secret`` is where a made secret belongs, None if one is set. Raises CannotCopy for what is no back-up, or a damaged one;
    `storage.backup.InUse` for a shop that is open. Nothing was changed then.
    """
    shop.parent.mkdir(parents=True, exist_ok=True)
    with _told(backup), _folder(shop.parent) as folder:
        made_at, kept_secret = _unpack(backup, folder)
        found = Backup(made_at, look_over(folder / _SHOP), kept_secret is not None)
        mark = f"before-{now:%Y%m%d-%H%M%S}"
        aside = shop.with_name(f"{shop.stem}-{mark}{shop.suffix}")
        with alone(shop):
            if kept_secret is not None and secret is not None and not _holds(secret, kept_secret):
                new_secret = folder / _SECRET
                new_secret.touch(0o600)
                new_secret.write_text(kept_secret)
                put_in_place(new_secret, secret, secret.with_name(f"{secret.stem}-{mark}{secret.suffix}"))
            kept = put_in_place(folder / _SHOP, shop, aside)
    return Restored(found, aside if kept else None)


def _unpack(backup: Path, folder: Path) -> tuple[datetime, str | None]:
    """The shop's file into ``folder``; returns when the back-up was made, and the secret."""
    try:
        with zipfile.ZipFile(backup) as archive:
            about = json.loads(_short(archive, _ABOUT))
            if about["bookstall"] != _FORMAT:
                raise CannotCopy(f"{backup.name} was made by a newer program: update this one first.")
            made_at = datetime.fromisoformat(about["made_at"])
            secret = _short(archive, _SECRET).decode() if _SECRET in archive.namelist() else None
            with archive.open(_SHOP) as packed, (folder / _SHOP).open("xb") as file:
                (folder / _SHOP).chmod(0o600)
                shutil.copyfileobj(packed, file, 1 << 20)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, zlib.error) as error:
        raise CannotCopy(f"{backup.name} is no back-up of Bookstall, or a damaged one: {error}.") from None
    return made_at, secret


def _short(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        found = file.read(_LONGEST + 1)
    if len(found) > _LONGEST:
        raise ValueError(f"{name} is too long")
    return found


def _holds(secret: Path, text: str) -> bool:
    return secret.exists() and secret.read_text() == text


@contextmanager
def _folder(beside: Path) -> Iterator[Path]:
    """A folder for what is not finished, which nobody else may look into, on the same disk as what it becomes."""
    made = Path(tempfile.mkdtemp(prefix=".bookstall-", dir=beside))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotCopy(f"{error.filename or path}: {error.strerror or type(error).__name__}.") from None
