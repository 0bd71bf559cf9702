"""Where what was typed meets an entry, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from domain.search.entry import INITIALS
from domain.search.filler import STOP_WORDS
from domain.search.transliteration import MARK
from storage.search.reading import Group
from storage.search.told import Told

UNFINISHED = 0.93
"""The quality of a word that begins with what was typed last."""
_ANOTHER_SPELLING = 0.98
_ALIKE = 0.5
"""How alike a word that fits nowhere must be to one of the entry's words, if the rest of the message fits."""

Met = tuple[Group, float, tuple[str, ...], bool]
"""A group, how well it is met, by which of the entry's words, and whether that takes a slip for granted."""


def meetings(groups: Sequence[Group], told: Told, *, lenient: bool = False) -> list[Met]:
    """The groups that the entry meets. ``lenient``: one that is met nowhere may resemble one of the entry's words."""
    words, extra = told.words, told.extra
    typed = {word for group in groups for word in group.typed}
    met: list[Met] = []
    missing: list[Group] = []
    for group in groups:
        if words.issuperset(group.typed):
            met.append((group, 1.0, group.typed, False))
            continue
        one = _otherwise(group, words, extra, typed)
        if one is not None:
            met.append(one)
        elif lenient and group.needed:
            missing.append(group)
    if missing and len(missing) < sum(group.inside for group in groups):
        # In an order of its own: of words that are equally alike the first is taken.
        telling = sorted(
            word for word in words if len(word) > 2 and (len(word) > 3 or word not in STOP_WORDS)
        )
        for group in missing:
            whole = "".join(group.typed)
            if len(whole) < 3 or not whole.isalpha():
                continue
            alike = process.extractOne(
                whole, telling, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE
            )
            if alike:
                met.append((group, 0.4 + 0.4 * alike[1], (alike[0],), True))
    return met


def _otherwise(group: Group, words: set[str], extra: set[str], typed: set[str]) -> Met | None:
    best: Met | None = None
    quality = 0.0
    if extra.issuperset(group.typed):
        quality = _ANOTHER_SPELLING
        best = (group, quality, _visible(group.typed, words), False)
    for way in group.ways:
        if way.quality > quality:
            if words.issuperset(way.words):
                quality = way.quality
                best = (group, quality, way.words, way.guess)
            elif extra and (extra | words).issuperset(way.words):
                quality = way.quality
                best = (group, quality, _visible(way.words, words), way.guess)
    if group.prefix and quality < UNFINISHED:
        # Rather a word that was not typed besides: in "wolf in w", the last one is hardly "wolf" again.
        going_on = [word for word in words if word.startswith(group.prefix)]
        if going_on:
            word = min(going_on, key=lambda word: (word in typed, len(word), word))
            return (group, UNFINISHED, (word,), False)
    return best


def _visible(extra: tuple[str, ...], words: set[str]) -> tuple[str, ...]:
    """The visible word that an extra spelling belongs to: "poirots" for "poirot", "letranger" for "etranger"."""
    first = extra[0]
    if len(extra) == 1 and len(first) > 2 and first[0] not in (MARK, INITIALS):
        alike = [word for word in words if word.startswith(first) or word.endswith(first)]
        if alike:
            return (min(alike, key=lambda word: (len(word), word)),)
    return extra
