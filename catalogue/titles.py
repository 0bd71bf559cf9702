"""A title that comes in one piece, as its title and its subtitle; a volume's number without the word for it."""

from __future__ import annotations

import re

_LONGEST = 90
_KINDS = frozenset(
    {"a novel", "a memoir", "a true story", "a life", "roman", "ein roman", "stories", "poems", "erzählungen"}
)


def divided(text: str) -> tuple[str, str]:
    """Title and subtitle of ``Title: What It Is Really About``.

    Many titles have a colon of their own (``2001: A Space Odyssey``, ``Batman: Year One``), so it only divides where a
    title of five letters or more is followed by an explanation of five words or more, where what follows only names a kind
    (``A Novel``), or where the whole is too long for a line.
    """
    for colon in (": ", "："):
        title, _, rest = text.partition(colon)
        title, rest = title.strip(), rest.strip()
        explains = rest.casefold() in _KINDS or (len(title) >= 5 and len(rest.split()) >= 5)
        if title and rest and (explains or len(text) > _LONGEST):
            return title, rest
    return text.strip(), ""


_VOLUME = re.compile(r"(?:[^\W\d_]+\.?|#|№|[nN][°º])?\s*(\d+(?:\.\d+)?)\.?")


def volume_number(text: str) -> str:
    """``7`` of ``Band 7``, ``Vol. 7`` or ``#7``, by which volumes stand in their order. Anything else stays (``II``, ``1-3``)."""
    found = _VOLUME.fullmatch(text.strip())
    return found[1] if found else text.strip()
