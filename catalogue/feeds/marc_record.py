"""MARC records as fields, out of ISO 2709 files and MARCXML, with the patience that library data needs."""

from __future__ import annotations

import itertools
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pymarc
from pymarc.exceptions import PymarcException
from pymarc.marc8 import marc8_to_unicode

from catalogue.feeds.onix_names import Element, local_name
from catalogue.feeds.streams import Stream

# It writes a line for every small irregularity of a field that it then reads all the same.
logging.getLogger("pymarc").setLevel(logging.CRITICAL)

_RECORD_END: Final = b"\x1d"
_FIELD_END: Final = b"\x1e"
_SUBFIELD: Final = b"\x1f"
_LEADER: Final = 24
_ENTRY: Final = 12
_CHUNK: Final = 1 << 18
_CYRILLIC: Final = frozenset({"rus", "ukr", "bel", "bul", "srp", "mac"})
_NO_CODE: Final = re.compile(rb"\x1f[\x80-\xff]")
_LEADERS: Final = re.compile(rb"[0-9]{5}[acdnpsoxu ][a-z ][a-z ].{12}45[0-9 ]{2}", re.DOTALL)
_MOST_LEADERS: Final = 20
_LONGEST: Final = 2_000_000
"""Bytes; the format itself ends at 99,999, and some systems do not."""


@dataclass(frozen=True, slots=True)
class MarcField:
    """A variable field: tag, both indicators, and subfields in their order."""

    tag: str
    first: str
    second: str
    subfields: tuple[tuple[str, str], ...]

    def get(self, code: str) -> str:
        """The first subfield with this code; empty if there is none."""
        return next((value for key, value in self.subfields if key == code), "")

    def all(self, codes: str) -> list[str]:
        """All subfields with one of these codes, in their order."""
        return [value for key, value in self.subfields if key in codes]


@dataclass(frozen=True, slots=True)
class MarcRecord:
    """``replaced`` tells that some bytes were no characters of the record's encoding."""

    leader: str
    control: dict[str, str]
    fields: tuple[MarcField, ...]
    replaced: bool = False

    def of(self, *tags: str) -> Iterator[MarcField]:
        """The fields with one of these tags, in the record's order."""
        return (field for field in self.fields if field.tag in tags)

    def first(self, *tags: str) -> MarcField | None:
        """The first field with the first of these tags that occurs."""
        return next((field for tag in tags for field in self.of(tag)), None)


def split_records(stream: Stream) -> Iterator[bytes | str]:
    """The bytes of each record, by their terminators: a wrong length in a leader costs nothing. A text is what is broken."""
    held = b""
    while chunk := stream.read(_CHUNK):
        held += chunk
        *whole, held = held.split(_RECORD_END)
        for piece in whole:
            if piece.strip():
                yield from _told_apart(piece.lstrip(b"\r\n\t \x00\xef\xbb\xbf") + _RECORD_END)
        if len(held) > _LONGEST:
            yield "no end of record"
            held = b""
    if held.strip(b"\r\n\t \x00\x1a"):
        yield "cut short"


def _told_apart(piece: bytes) -> Iterator[bytes | str]:
    """A record without what was before it: one that was cut off, or what never was a record."""
    if not _fits(piece):
        # A file that is made of leaders is not worth an hour.
        for leader in itertools.islice(_LEADERS.finditer(piece, 1), _MOST_LEADERS):
            if _fits(piece[leader.start() :]):
                yield "cut short, or no record"
                yield piece[leader.start() :]
                return
    yield piece


def decoded(data: bytes) -> MarcRecord:
    """One ISO 2709 record; ValueError with what is wrong if it is beyond use.

    Read with pymarc. Where its directory does not fit its fields, which happens to records that were re-encoded, the fields
    are told apart by their terminators instead.
    """
    if len(data) < _LEADER + 1:
        raise ValueError("too short")
    length = b"%05d" % min(len(data), 99_999)
    pieces: list[_Raw] = []
    # (pymarc warns of subfields whose code is no ASCII character, on standard error.)
    if _fits(data) and _NO_CODE.search(data) is None:
        try:
            raw = pymarc.Record(data=length + data[5:], to_unicode=False)
            pieces = [_pieces(field) for field in raw.fields]
        except (PymarcException, ValueError, LookupError, AttributeError, Warning):
            # pymarc raises its own errors for what it knows, and whatever comes up for what it does not.
            pieces = []
    pieces = pieces or _by_terminators(data)
    return _in_characters(data[:_LEADER].decode("latin-1"), pieces)


_Raw = tuple[str, str, str, tuple[tuple[str, bytes], ...], bytes]


