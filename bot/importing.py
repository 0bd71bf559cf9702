"""One feed's way from a file into the catalogue, with a report beside it."""

from __future__ import annotations

import asyncio
import csv
import itertools
import sys
from collections.abc import Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TextIO
from zoneinfo import ZoneInfo

import babel.core

from bot.feed_texts import reason
from bot.texts import Words
from domain.feed import FeedKind, FeedOptions, FeedProblem, FeedRecord, Severity
from domain.feed_job import Tally
from domain.ports.catalogue_intake import CatalogueIntake
from domain.services.feeding import Feeding

CHUNK: Final = 250
"""Records a transaction: some 0.05 s, which the shop's customers wait for at most."""

_HANDED_OVER: Final = 0.0005
"""Seconds after which a thread that computes lets another one go on (Python's own: 0.005). A transaction's statements are in
turns with the thread that parses: with the usual time, most of what a transaction takes is waiting for it."""

_SHOWN: Final = 20
_SOURCES: Final = {FeedKind.MARCXML: "marc"}
_HEADER: Final = ("file", "what", "line", "record", "reference", "reason", "explanation")
_WHAT: Final = {Severity.FILE: "unreadable", Severity.RECORD: "refused", Severity.NOTE: "note"}


class Feed(Protocol):
    """A file as records and problems, to be iterated over once (`catalogue.feeds.Feed`)."""

    @property
    def kind(self) -> FeedKind | None: ...
    @property
    def size(self) -> int: ...
    @property
    def position(self) -> int: ...
    def __iter__(self) -> Iterator[FeedRecord | FeedProblem]: ...


OpenFeed = Callable[[Path, FeedOptions], Feed]


class _Chunk(NamedTuple):
    source: str
    items: list[FeedRecord | FeedProblem]
    position: int


@dataclass(slots=True)
class Imported:
    """``refused`` are the first of the refused records, ``unread`` what stopped the file. ``taken`` counts its records and
    problems: an import that begins anew can skip as many. It is at byte ``position`` of ``size``."""

    tally: Tally
    refused: list[FeedProblem] = field(default_factory=list)
    unread: list[FeedProblem] = field(default_factory=list)
    taken: int = 0
    position: int = 0
    size: int = 0


async def _nothing(done: Imported) -> None:
    """Nobody wants to know."""


def feed_options(
    now: datetime, *, currency: str, zone: str, country: str = "", tax_percent: Decimal | None = None
) -> FeedOptions:
    """What the readers have to know of a shop. Its country, if it is not given, is the one that its time zone is in."""
    return FeedOptions(
        currency=currency,
        country=(country or str(babel.core.get_global("zone_territories").get(zone, ""))).upper(),
        today=now.astimezone(ZoneInfo(zone)).date(),
        tax_percent=tax_percent,
    )


class Report:
    """All problems as CSV, written as they come. ``header`` False goes on with one that was begun."""

    def __init__(self, file: TextIO, words: Words, *, header: bool = True) -> None:
        self._lines = csv.writer(file, lineterminator="\n")
        if header:
            self._lines.writerow(_HEADER)
        self._words = words

    def write(self, name: str, problems: list[FeedProblem]) -> None:
        for one in problems:
            self._lines.writerow(
                (
                    f"{name}/{one.within}" if one.within else name,
                    _WHAT[one.severity],
                    one.line or "",
                    one.record or "",
                    _inert(one.reference),
                    one.reason.value,
                    _inert(reason(self._words, one)),
                )
            )


@dataclass(frozen=True, slots=True)
class Importer:
    """What all files of one import share. With a rehearsal's ``intake`` it only says what would be."""

    open_feed: OpenFeed
    intake: CatalogueIntake
    options: FeedOptions
    now: datetime
    report: Report

    async def run(
        self,
        path: Path,
        after_chunk: Callable[[Imported], Awaitable[None]] = _nothing,
        *,
        resume: Imported | None = None,
    ) -> Imported:
        """Import one file. ``after_chunk`` hears how far it is. Raises OSError if it cannot be opened.

        The file is parsed in a thread, one chunk ahead of what is written. ``resume`` is where an import of the same file
        was stopped: what it took is skipped, and its tally goes on.
        """
        feed = self.open_feed(path, self.options)
        feeding = Feeding(self.intake, currency=self.options.currency, now=self.now)
        done = Imported(feeding.tally)
        if resume is not None:
            feeding.tally = done.tally = resume.tally
            done.taken = resume.taken
        chunks = _chunks(feed, done.taken)
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_HANDED_OVER)
        ahead = asyncio.create_task(asyncio.to_thread(next, chunks, None))
        try:
            while (chunk := await ahead) is not None:
                ahead = asyncio.create_task(asyncio.to_thread(next, chunks, None))
                problems = await feeding.take(chunk.source, chunk.items)
                self.report.write(path.name, problems)
                done.unread.extend(one for one in problems if one.severity is Severity.FILE)
                refused = (one for one in problems if one.severity is Severity.RECORD)
                done.refused.extend(itertools.islice(refused, _SHOWN - len(done.refused)))
                done.taken += len(chunk.items)
                done.position, done.size = chunk.position, feed.size
                await after_chunk(done)
        finally:
            sys.setswitchinterval(usual)
            # A thread cannot be stopped: what it reads ahead is let finish before the file is closed.
            await asyncio.gather(ahead, return_exceptions=True)
            chunks.close()
        await feeding.finish()
        return done


def _chunks(feed: Feed, skip: int) -> Generator[_Chunk]:
    items: list[FeedRecord | FeedProblem] = []
    kind = feed.kind
    for item in itertools.islice(feed, skip, None):
        # An archive may hold files of several kinds, and a record is known by the source of its own.
        if items and (len(items) >= CHUNK or feed.kind is not kind):
            yield _Chunk(_source(kind), items, feed.position)
            items = []
        kind = feed.kind
        items.append(item)
    if items:
        yield _Chunk(_source(kind), items, feed.position)


def _source(kind: FeedKind | None) -> str:
    return "" if kind is None else _SOURCES.get(kind, kind.value)


def _inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever a file says."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
