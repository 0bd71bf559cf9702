"""How well an entry fits what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from domain.search.entry import bucket_of
from domain.search.filler import STOP_WORDS
from storage.search.reading import Group, Reading
from storage.search.store import Candidate

_PREFIX_QUALITY = 0.93
_SMALL = 0.25


@dataclass(frozen=True, slots=True)
class Fit:
    """``covered`` of what was typed is met (0 to 1), ``placed`` says how much of a title or name it makes up; ``score``
    puts entries in order. ``shown`` are the words of the entry that were met otherwise than as typed."""

    candidate: Candidate
    score: float
    covered: float
    placed: float
    exact: bool
    corrected: bool


def rate(reading: Reading, candidates: Sequence[Candidate]) -> list[Fit]:
    """The fits of ``candidates``, best first."""
    groups = reading.groups
    total = sum(group.weight for group in groups) or 1.0
    phrase = " ".join(reading.core)
    joined = "".join(reading.core)
    fits = [_rate(groups, total, phrase, joined, candidate) for candidate in candidates]
    fits.sort(key=lambda fit: (-fit.score, fit.candidate.rank))
    return fits


def _rate(groups: Sequence[Group], total: float, phrase: str, joined: str, candidate: Candidate) -> Fit:
    lines = candidate.terms.split("\n")
    words = set(candidate.terms.split())
    met: list[tuple[Group, float, tuple[str, ...]]] = []
    covered = 0.0
    used: set[str] = set()
    corrected = False
    for group in groups:
        quality, by = _meet(group, words)
        if quality:
            covered += group.weight * quality
            used.update(by)
            met.append((group, quality, by))
            if group.needed and quality < 0.9:
                corrected = True
    covered /= total

    main, rest, others, authors, series, _ = lines
    forms = [main]
    if rest:
        forms.append(f"{main} {rest}")
    if others:
        forms.extend(others.split(" | "))
    if series:
        forms.append(series.replace(" | ", " "))
    placed, inside = 0.0, 0.0
    best_form = main
    for form in forms:
        size = seen = 0.0
        form_words = form.split()
        for word in form_words:
            weight = _SMALL if word in STOP_WORDS else 1.0
            size += weight
            if word in used:
                seen += weight
        if not seen:
            continue
        share = seen / size
        form_set = set(form_words)
        inner = 0.0
        for group, quality, by in met:
            if form_set.issuperset(by):
                inner += group.weight * quality
        if inner * (0.4 + 0.6 * share) > inside * (0.4 + 0.6 * placed):
            placed, inside, best_form = share, inner, form
    form_set = set(best_form.split())
    author_share = author_inside = 0.0
    if authors:
        outside = [(group, quality, by) for group, quality, by in met if not form_set.issuperset(by)]
        for name in authors.split(" | "):
            name_words = name.split()
            name_set = set(name_words)
            inner = sum(g.weight * q for g, q, by in met if name_set.issuperset(by))
            if not inner:
                continue
            share = sum(len(w) for w in name_words if w in used) / (sum(map(len, name_words)) or 1)
            if name_words[-1] in used:
                share = max(share, 0.9)
            only_outside = sum(g.weight * q for g, q, by in outside if name_set.issuperset(by))
            if only_outside * share > author_inside * author_share:
                author_share, author_inside = share, only_outside
        # The same words as a whole name, not as a title's.
        for name in authors.split(" | "):
            name_words = name.split()
            name_set = set(name_words)
            inner = sum(g.weight * q for g, q, by in met if name_set.issuperset(by))
            share = 1.0 if name_words and name_words[-1] in used else 0.5
            if inner * share > inside * (0.4 + 0.6 * placed) + author_inside * author_share:
                placed, inside, author_share, author_inside = 0.0, 0.0, share, inner
    field = (inside * (0.4 + 0.6 * placed) + author_inside * author_share) / total
    similar = fuzz.ratio(phrase, best_form) / 100
    title_key = main.replace(" ", "")
    exact = title_key == joined or best_form.replace(" ", "") == joined
    score = (
        60 * covered
        + 25 * field
        + 12 * similar
        + (6 if exact else 0)
        + (2 if main.startswith(phrase) else 0)
        + 5 * bucket_of(candidate.rank) / 63
    )
    return Fit(candidate, score, covered, field, exact, corrected)


def _meet(group: Group, words: set[str]) -> tuple[float, tuple[str, ...]]:
    if words.issuperset(group.typed):
        return 1.0, group.typed
    best = 0.0
    by: tuple[str, ...] = ()
    for way in group.ways:
        if way.quality > best and words.issuperset(way.words):
            best, by = way.quality, way.words
    if group.prefix and best < _PREFIX_QUALITY:
        for word in words:
            if word.startswith(group.prefix):
                return _PREFIX_QUALITY, (word,)
    return best, by
