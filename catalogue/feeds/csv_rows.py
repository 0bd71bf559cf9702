"""The rows of a CSV file, past those that are broken.

RFC 4180 lets a quoted field run over lines, so a quotation mark too many would take the rest of the file for one field. Here
it costs its own line: what follows it is read again as lines of their own.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from catalogue.feeds.csv_columns import DELIMITERS, delimiter
from catalogue.feeds.streams import Stream

_SNIFFED: Final = 65_536
_LONGEST: Final = 1_000_000
"""Characters of a field or of a line. A description has some thousands; without an end, a file could fill the memory."""

_LONG_LINE: Final = f"a line longer than {_LONGEST} characters"
_TOO_LONG: Final = "\0"
"""Stands for a line that was passed over."""

_SEPARATOR: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line with which Excel is told the delimiter."""


_UNENDED: Final = "a quotation mark without an end"
_WORDED: Final = (
    {"unexpected end of data": _UNENDED}
    | {f"field larger than field limit ({_LONGEST})": f"a field longer than {_LONGEST} characters"}
    | {f"'{mark}' expected after '\"'": _UNENDED for mark in DELIMITERS}
)
"""What the csv module says, in words."""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_WINDOWS_1252: Final = "bookstall-windows-1252"
codecs.register_error(_WINDOWS_1252, _as_windows_1252)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is none: where it begins, and what is wrong with it."""

    line: int
    detail: str


Row = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""


class _Lines:
    """Lines that can be put back. One that is too long raises csv.Error and is passed over to its end."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        """What was read since `begin`."""
        self.first = 1
        """The number of the first of them."""

    def begin(self) -> None:
        self.first += len(self.taken)
        self.taken = []

    def put_back(self, kept: int) -> None:
        """All but the first ``kept`` of the lines that were taken come again."""
        self._back.extendleft(reversed(self.taken[kept:]))
        del self.taken[kept:]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(_LONGEST)
        if not line:
            raise StopIteration
        if len(line) >= _LONGEST and line[-1] not in "\r\n":
            self.taken.append(_TOO_LONG)
            while (more := self._text.readline(_LONGEST)) and more[-1] not in "\r\n":
                pass
            raise csv.Error(_LONG_LINE)
        self.taken.append(line)
        return line


class Rows:
    """The rows of a file, the empty ones left out. The first one, its header, says how many fields the others have."""

    def __init__(self, stream: Stream) -> None:
        encoding = _encoding(stream.peek(_SNIFFED))
        errors = _WINDOWS_1252 if encoding == "utf-8-sig" else "replace"
        # For this process: no other CSV has longer fields than a feed.
        csv.field_size_limit(_LONGEST)
        self._lines = _Lines(
            io.TextIOWrapper(io.BufferedReader(stream, 1 << 18), encoding, errors=errors, newline="")
        )
        self._mark = ","
        self.width: int | None = None
        """How many fields a row has; None: that is not known yet."""

    def __iter__(self) -> Iterator[Row | BadRow]:
        self._mark = self._delimiter()
        reader = csv.reader(self._lines, delimiter=self._mark, strict=True)
        while True:
            self._lines.begin()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._first_line(_WORDED.get(str(error), str(error)))
                continue
            if row == [_TOO_LONG]:
                yield BadRow(self._lines.first, _LONG_LINE)
            elif self._swallowed(row):
                yield self._first_line(_UNENDED)
            elif any(cell.strip() for cell in row):
                yield self._lines.first, row

    def _delimiter(self) -> str:
        """As the first line says, or by the first one that says anything."""
        lines = self._lines
        while True:
            try:
                line = next(lines)
            except StopIteration:
                return ","
            except csv.Error:
                lines.put_back(len(lines.taken) - 1)
                return ","
            told = _SEPARATOR.fullmatch(line.lstrip("\ufeff"))
            if told is not None:
                lines.begin()
                return told.group(1)
            if line.strip(" ,;|\t\r\n\ufeff"):
                lines.put_back(len(lines.taken) - 1)
                lines.begin()
                return delimiter(line)

    def _first_line(self, why: str) -> Row | BadRow:
        """The first line by itself, as far as it makes a row; the others come again."""
        lines = self._lines
        first = lines.taken[0] if lines.taken else ""
        alone = len(lines.taken) == 1
        lines.put_back(1)
        if first != _TOO_LONG and (alone or not _is_open(first, self._mark)):
            row = _fields(first, self._mark)
            if row is not None and self.width in (None, len(row)):
                return lines.first, row
        return BadRow(lines.first, why)

    def _swallowed(self, row: Sequence[str]) -> bool:
        """Whether a row of many lines, with another number of fields than it should have, is several rows of which the first
        one has a quotation mark too many: most of the lines after it would be rows."""
        more = self._lines.taken[1:]
        if not more or self.width is None or self.width < 2 or len(row) == self.width:
            return False
        whole = sum(len(_fields(line, self._mark) or ()) == self.width for line in more)
        return whole * 2 > len(more)


def _fields(line: str, mark: str) -> list[str] | None:
    """A line's fields, with quotation marks wherever they stand; None if it has none."""
    try:
        return next(csv.reader([line], delimiter=mark), None)
    except csv.Error:
        return None


def _is_open(line: str, mark: str) -> bool:
    """Whether a line ends inside of a quoted field."""
    try:
        next(csv.reader([line], delimiter=mark, strict=True), None)
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _encoding(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut at the end of what was looked at; anything else means that it is not UTF-8.
        if error.start < len(start) - 4 or len(start) < _SNIFFED:
            return "cp1252"
    return "utf-8-sig"
