"""What an ONIX product is called, and the series that it is in."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalogue.feeds import onix_codes as codes
from catalogue.feeds.onix_names import Element, Group, Names, in_order, text_of
from catalogue.feeds.plain_text import one_line

_DISTINCTIVE: Final = "01"
_PRODUCT, _COLLECTION = "01", frozenset({"02", "03", "06"})
_NOT_THE_PRODUCT: Final = frozenset({"04", "05"})
_TYPESET: Final = re.compile(
    r"<\s*(i|b|u|em|strong|small|sub|sup|span|cite|p)\b[^<>]*>(.*?)</\s*\1\s*>", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);")
_ELIDED: Final = ("'", "’", "-")


@dataclass(frozen=True, slots=True)
class Titles:
    """``part`` is the number within ``collection``, which is the one that the title itself names. ``numbered`` is the title
    with its own number, if no such collection takes that for the book's place in it.
    """

    title: str = ""
    subtitle: str = ""
    part: str = ""
    others: tuple[str, ...] = ()
    collection: str = ""
    numbered: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A title's elements: the product's own words and number (list 149: 01), and those of the collection that it is in (02,
    03, 06). What names a brand (05) or a part of the product (04) is no title of it, unless it has no other.
    """

    own: str = ""
    subtitle: str = ""
    number: str = ""
    above: str = ""
    above_number: str = ""

    @property
    def title(self) -> str:
        """The product's own words; else its collection's, with the number."""
        part = self.number or self.above_number
        return self.own or (_numbered(self.above, part) if part else self.above)


def titles(names: Names, details: Sequence[Element]) -> Titles:
    """The distinctive title (list 15: 01), and the other names that the record gives."""
    grouped = [names.group(detail) for detail in details]
    main = next(
        (g for g in grouped if text_of(g, "TitleType") == _DISTINCTIVE), grouped[0] if grouped else {}
    )
    parts = _title(names, main)
    others: list[str] = []
    for group in grouped:
        if group is not main and text_of(group, "TitleType") in codes.OTHER_TITLE_TYPES:
            other = _title(names, group)
            others.append(f"{other.title}: {other.subtitle}" if other.subtitle else other.title)
    return Titles(
        parts.title,
        parts.subtitle,
        parts.number or parts.above_number,
        tuple(dict.fromkeys(o for o in others if o and o != parts.title)),
        parts.above,
        _numbered(parts.own, parts.number) if parts.own and parts.number and not parts.above else "",
    )


def _numbered(title: str, number: str) -> str:
    """``One Piece 99``, ``Les Misérables, Tome 2``."""
    return f"{title} {number}" if number.isdecimal() else f"{title}, {number}"


def _title(names: Names, detail: Group) -> _Parts:
    own, above, other = "", "", ""
    subtitle, number, above_number = "", "", ""
    for element in in_order(names, detail.get("TitleElement", ())):
        level, words = text_of(element, "TitleElementLevel"), _words(element)
        part = one_line(text_of(element, "PartNumber"))
        if level in _COLLECTION:
            above, above_number = above or words, above_number or part
        elif level in _NOT_THE_PRODUCT:
            other = other or words
        else:
            if not own and words and (year := text_of(element, "YearOfAnnual")):
                words = f"{words} {year}"
            own, number = own or words, number or part
            subtitle = subtitle or _cleared(_whole(element, "Subtitle"))
    if not own and not above:
        own = other
    return _Parts(own, subtitle, number, above, above_number)


def _words(element: Group) -> str:
    text = _whole(element, "TitleText")
    if not text:
        prefix, rest = text_of(element, "TitlePrefix"), _whole(element, "TitleWithoutPrefix")
        text = prefix + rest if prefix.endswith(_ELIDED) else f"{prefix} {rest}"
    return _cleared(text)


def _whole(group: Group, name: str) -> str:
    """The text of the first such child, with that of elements within it, which do not belong there and are sent all the same."""
    found = group.get(name)
    return "".join(map(str, found[0].itertext())).strip() if found else ""


def _cleared(text: str) -> str:
    """A title in one line, without the mark-up that it may not have and that some send: pairs of tags that set type, and
    characters that were escaped twice. A book called ``<b>&"`` keeps its name.
    """
    text = one_line(text)
    while "</" in text and text != (bare := _TYPESET.sub(r"\2", text)):
        text = bare
    return _ESCAPED.sub(lambda found: html.unescape(found.group(0)), text) if "&" in text else text


def series(names: Names, collections: Sequence[Element]) -> tuple[str, str]:
    """The first collection's name and the book's number in it."""
    for collection in collections:
        group = names.group(collection)
        name, number = "", ""
        for detail in group.get("TitleDetail", ()):
            titled = names.group(detail)
            for element in in_order(names, titled.get("TitleElement", ())):
                number = number or one_line(text_of(element, "PartNumber"))
                if text_of(element, "TitleElementLevel") != _PRODUCT:
                    name = name or _words(element)
            if name:
                break
        for sequence in group.get("CollectionSequence", ()):
            number = number or text_of(names.group(sequence), "CollectionSequenceNumber")
        if name:
            return name, number
    return "", ""
