"""The ladder: what was typed is looked for as it stands, and every rung below forgives a little more.

1. whole titles, and all words, the last one perhaps unfinished;
2. unknown words as known ones: corrected, joined, taken apart, read as another alphabet;
3. known words as other known ones, as a slip may have made another word of it;
4. all words but one, or the rarest two, if what is left out resembles something at least;
5. whole titles and authors that stand anywhere in the message.

Each rung's entries are rated together with those of the rungs before; the first rung that convinces is the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from domain.ports.books import Filters
from storage.search.correction import correct
from storage.search.ranking import Fit, rate
from storage.search.reader import Reader
from storage.search.reading import Group, Reading, Way
from storage.search.store import Alternatives, Candidate, Store

CANDIDATES = 160
_FEW = 60
WORDS = 40
"""More words than this are not looked at."""
_COMPLETIONS = 48
_FLOOR = 0.72
"""Less covered than this is nothing."""
_BEHIND = 32.0
"""So many points behind the best one, an entry is no answer any more."""


class Ladder:
    def __init__(self, store: Store, filters: Filters, *, literal: bool = False) -> None:
        self._store = store
        self._filters = filters
        self._literal = literal
        self._found: dict[int, Candidate] = {}

    async def climb(self, words: Sequence[str]) -> list[Fit]:
        """The fits for ``words`` (folded), best first; only those that are good enough to be shown."""
        reading = await Reader(self._store).read(words[:WORDS])
        if not reading.groups:
            return []
        fits = await self._as_typed(reading)
        if _convincing(fits) or self._literal:
            return _shown(fits)
        for unknown in (True, False):
            doubted = [group for group in reading.needed if (group.entries == 0) is unknown]
            if not doubted:
                continue
            for group in doubted:
                await correct(self._store, group, alone=len(reading.needed) == 1)
            fits = await self._all_words(reading)
            if _convincing(fits):
                return _shown(fits)
        if shown := _shown(fits):
            return shown
        fits = await self._some_words(reading)
        return _shown(fits) or await self._within(reading, fits)

    async def _as_typed(self, reading: Reading) -> list[Fit]:
        self._keep(await self._store.titled(_spans_around(reading.groups), self._filters, CANDIDATES))
        for group in reading.groups:
            if group.prefix:
                for word, _ in await self._store.completions(group.prefix, _COMPLETIONS):
                    group.meet(Way((word,), 0.93))
        return await self._all_words(reading)

    async def _all_words(self, reading: Reading) -> list[Fit]:
        ways = _ways(reading.needed)
        if ways:
            found = await self._store.matching(ways, self._filters, CANDIDATES)
            self._keep(found)
            if len(found) == CANDIDATES:
                self._keep(await self._store.starting(reading.core, self._filters, _FEW))
        return rate(reading, self._found.values())

    async def _some_words(self, reading: Reading) -> list[Fit]:
        needed = sorted(reading.needed, key=lambda group: -group.weight)
        if len(needed) > 1:
            for left_out in reversed(needed):
                await self._look(group for group in needed if group is not left_out)
        if len(needed) > 3:
            for pair in combinations([group for group in needed if group.entries or group.ways][:4], 2):
                await self._look(pair)
        return rate(reading, self._found.values(), lenient=True)

    async def _look(self, groups: Iterable[Group]) -> None:
        if ways := _ways(groups):
            self._keep(await self._store.matching(ways, self._filters, _FEW))

    async def _within(self, reading: Reading, fits: Sequence[Fit]) -> list[Fit]:
        """Whole titles of two words and more that stand in the message."""
        groups = reading.groups
        spans: dict[str, list[Group]] = {}
        for size in range(min(8, len(groups) - 1), 1, -1):
            for start in range(len(groups) - size + 1):
                span = groups[start : start + size]
                if sum(group.needed for group in span) > 1:
                    spans["".join(word for group in span for word in group.typed)] = span
        if not spans:
            return []
        found = await self._store.titled(spans.keys(), self._filters, _FEW)
        names = await self._store.named(spans.keys())
        for name in names:
            found.extend(await self._store.matching(_ways(spans[name]), self._filters, _FEW))
        if not found:
            return []
        self._keep(found)
        ranks = {candidate.rank for candidate in found}
        return [fit for fit in rate(reading, self._found.values()) if fit.candidate.rank in ranks]

    def _keep(self, found: Sequence[Candidate]) -> None:
        for candidate in found:
            self._found[candidate.rank] = candidate


def _spans_around(groups: Sequence[Group]) -> set[str]:
    """The keys of everything in the message that holds all that is asked for."""
    inside = [place for place, group in enumerate(groups) if group.inside]
    first, last = inside[0], inside[-1]
    return {
        "".join(word for group in groups[start:end] for word in group.typed)
        for start in range(first + 1)
        for end in range(last + 1, len(groups) + 1)
    }


def _ways(groups: Iterable[Group]) -> list[Alternatives]:
    """What to look for; nothing if one of the groups cannot be met at all."""
    found: list[Alternatives] = []
    for group in groups:
        ways = [group.typed] if group.entries else []
        ways.extend(way.words for way in group.ways)
        if not ways:
            return []
        found.append(ways)
    return found


def _convincing(fits: Sequence[Fit]) -> bool:
    if not fits:
        return False
    best = fits[0]
    return best.covered >= 0.8 and (best.exact or (best.whole and best.placed > 0.35))


def _shown(fits: Sequence[Fit]) -> list[Fit]:
    if not fits or not (fits[0].covered >= _FLOOR or fits[0].exact):
        return []
    least = fits[0].score - _BEHIND
    return [fit for fit in fits if fit.score >= least and (fit.covered >= _FLOOR or fit.exact)]
