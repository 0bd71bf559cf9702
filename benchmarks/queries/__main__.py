"""Queries that nobody tuned on, for `benchmarks.search`: made from random books of a list, as people type them, and nonsense.

    python -m benchmarks.queries --books books.csv [--each N] [--seed S] [--not-of QUERIES.jsonl] > queries.jsonl

``books.csv`` has the columns that `benchmarks.search` reads. Each line of the result is a query, its kind and the ISBNs that are
right, none for nonsense. Half of the books are drawn by how much they are asked for, half alike. The same list, number and seed
give the same queries, and a kind's queries do not depend on which other kinds there are. How many of a kind the list did not
give is said on the standard error.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from random import Random
from typing import TextIO

from benchmarks.queries.books import Book, BookList, UnreadableBooks, read
from benchmarks.queries.kinds import KINDS
from benchmarks.queries.known_items import Known, KnownItems
from benchmarks.queries.nonsense import SORTS, Nonsense
from benchmarks.queries.phrases import Phrases

_UNKNOWN = (
    20  # what a book is taken to be asked for in addition: those that nobody rated are asked for as well
)


class UnreadableQueries(Exception):
    """The file of ``--not-of`` is not as `benchmarks.search` reads it; its message says to a person what is wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    known: Known

    def line(self) -> str:
        said: dict[str, object] = {
            "query": self.known.query,
            "kind": self.kind,
            "relevant": sorted(book.isbn for book in self.known.right),
        }
        if self.known.author:
            said["author_match"] = self.known.author
        if self.known.title:
            said["title_match"] = self.known.title
        return json.dumps(said, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.queries",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--books", type=Path, required=True, metavar="CSV")
    parser.add_argument("--each", type=_positive, default=20, metavar="N", help="queries of each kind (20)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="1 unless told")
    parser.add_argument(
        "--not-of", type=Path, metavar="JSONL", help="leave out books that these queries ask for"
    )
    told = parser.parse_args(arguments)
    try:
        books = read(told.books)
        left_out = asked_for(told.not_of) if told.not_of else frozenset()
        drawn = [book for book in books if book.isbn not in left_out]
        if not drawn:
            raise UnreadableBooks(f"{told.books} has no book to ask for.")
    except (UnreadableBooks, UnreadableQueries) as error:
        print(error, file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        write(books, drawn, told.each, told.seed, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except BrokenPipeError:  # head has seen enough; what is buffered must not fail again at the exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def asked_for(path: Path) -> frozenset[str]:
    """The ISBNs that a file of queries calls right; raises UnreadableQueries."""
    isbns: set[str] = set()
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                isbns.update(json.loads(line)["relevant"])
            except (ValueError, KeyError, TypeError) as error:
                raise UnreadableQueries(
                    f"{path}, line {number} is no query with its relevant ISBNs."
                ) from error
    except OSError as error:
        raise UnreadableQueries(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableQueries(f"{path} is not in UTF-8.") from error
    return frozenset(isbns)


def write(
    books: Sequence[Book], drawn: Sequence[Book], each: int, seed: int, out: TextIO, notes: TextIO
) -> None:
    """Queries for ``drawn`` books, right by all ``books``; notes say of which kind there are fewer than ``each``."""
    phrases = Phrases()
    shelf = BookList(books, phrases.words("articles"))
    for kind in (*KINDS, *SORTS):
        count = 0
        for asked in _of_kind(kind, shelf, drawn, each, seed, phrases):
            out.write(asked.line() + "\n")
            count += 1
        if count < each:
            notes.write(f"{kind}: {count} of {each}, the list has no more books for it\n")


def _of_kind(
    kind: str,
    shelf: BookList,
    drawn: Sequence[Book],
    each: int,
    seed: int,
    phrases: Phrases,
) -> Iterator[Asked]:
    """At most ``each`` queries, all different."""
    dice = Random(f"{seed} {kind}")
    said: set[str] = set()
    made = (
        _known(kind, shelf, drawn, phrases, dice) if kind in KINDS else _nonsense(kind, shelf, phrases, dice)
    )
    for known in made:
        if known.query not in said:
            said.add(known.query)
            yield Asked(kind, known)
            if len(said) == each:
                return


def _known(
    kind: str, shelf: BookList, drawn: Sequence[Book], phrases: Phrases, dice: Random
) -> Iterator[Known]:
    items = KnownItems(shelf, phrases, dice)
    for book in in_order(drawn, dice):
        known = KINDS[kind](items, book)
        if known:
            yield known


def _nonsense(kind: str, shelf: BookList, phrases: Phrases, dice: Random) -> Iterator[Known]:
    nonsense = Nonsense(shelf, phrases, dice)
    while True:
        yield Known(SORTS[kind](nonsense), ())


def in_order(books: Sequence[Book], dice: Random) -> Iterator[Book]:
    """Each book once: by turns one drawn by how much it is asked for and one drawn alike."""
    alike = dice.sample(books, len(books))
    # A key of u ** (1 / weight) draws by weight without putting back (Efraimidis and Spirakis, 2006).
    keys = {book.isbn: dice.random() ** (book.popularity + _UNKNOWN) ** -0.5 for book in books}
    asked = sorted(books, key=lambda book: keys[book.isbn], reverse=True)
    seen: set[str] = set()
    for book in chain.from_iterable(zip_longest(asked, alike)):
        if book.isbn not in seen:
            seen.add(book.isbn)
            yield book


if __name__ == "__main__":
    sys.exit(main())
