"""How well an entry fits what was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from domain.search.entry import INITIALS, bucket_of
from domain.search.filler import ARTICLES, STOP_WORDS
from storage.search.reading import Group, Reading
from storage.search.store import Candidate

UNFINISHED = 0.93
"""The quality of a word that begins with what was typed last."""
_SMALL = 0.25
"""What a small word counts in a title's length, as against 1."""
_ALIKE = 0.5
"""How alike a word that fits nowhere must be to one of the entry's words, if the rest of the message fits."""

# Points. What is met counts most; then where; then how closely, and how often the book is asked for.
_COVERED, _PLACED, _SIMILAR, _EXACT, _BEGINS, _OWN, _POPULAR = 60.0, 25.0, 12.0, 7.0, 6.0, 3.0, 5.0


@dataclass(frozen=True, slots=True)
class Fit:
    """``covered`` of what was typed is met (0 to 1); ``placed`` says how much of a title or a name it makes up (0 to 1);
    ``whole``: every typed word is met as typed. ``score`` puts entries in order. ``met`` is what was met, in words."""

    candidate: Candidate
    score: float
    covered: float
    placed: float
    exact: bool
    whole: bool
    met: str


def rate(reading: Reading, candidates: Collection[Candidate], *, lenient: bool = False) -> list[Fit]:
    """The fits of ``candidates``, best first. ``lenient``: a word that is met nowhere may resemble one of the entry's."""
    rating = _Rating(reading, lenient)
    fits = [rating.of(candidate) for candidate in candidates]
    fits.sort(key=lambda fit: (-fit.score, fit.candidate.rank))
    return fits


@dataclass(slots=True)
class _Met:
    group: Group
    quality: float
    by: tuple[str, ...]

    @property
    def points(self) -> float:
        return self.group.weight * self.quality


class _Rating:
    def __init__(self, reading: Reading, lenient: bool) -> None:
        self._groups = reading.groups
        self._core = [group for group in reading.groups if group.inside]
        self._total = sum(group.weight for group in reading.groups) or 1.0
        self._phrase = " ".join(word for group in self._core for word in group.typed)
        self._lenient = lenient

    def of(self, candidate: Candidate) -> Fit:
        main, rest, others, authors, series, _ = candidate.terms.split("\n")
        words = set(candidate.terms.split())
        met = self._met(words)
        covered = sum(one.points for one in met) / self._total
        used = {word for one in met for word in one.by}
        phrase = self._phrase
        if any(one.by != one.group.typed and one.group.inside for one in met):
            by = {id(one.group): one.by for one in met}
            phrase = " ".join(word for group in self._core for word in by.get(id(group), group.typed))

        initials = any(word[0] == INITIALS for word in used)
        placed, form = self._titled(met, used, main, rest, others, series)
        named = self._named(met, used, authors, form)
        field = max(placed, named)
        exact = initials or _key(form) == _key(phrase)
        own = form.startswith(main)
        score = (
            _COVERED * covered
            + _PLACED * (1.0 if initials else field)
            + _SIMILAR * (1.0 if initials else fuzz.ratio(phrase, form) / 100)
            + _EXACT * exact
            + _OWN * own
            + _POPULAR * bucket_of(candidate.rank) / 63
        )
        if own and (main.startswith(phrase) or form.startswith(phrase)):
            score += _BEGINS * min(1.0, len(phrase) / 10)
        whole = len(met) == len(self._groups) and all(one.quality >= UNFINISHED for one in met)
        return Fit(candidate, score, covered, field, exact, whole, phrase)

    def _met(self, words: set[str]) -> list[_Met]:
        met = []
        missing = []
        for group in self._groups:
            quality, by = _best(group, words)
            if quality:
                met.append(_Met(group, quality, by))
            elif group.needed:
                missing.append(group)
        if self._lenient and missing and len(missing) < len(self._core):
            for group in missing:
                typed = "".join(group.typed)
                if len(typed) < 3 or not typed.isalpha():
                    continue
                alike = process.extractOne(
                    typed, words, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
                )
                if alike and len(alike[0]) > 2:
                    met.append(_Met(group, 0.4 + 0.4 * alike[1], (alike[0],)))
        return met

    def _titled(
        self, met: Sequence[_Met], used: set[str], main: str, rest: str, others: str, series: str
    ) -> tuple[float, str]:
        """How much of what was typed makes up how much of the title that it fits best, and that title."""
        best, best_form = 0.0, main
        forms = [main]
        if rest:
            forms.append(f"{main} {rest}")
        if series:
            forms.append(series.replace(" | ", " "))
        if others:
            forms.extend(others.split(" | "))
        for form in forms:
            form_words = form.split()
            size = seen = 0.0
            for word in form_words:
                weight = _SMALL if word in STOP_WORDS else 1.0
                size += weight
                if word in used:
                    seen += weight
            if not seen:
                continue
            inside = 0.0
            form_set = set(form_words)
            for one in met:
                if form_set.issuperset(one.by):
                    inside += one.group.weight * one.quality
            placed = inside / self._total * (0.4 + 0.6 * seen / size)
            if placed > best:
                best, best_form = placed, form
        return best, best_form

    def _named(self, met: Sequence[_Met], used: set[str], authors: str, form: str) -> float:
        """How much of what was typed makes up an author's name, together with what the title has of the rest."""
        best = 0.0
        form_set = set(form.split())
        for name in authors.split(" | ") if authors else ():
            name_words = name.split()
            name_set = set(name_words)
            if name_set.isdisjoint(used):
                continue
            in_name = in_form = 0.0
            for one in met:
                if name_set.issuperset(one.by):
                    in_name += one.points
                elif form_set.issuperset(one.by):
                    in_form += one.points
            # People say the last name, or all of it.
            share = 0.9 if name_words[-1] in used else 0.5
            if name_set <= used:
                share = 1.0
            best = max(best, (in_name * share + in_form * 0.8) / self._total)
        return best


def _best(group: Group, words: set[str]) -> tuple[float, tuple[str, ...]]:
    if words.issuperset(group.typed):
        return 1.0, group.typed
    best = 0.0
    by: tuple[str, ...] = ()
    for way in group.ways:
        if way.quality > best and words.issuperset(way.words):
            best, by = way.quality, way.words
    if group.prefix and best < UNFINISHED:
        for word in words:
            if word.startswith(group.prefix):
                return UNFINISHED, (word,)
    return best, by


def _key(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return (rest if rest and first in ARTICLES else phrase).replace(" ", "")
