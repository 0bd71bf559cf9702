"""A feed read by a process of its own: its records are made on one core while what came before is written on another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from catalogue.feeds.reading import Feed
from domain.feed import FeedKind, FeedOptions, FeedProblem, FeedRecord

_AT_ONCE: Final = 100
_Items = list[FeedRecord | FeedProblem]


class ReaderDied(OSError):
    """The process that reads ended without having read to the end."""


class FeedApart:
    """As `Feed`, for large files. Raises ReaderDied if its process is killed."""

    def __init__(self, path: Path, options: FeedOptions) -> None:
        self._path = path
        self._options = options
        self.size = path.stat().st_size
        self.position = 0
        self.kind: FeedKind | None = None

    def __iter__(self) -> Iterator[FeedRecord | FeedProblem]:
        # Not forked: the program has threads.
        processes = multiprocessing.get_context("spawn")
        here, there = processes.Pipe(duplex=False)
        reader = processes.Process(target=_read, args=(self._path, self._options, there), daemon=True)
        reader.start()
        there.close()
        try:
            while (part := _received(here)) is not None:
                self.kind, self.position, items = part
                yield from items
        finally:
            here.close()
            reader.terminate()
            reader.join()
            reader.close()


def _received(here: Connection) -> tuple[FeedKind | None, int, _Items] | None:
    try:
        part: tuple[FeedKind | None, int, _Items] | None = here.recv()
    except EOFError as error:
        raise ReaderDied("the process that reads the file has died") from error
    return part


def _read(path: Path, options: FeedOptions, there: Connection) -> None:
    feed = Feed(path, options)
    items: _Items = []
    kind = feed.kind
    for item in feed:
        # What is sent together is of one kind, as the receiver reads the kind once.
        if items and (len(items) >= _AT_ONCE or feed.kind is not kind):
            there.send((kind, feed.position, items))
            items = []
        kind = feed.kind
        items.append(item)
    if items:
        there.send((kind, feed.position, items))
    there.send(None)
