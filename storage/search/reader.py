"""Taking a message apart: which of its words count, and how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from domain.search import folding
from domain.search.entry import INITIALS
from domain.search.filler import STOP_WORDS, VOLUME_WORDS, core, names_author
from domain.search.transliteration import MARK, sounding
from domain.search.vocabulary import NUMERALS
from storage.search.reading import Group, Reading, Way
from storage.search.store import Vocabulary

_NUMERAL = 0.95
_SMALL_WEIGHT = 0.12
_FILLER_WEIGHT = 0.04


class Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    async def read(self, words: Sequence[str], asked: tuple[int, int] | None = None) -> Reading:
        """``words`` (folded) as groups, with the ways to meet them that need no guessing. ``asked``: where what is asked
        for begins and ends, if that is not plain."""
        if not words:
            return Reading([])
        start, end = asked or core(words)
        inner = words[start:end]
        known = await self._vocabulary.known(_spellings(words, inner))
        entries = max(1, known.get("", 0))
        small = {word for word in inner if word in STOP_WORDS}
        small.update(word for word, after in pairwise(inner) if word in VOLUME_WORDS and after.isdigit())
        if small.issuperset(inner):
            small = set()
        groups: list[Group] = []
        for place, word in enumerate(words):
            inside = start <= place < end
            count = known.get(word, 0)
            group = Group((word,), _weight(entries, count), entries=count, inside=inside)
            if not inside:
                group.weight *= _FILLER_WEIGHT
            elif word in small:
                group.weight *= _SMALL_WEIGHT
            group.needed = inside and word not in small
            if group.needed:
                _add_ways(group, word, known, alone=end - start == 1)
            groups.append(group)
        groups[start:end] = _joined(groups[start:end], known, entries)
        _leave_unfinished(groups)
        return Reading(groups, author=names_author(words))


def _leave_unfinished(groups: Sequence[Group]) -> None:
    """The last word may be the beginning of one. A single letter, beside other words, says no more than that."""
    inside = [group for group in groups if group.inside]
    last = inside[-1]
    word = last.typed[0]
    if len(last.typed) > 1 or word.isdigit() or folding.unspaced(word):
        return
    if last.needed or (len(word) < 3 and len(inside) > 1):
        last.prefix = word
        if len(word) == 1 and any(group.needed for group in inside[:-1]):
            last.needed = False
            last.weight *= _SMALL_WEIGHT if last.weight > 1 else 1


def _spellings(words: Sequence[str], inner: Sequence[str]) -> set[str]:
    wanted = {"", *words}
    for word in inner:
        wanted.update(NUMERALS.get(word, ()))
        if word.isascii() and word.isalnum():
            wanted.add(MARK + sounding(word))
            if 2 < len(word) < 10:
                wanted.add(INITIALS + word)
    wanted.update(first + second for first, second in pairwise(inner))
    wanted.update("".join(inner[place : place + 3]) for place in range(len(inner) - 2))
    return wanted


def _weight(entries: int, count: int) -> float:
    return math.log(1 + entries / (1 + count))


def _add_ways(group: Group, word: str, known: dict[str, int], *, alone: bool) -> None:
    for numeral in NUMERALS.get(word, ()):
        if numeral in known:
            group.meet(Way((numeral,), _NUMERAL))
    if not word.isascii():
        return
    if MARK + sounding(word) in known:
        group.meet(Way((MARK + sounding(word),), 0.92))
    if alone and INITIALS + word in known:
        group.meet(Way((INITIALS + word,), 0.92 if not group.entries else 0.8))


def _joined(groups: Sequence[Group], known: dict[str, int], entries: int) -> list[Group]:
    """``groups`` with words that were typed apart, but are known as one, as one group."""
    joined: list[Group] = []
    place = 0
    while place < len(groups):
        for size in (3, 2):
            parts = groups[place : place + size]
            whole = "".join(group.typed[0] for group in parts)
            if len(parts) < size or len(whole) < 4 or not known.get(whole):
                continue
            unknown = any(not group.entries for group in parts)
            if unknown or (len(whole) > 4 and all(group.needed for group in parts)):
                group = Group(
                    tuple(group.typed[0] for group in parts),
                    max(_weight(entries, known[whole]), sum(group.weight for group in parts)),
                    entries=min(group.entries for group in parts),
                )
                group.meet(Way((whole,), 0.97))
                joined.append(group)
                place += size
                break
        else:
            joined.append(groups[place])
            place += 1
    return joined
