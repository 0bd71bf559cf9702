"""How well an entry fits what was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from domain.search.entry import INITIALS
from domain.search.transliteration import MARK
from storage.search.meeting import UNFINISHED, Met, meetings
from storage.search.reading import Reading
from storage.search.told import Form, Told, bare, weight

# Points. What is met counts most, then where, then how often the book is asked for.
_COVERED = 60.0
_PLACED = 25.0
_POPULAR = 16.0
_VOTED = 12.0
_ANNOUNCED = 30.0
_OWN = 6.0
_BEGINS = 5.0
_BEGUN = 20.0
"""For a title that begins with the message as it stands, request and all."""
_SIMILAR = 3.0
_EXACT = 2.0
_SERIES = 11.5
"""For every book of a series whose whole name was typed, as against 16 for a book that is called so: of the two, the one
that many more people ask for comes first."""

_OF_TITLE = 0.4
"""What being met in a title counts, however little of it that is; the rest is for how much."""
_LAST_NAME = 0.9
_OTHER_NAME = 0.5
_BESIDE_NAME = 0.8
_WHOLE_NAME = 0.99
_FINISHED = 0.97
_RESEMBLES = 0.75
"""A word that is met no better than this is hardly there."""
_BELIEVED = 0.78
"""Guesses that cover less than this are of more than a slip in a word of usual length,"""
_WHOLE_BELIEVED = 0.72
"""or, where they make up a whole title of several words, less than this."""


@dataclass(slots=True)
class Fit:
    """How one entry fits.

    ``covered`` of what was typed is met (0 to 1); ``placed`` says how much of a title or a name it makes up (0 to 1).
    ``exact``: it is a title. ``complete``: it has a title of several words in it. ``whole``: every typed word is met as typed.
    ``by_author``: it is met as a name rather than as a title, ``named``: as a whole one. ``guessed``: by another word than
    was typed. ``supposed``: nothing of what was typed is met otherwise, nor well; ``doubted``: and nobody asks for it, so
    that it is not believed. ``met`` is what was met, in words. ``score`` puts entries in order.
    """

    told: Told
    score: float
    covered: float
    placed: float
    exact: bool
    complete: bool
    whole: bool
    by_author: bool
    named: bool
    guessed: bool
    supposed: bool
    met: str
    doubted: bool = False


def rate(reading: Reading, entries: Collection[Told], *, lenient: bool = False) -> list[Fit]:
    """The fits of ``entries``, best first. ``lenient``: a word that is met nowhere may resemble one of the entry's."""
    rating = _Rating(reading, lenient)
    fits = [rating.of(told) for told in entries]
    if reading.author:
        for fit in fits:
            fit.score += _ANNOUNCED * fit.by_author
    elif sum(group.inside for group in reading.groups) == 1:
        _vote(fits)
    else:
        _vote([fit for fit in fits if fit.named or fit.exact])
    fits.sort(key=lambda fit: (-fit.score, fit.told.rank))
    return fits


def _vote(fits: Sequence[Fit]) -> None:
    """One word alone may be an author's name or a title's word, and a whole name a title as well: what it is in the popular
    entries is what is meant."""
    authors = sum(fit.told.popularity for fit in fits if fit.by_author)
    if not authors:
        return
    titles = sum(fit.told.popularity for fit in fits if not fit.by_author)
    share = authors / ((authors + titles) or 1)
    for fit in fits:
        fit.score += _VOTED * (share if fit.by_author else 1 - share)


