"""What the search asks of a database: which entries a word is in, and which words there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from time import monotonic, thread_time
from typing import NamedTuple, Protocol, TypeVar

from domain.ids import BookId
from domain.ports.books import Filters, Sort

T = TypeVar("T")


class Late(Exception):
    """The search's time is over."""


class Time:
    """How long a search may look around. Only inside of ``with`` does it run out: what was found is still fetched."""

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._counts = False

    def __enter__(self) -> None:
        self._counts = True

    def __exit__(self, *error: object) -> None:
        self._counts = False

    @property
    def over(self) -> bool:
        return self._counts and monotonic() > self._until


class Moment(Time):
    """Seconds of this thread's own computing, that run out whatever the search is doing."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self._spent = thread_time() + seconds

    @property
    def over(self) -> bool:
        return thread_time() > self._spent


class Volume(NamedTuple):
    """A book of a series, and its number there as the catalogue writes it."""

    book_id: int
    work: str
    number: str


Alternatives = Sequence[tuple[str, ...]]
"""Ways to find one thing that was typed: an entry has to have all words of one of them."""


class Candidate(NamedTuple):
    """An entry that may be meant. ``rank``: see `domain.search.entry.rank`; ``terms``: see `domain.search.entry.Entry`."""

    rank: int
    book_id: int
    work: str
    terms: str


class Known(NamedTuple):
    """A word of the index, and in how many entries it is."""

    word: str
    entries: int


class Postings(Protocol):
    """Reading answers with the most popular entries first. ``filters`` narrow down."""

    async def matching(self, groups: Sequence[Alternatives], filters: Filters, limit: int) -> list[Candidate]:
        """Entries that have something of each group."""
        ...

    async def titled(self, keys: Collection[str], filters: Filters, limit: int) -> list[Candidate]:
        """Entries one of whose whole titles is one of ``keys``."""
        ...

    async def starting(self, key: str, filters: Filters, limit: int) -> list[Candidate]:
        """Entries one of whose titles begins with ``key``; if there are very many such, some of them."""
        ...

    async def named(self, keys: Collection[str]) -> set[str]:
        """Those of ``keys`` that are an author's whole name."""
        ...

    async def numbered(self, isbns: Collection[str], filters: Filters) -> list[Candidate]:
        """Entries of the books with these ISBN-13s."""
        ...

    async def in_series(self, book: int) -> list[Volume]:
        """The books of the series that ``book`` is of, itself among them, most popular first; none if it is of none."""
        ...

    async def title(self, book: int) -> str: ...

    async def sought(self, books: int) -> int:
        """How popular a book is that so many books are more popular than; 0 if there are fewer."""
        ...

    async def matched(self, books: Collection[int], filters: Filters) -> set[int]:
        """Those of ``books`` that match ``filters``."""
        ...

    async def sorted(self, books: Collection[int], sort: Sort) -> list[int]:
        """``books`` in another order than by fit."""
        ...

    async def editions(self, works: Collection[str], filters: Filters) -> dict[str, list[BookId]]:
        """The books of each work, most popular first."""
        ...


class Vocabulary(Protocol):
    async def known(self, words: Collection[str]) -> dict[str, int]:
        """In how many entries those of ``words`` are that are in any. The empty word: how many entries there are."""
        ...

    async def completions(self, prefix: str, limit: int) -> list[Known]:
        """Words that begin with ``prefix``, the most frequent first."""
        ...

    async def near(self, keys: Collection[int], limit: int) -> list[Known]:
        """Words that have one of these keys (`domain.search.spelling.keys`), the most frequent first."""
        ...


class Store(Postings, Vocabulary, Protocol):
    """Both, in one reading. When ``time`` is over, every question raises Late."""

    time: Time

    async def compute(self, task: Callable[[], T]) -> T:
        """Do ``task``, which is some milliseconds of computing, where it holds up nobody."""
        ...
