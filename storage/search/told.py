"""What an entry tells of its book, taken apart once for all the times it is rated."""

from __future__ import annotations

from collections.abc import Sequence

from domain.search.entry import bucket_of
from domain.search.filler import ARTICLES, STOP_WORDS
from domain.search.transliteration import MARK, latin, sounding
from storage.search.store import Candidate

_SMALL = 0.25
"""What a small word counts in a title's length, as against 1."""
MOST_POPULAR = 63


class Form:
    """One of an entry's titles or names: its words, whether it is the book's ``own`` title, and from its ``first`` word."""

    __slots__ = ("first", "of", "own", "title", "words")

    def __init__(self, title: str, *, own: bool = False, first: bool = False) -> None:
        self.title = title
        self.words = title.split()
        self.of = set(self.words)
        self.own = own
        self.first = first

    @property
    def key(self) -> str:
        return "".join(self.words)

    @property
    def size(self) -> float:
        """Its length in words, small ones counted as less."""
        return len(self.words) - (1 - _SMALL) * sum(word in STOP_WORDS for word in self.words)

    def sounding(self) -> Form:
        """The same in rough Latin letters, where it is of another alphabet."""
        return Form(" ".join(map(_sounding, self.words)), own=self.own, first=self.first)


class Told:
    """``words`` are those that people see; ``extra`` are other spellings that the entry is found by. ``series`` is
    its series' name."""

    __slots__ = ("book_id", "extra", "names", "popularity", "rank", "series", "titles", "words", "work")

    def __init__(self, candidate: Candidate) -> None:
        self.rank = candidate.rank
        self.book_id = candidate.book_id
        self.work = candidate.work
        self.popularity = bucket_of(candidate.rank) / MOST_POPULAR
        main, rest, others, authors, series, extra = candidate.terms.split("\n")
        self.extra = set(extra.split())
        titles = [Form(main, own=True, first=True)]
        if rest:
            titles.append(Form(f"{main} {rest}", own=True, first=True))
            titles.append(Form(rest, own=True))
        self.series = series.partition(" |")[0]
        if series:
            titles.append(Form(series.replace(" |", "")))
        if others:
            titles.extend(map(Form, others.split(" | ")))
        self.titles = titles
        self.names = list(map(Form, authors.split(" | "))) if authors else []
        self.words = set().union(*(form.of for form in titles), *(name.of for name in self.names))

    def called(self, key: str) -> bool:
        """Whether its series is called so, with or without the article."""
        whole = self.series.replace(" ", "")
        return whole.endswith(key) and bool(whole) and key in (whole, bare(self.series.split()))


def weight(word: str) -> float:
    return _SMALL if word in STOP_WORDS else 1.0


def bare(words: Sequence[str]) -> str:
    """The key of a title, without its article."""
    return "".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def _sounding(word: str) -> str:
    roman = latin(word)
    return MARK + sounding(roman) if roman else word
