"""A trade's file of any kind as records and problems. The kind is recognised from the content; names and endings don't count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from catalogue.feeds.csv_file import read_csv
from catalogue.feeds.marc import read_marc, read_marcxml
from catalogue.feeds.onix import OnixReader
from catalogue.feeds.reporting import Report
from catalogue.feeds.streams import BrokenArchive, Packed, Stream, TooLarge
from catalogue.feeds.xml_prolog import PROLOG_BYTES, Prolog, read_prolog
from catalogue.feeds.xml_records import BrokenRecord, CutShort, is_named, stream_records
from domain.feed import FeedKind, FeedOptions, FeedProblem, FeedRecord, Reason, Severity

_ISO_2709: Final = re.compile(
    rb"\s*[0-9 ]{5}[acdnpsoxu ][a-z ][a-z ].{12}45[0-9 ]{2}|\s*[0-9]{5}[a-z ]{3}", re.DOTALL
)
_MARCXML_ROOTS: Final = ("collection", "record")
_MARC_NAMESPACES: Final = ("http://www.loc.gov/MARC21/slim", "http://www.loc.gov/MARC/slim", "")
_ONIX_ROOT: Final = "onixmessage"
_ONIX_3: Final = re.compile(rb"<(?:[\w.\-]+:)?DescriptiveDetail>", re.IGNORECASE)
"""What every product of release 3 has and none of release 2: for messages that do not say their release."""

_CONTROLS: Final = bytes({*range(32)} - {*b"\t\n\r\x0c\x1a"})


class Feed:
    """One file, to be iterated over once.

    It yields a `FeedRecord` for each record that can be used and a `FeedProblem` for everything to report, as they come. A
    record's notes follow it. A zip archive's files are read one after another, and their records counted on. Nothing in the
    file stops it but a problem of `Severity.FILE`, after which the next file of an archive is read. Only an `OSError` for a
    path that cannot be opened is raised.
    """

    def __init__(self, path: Path, options: FeedOptions) -> None:
        self._packed = Packed(path, options.most_bytes)
        self._options = options
        self._report = Report()
        self.kind: FeedKind | None = None
        """What the file turned out to be, of an archive the file at hand; None until iteration begins."""

    @property
    def size(self) -> int:
        """The file's length in bytes, as it lies there."""
        return self._packed.size

    @property
    def position(self) -> int:
        """How many of them have been read: for a progress bar."""
        return self._packed.position

    def __iter__(self) -> Iterator[FeedRecord | FeedProblem]:
        try:
            empty = True
            for number, (name, stream) in enumerate(self._packed.parts()):
                empty = False
                within = name if self._packed.is_archive else ""
                for item in self._readable(number, name, stream):
                    if isinstance(item, FeedProblem) and within:
                        item = replace(item, within=within)
                    yield item
            if empty:
                yield _of_file(Reason.EMPTY_FILE)
        except TooLarge as error:
            yield _of_file(Reason.TOO_LARGE, most=str(error))
        except BrokenArchive as error:
            yield self._broken(error)
        finally:
            self._packed.close()

    def _readable(self, number: int, name: str, stream: Stream) -> Iterator[FeedRecord | FeedProblem]:
        """A part as far as it can be unpacked: what is damaged of it costs an archive's other files nothing."""
        try:
            yield from self._part(number, name, stream)
        except BrokenArchive as error:
            yield self._broken(error)
        except CutShort as end:
            yield FeedProblem(Severity.FILE, Reason.CUT_SHORT, line=end.line, values={"line": str(end.line)})

    def _broken(self, error: BrokenArchive) -> FeedProblem:
        return _of_file(Reason.BROKEN_ARCHIVE, name=self._packed.path.name, detail=str(error))

    def _part(self, number: int, name: str, stream: Stream) -> Iterator[FeedRecord | FeedProblem]:
        start = stream.peek(PROLOG_BYTES)
        if not start.strip():
            if stream.failed is not None:
                raise stream.failed
            yield _of_file(Reason.EMPTY_FILE, name=name)
            return
        prolog = read_prolog(start)
        if prolog is not None:
            yield from self._xml(prolog, start, _Again(self._packed, number, stream))
        elif _ISO_2709.match(start[:40]):
            self.kind = FeedKind.MARC
            yield from read_marc(stream, self._report)
        elif _is_text(start):
            self.kind = FeedKind.CSV
            yield from read_csv(stream, self._options, self._report)
        else:
            yield _of_file(Reason.UNKNOWN_KIND, name=name)

    def _xml(
        self, prolog: Prolog, start: bytes, again: Callable[[], Stream]
    ) -> Iterator[FeedRecord | FeedProblem]:
        if prolog.entities:
            yield _of_file(Reason.ENTITIES)
            return
        root = prolog.root.lower()
        release = prolog.onix_release or ("3" if _ONIX_3.search(start.replace(b"\0", b"")) else "2")
        if root == _ONIX_ROOT and release.startswith("3"):
            self.kind = FeedKind.ONIX
            yield from self._onix(prolog, again)
        elif root == _ONIX_ROOT:
            yield _of_file(Reason.ONIX_2, release=release)
        elif root in _MARCXML_ROOTS and prolog.namespace in _MARC_NAMESPACES:
            self.kind = FeedKind.MARCXML
            yield from read_marcxml(stream_records(again, prolog, ("record",)), self._report)
        else:
            yield _of_file(Reason.OTHER_XML, root=prolog.root)

    def _onix(self, prolog: Prolog, again: Callable[[], Stream]) -> Iterator[FeedRecord | FeedProblem]:
        reader = OnixReader(self._options, self._report)
        tags = ("Product", "Header") if prolog.root == "ONIXMessage" else ("product", "header")
        for found in stream_records(again, prolog, tags):
            if isinstance(found, BrokenRecord):
                yield from reader.broken(found.line, found.detail)
            elif is_named(found[0], "header"):
                reader.header(found[0])
            else:
                yield from reader.product(*found)


class _Again:
    """Opens the same part again from its start; the first time it is the stream that is open already."""

    def __init__(self, packed: Packed, number: int, first: Stream) -> None:
        self._packed = packed
        self._number = number
        self._first: Stream | None = first

    def __call__(self) -> Stream:
        first, self._first = self._first, None
        return first if first is not None else self._packed.reopened(self._number)


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # An archive inside an archive is not opened: nobody knows how deep it goes.
    # A stray control character is a slip; a file that is full of them is no text.
    strange = len(start) - len(start.translate(None, _CONTROLS))
    return strange <= max(2, len(start) // 100) and not start.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite", b"Rar!", b"7z", b"PK\x03\x04", b"\x1f\x8b")
    )


def _of_file(reason: Reason, **values: str) -> FeedProblem:
    return FeedProblem(Severity.FILE, reason, values=values)