def _fits(data: bytes) -> bool:
    """Whether every field ends where the directory says that it does."""
    base = data[12:17]
    directory = data[_LEADER:].partition(_FIELD_END)[0]
    if not base.isdigit() or len(directory) % _ENTRY or not directory.isalnum():
        return False
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    if not all(entry[3:].isdigit() for entry in entries):
        return False
    ends = [int(base) + int(entry[7:12]) + int(entry[3:7]) - 1 for entry in entries]
    body = data[int(base) :]
    return body.count(_FIELD_END) == len(entries) and all(data[end : end + 1] == _FIELD_END for end in ends)


def _pieces(field: pymarc.Field) -> _Raw:
    if field.control_field:
        return field.tag, "", "", (), _bytes(field.data)
    subfields = tuple((subfield.code, _bytes(subfield.value)) for subfield in field.subfields)
    return field.tag, field.indicator1, field.indicator2, subfields, b""


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode()


def _by_terminators(data: bytes) -> list[_Raw]:
    directory, _, body = data[_LEADER:].partition(_FIELD_END)
    values = (
        body.rstrip(_RECORD_END).split(_FIELD_END)[:-1]
        if body.rstrip(_RECORD_END).endswith(_FIELD_END)
        else None
    )
    if values is None or len(directory) % _ENTRY or len(directory) // _ENTRY != len(values):
        raise ValueError("the directory does not fit the fields")
    raw: list[_Raw] = []
    for number, value in enumerate(values):
        tag = directory[number * _ENTRY : number * _ENTRY + 3].decode("latin-1")
        if tag < "010" and tag.isdigit():
            raw.append((tag, "", "", (), value))
            continue
        indicators, *parts = value.split(_SUBFIELD)
        marks = (indicators.decode("latin-1") + "  ")[:2]
        subfields = tuple((part[:1].decode("latin-1"), part[1:]) for part in parts if part)
        raw.append((tag, marks[0], marks[1], subfields, b""))
    return raw


def _in_characters(leader: str, pieces: list[_Raw]) -> MarcRecord:
    everything = b"".join(value for piece in pieces for _, value in piece[3])
    fixed = next((piece[4] for piece in pieces if piece[0] == "008"), b"")
    decode = _Decoder(leader, everything, fixed[35:38].decode("latin-1"))
    control: dict[str, str] = {}
    fields: list[MarcField] = []
    replaced = False
    for tag, first, second, subfields, data in pieces:
        if not subfields and data:
            control.setdefault(tag, data.decode("utf-8", "replace"))
            continue
        texts = tuple((code, decode(value)) for code, value in subfields)
        replaced = replaced or any("\ufffd" in text for _, text in texts)
        fields.append(MarcField(tag, first, second, texts))
    return MarcRecord(leader, control, tuple(fields), replaced)


class _Decoder:
    """By the leader's coding scheme (09: ``a`` is Unicode, blank is MARC-8), where the bytes bear it out.

    "MARC-8" that is valid UTF-8 with accents is a wrong label; so is, in a language written in Cyrillic, one where most
    bytes are what Windows-1251 has for letters and no escape announces Cyrillic.
    """

    def __init__(self, leader: str, everything: bytes, language: str) -> None:
        self._unicode = leader[9:10] == "a" or (not everything.isascii() and _is_utf_8(everything))
        letters = sum(byte >= 0xC0 for byte in everything)
        self._windows = language in _CYRILLIC and b"\x1b" not in everything and letters * 3 > len(everything)

    def __call__(self, value: bytes) -> str:
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        if self._unicode:
            return unicodedata.normalize("NFC", value.decode("utf-8", "replace"))
        if self._windows:
            return value.decode("cp1251", "replace")
        try:
            return marc8_to_unicode(value, hide_utf8_warnings=True)
        except (UnicodeError, LookupError, TypeError, ValueError):
            return value.decode("latin-1")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def from_xml(element: Element) -> MarcRecord:
    """A MARCXML record."""
    leader = ""
    control: dict[str, str] = {}
    fields: list[MarcField] = []
    for child in element:
        name = local_name(str(child.tag))
        text = child.text or ""
        if name == "leader":
            leader = text
        elif name == "controlfield":
            control.setdefault(child.get("tag", ""), text)
        elif name == "datafield":
            fields.append(
                MarcField(
                    child.get("tag", ""),
                    child.get("ind1", " "),
                    child.get("ind2", " "),
                    tuple(_subfields(child)),
                )
            )
    return MarcRecord(leader, control, tuple(fields))


def _subfields(field: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for child in field:
        if local_name(str(child.tag)) == "subfield" and child.text:
            yield child.get("code", ""), unicodedata.normalize("NFC", " ".join(child.text.split()))