class _Rating:
    def __init__(self, reading: Reading, lenient: bool) -> None:
        self._groups = reading.groups
        self._core = [group for group in reading.groups if group.inside]
        self._spans = reading.spans
        self._fronts = tuple(reading.fronts)
        self._total = sum(group.weight for group in self._core) or 1.0
        self._typed = [word for group in self._core for word in group.typed]
        self._key = "".join(self._typed)
        # One word alone that is not there as typed: a slip is as likely as an unfinished word.
        self._finished = UNFINISHED if len(self._core) > 1 else _FINISHED
        self._lenient = lenient

    def of(self, told: Told) -> Fit:
        met = meetings(self._groups, told, lenient=self._lenient)
        used: set[str] = set()
        covered = around = 0.0
        finished = 0
        guessed = otherwise = False
        known = initials = False
        for group, quality, by, guess in met:
            used.update(by)
            guessed = guessed or guess
            if group.needed and not guess:
                initials = initials or by[0][0] == INITIALS
                known = known or not initials
            if not group.inside:
                around += group.weight * quality
            else:
                covered += group.weight * quality
                finished += quality >= self._finished
                otherwise = otherwise or by is not group.typed
        typed = self._as_met(met) if otherwise else self._typed

        form, in_title, complete = self._titled(met, used, told)
        name, in_name = self._named(met, used, told, form)
        by_author = in_name > in_title
        named = by_author and in_name >= _WHOLE_NAME
        placed = max(in_title, in_name)
        phrase = " ".join(typed)
        as_typed = form.key in self._spans
        if as_typed or (otherwise and any(word[0] == INITIALS for word in used)):
            similar, exact, begins, placed = 1.0, 1.0, 1.0, 1.0
        elif by_author:
            similar = fuzz.ratio(phrase, name.title) / 100
            exact, begins = float(similar == 1.0), 0.0
        else:
            similar = fuzz.ratio(phrase, form.title) / 100
            exact, begins = _beginning(typed, form, finished=not otherwise)
        begun = bool(self._fronts) and form.key.startswith(self._fronts)
        covered /= self._total
        title = _SIMILAR * similar + _EXACT * exact + _BEGINS * begins * form.first + _OWN * form.own
        if (guessed or not otherwise) and told.called("".join(typed) if otherwise else self._key):
            placed, title = 1.0, max(title, _SERIES)
        score = (
            _COVERED * (covered + around / self._total)
            + _PLACED * placed
            + title
            + _BEGUN * begun
            + _POPULAR * told.popularity
        )
        whole = finished == len(self._core)
        enough = _WHOLE_BELIEVED if exact > 0.5 and len(met) > 1 else _BELIEVED
        supposed = not as_typed and (initials or (not known and covered < enough))
        return Fit(
            told,
            score,
            covered,
            placed,
            exact > 0.5,
            complete,
            whole,
            by_author,
            named,
            guessed,
            supposed,
            phrase,
        )

    def _as_met(self, met: Sequence[Met]) -> list[str]:
        """What was typed, in the entry's words."""
        by = {id(group): words for group, _, words, _ in met}
        return [word for group in self._core for word in by.get(id(group), group.typed)]

    def _titled(self, met: Sequence[Met], used: set[str], told: Told) -> tuple[Form, float, bool]:
        """The title that what was typed fits best, how much of it it makes up, and whether it is a whole title of several
        words."""
        titles = told.titles
        if any(word[0] == MARK for word in used):
            titles = [form.sounding() for form in titles]
        best, best_placed, most, complete = titles[0], 0.0, 0.0, False
        for form in titles:
            if form.of.isdisjoint(used):
                continue
            seen = 0.0
            for word in form.words:
                if word in used:
                    seen += weight(word)
            inside = 0.0
            groups = 0
            for group, quality, by, _ in met:
                if form.of.issuperset(by):
                    inside += group.weight * quality
                    groups += group.needed and quality > _RESEMBLES
            placed = inside / self._total * (_OF_TITLE + (1 - _OF_TITLE) * seen / form.size)
            counted = _PLACED * placed + _OWN * (form.own or form.key in self._spans)
            if placed and counted > most:
                best, best_placed, most = form, placed, counted
                complete = groups > 1 and seen > 0.99 * form.size
        return best, best_placed, complete

    def _named(self, met: Sequence[Met], used: set[str], told: Told, title: Form) -> tuple[Form, float]:
        """The author's name that what was typed fits best, and how much of it it makes up, together with what the title
        has of the rest."""
        best, best_placed = title, 0.0
        for name in told.names:
            if name.of.isdisjoint(used):
                continue
            in_name = in_title = 0.0
            for group, quality, by, _ in met:
                if name.of.issuperset(by):
                    in_name += group.weight * quality
                elif title.of.issuperset(by):
                    in_title += group.weight * quality
            # People say the last name, or all of it.
            share = 1.0 if name.of <= used else _LAST_NAME if name.words[-1] in used else _OTHER_NAME
            placed = (in_name * share + in_title * _BESIDE_NAME) / self._total
            if placed > best_placed:
                best, best_placed = name, placed
        return best, best_placed


def _beginning(typed: Sequence[str], title: Form, *, finished: bool) -> tuple[float, float]:
    """Whether what was typed is the title, and whether the title begins with it. An article more or less does little, if
    the words are ``finished``; if the last one is a guess, what was typed of the rest has to be right."""
    phrase, whole = "".join(typed), title.key
    if phrase == whole:
        return 1.0, 1.0
    bare_phrase, bare_whole = bare(typed), bare(title.words)
    exact = (0.85 if finished else 0.3) if bare_phrase == bare_whole else 0.0
    long_enough = 1.0 if len(typed) > 1 else min(1.0, len(phrase) / 12)
    if whole.startswith(phrase):
        return exact, long_enough
    if bare_whole.startswith(bare_phrase):
        return exact, 0.6 * long_enough
    return exact, 0.0
