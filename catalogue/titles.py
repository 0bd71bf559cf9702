"""A title that comes in one piece, as its title and its subtitle."""

from __future__ import annotations

_LONGEST = 90


def divided(text: str) -> tuple[str, str]:
    """Title and subtitle of ``Title: What It Is Really About``.

    Many titles have a colon of their own (``2001: A Space Odyssey``, ``Batman: Year One``), so it only divides where a
    title of five letters or more is followed by an explanation of five words or more, or where the whole is too long for a line.
    """
    for colon in (": ", "："):
        title, found, rest = text.partition(colon)
        title, rest = title.strip(), rest.strip()
        if found and rest and (len(text) > _LONGEST or (len(title) >= 5 and len(rest.split()) >= 5)):
            return title, rest
    return text.strip(), ""
