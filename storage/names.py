"""Several names in one column, ``|`` between them, so that a list of books is one query."""

from __future__ import annotations

from collections.abc import Iterable

_BETWEEN = "|"


def joined(names: Iterable[str]) -> str:
    """A bar inside a name becomes a slash."""
    return _BETWEEN.join(name.replace(_BETWEEN, "/") for name in names)


def parted(text: str) -> tuple[str, ...]:
    return tuple(text.split(_BETWEEN)) if text else ()
