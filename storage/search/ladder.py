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
from dataclasses import dataclass, replace
from itertools import combinations

from domain.ports.books import Filters
from domain.search.entry import popularity_bucket
from domain.search.filler import STOP_WORDS, core, loosely
from storage.search.correction import correct
from storage.search.meeting import UNFINISHED
from storage.search.ranking import Fit, rate
from storage.search.reader import Reader
from storage.search.reading import Group, Reading, Way
from storage.search.store import Alternatives, Candidate, Late, Store
from storage.search.told import MOST_POPULAR, Told

CANDIDATES = 160
"""So many of the most popular entries of a question are rated,"""
_FEW = 60
"""and so many of one that only adds to others."""
WORDS = 40
"""More words than this are not looked at."""
_COMPLETIONS = 48
_BEGINNING = 4
"""Letters that a title's beginning has to have to be looked for as such."""
_BESIDE = 3
"""So many words that seemed to say nothing are looked for, when there are too many entries without them."""
_FLOOR = 0.72
"""Less covered than this is nothing,"""
_HALF = 0.55
"""unless it is a whole title of several words, and this much."""
_PLACED = 0.6
"""What is met, but makes up less of a title or a name than this, does not convince."""
_GUESSED = 0.5
"""Nor is it an answer if it makes up less than this, and all of it is guessed."""
_MET = 0.8
"""Nor does less of the message than this convince."""
SOUGHT = 30_000
"""Where everything rests on guesses, only so many books, those that people ask for most, are believed to be meant: among
very many more there is one for every slip and every row of initials."""
_SINGLY = 2
_LEAST = 0.02
"""What is met makes up less than this of a title or a name: not even a suggestion."""
_SUGGESTED = 8
_BEHIND = 32.0
"""So many points behind the best one, an entry is no answer any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """``fits`` are good enough to be shown, best first; ``near`` are not, but all there is, if nothing is good enough.
    ``convincing``: the best one leaves no doubt. ``loosely``: words that may have been meant were left out."""

    fits: list[Fit]
    near: list[Fit]
    convincing: bool
    loosely: bool = False


class Ladder:
    def __init__(self, store: Store, filters: Filters, *, literal: bool = False) -> None:
        self._store = store
        self._filters = filters
        self._literal = literal
        self._found: dict[int, Told] = {}
        self._sought: float | None = None

    async def climb(self, words: Sequence[str]) -> Found:
        """Look for ``words`` (folded). When the time is over, what was found so far has to do."""
        words = words[:WORDS]
        with self._store.time:
            asked = core(words)
            found = await self._climbed(words, asked)
            if self._literal or found.convincing or (found.fits and found.fits[0].covered >= _MET):
                return found
            # Perhaps the request is mistyped, or worded otherwise than any that is known.
            for start, end in loosely(words):
                if STOP_WORDS.issuperset([*words[asked[0] : start], *words[end : asked[1]]]):
                    continue
                other = await Ladder(self._store, self._filters)._climbed(words, (start, end))
                if other.convincing:
                    return replace(other, loosely=True)
                if _better(other, found):
                    found = replace(other, loosely=True)
            return found

    async def _climbed(self, words: Sequence[str], asked: tuple[int, int]) -> Found:
        try:
            reading = await Reader(self._store).read(words, asked)
        except Late:
            return Found([], [], False)
        if not reading.groups:
            return Found([], [], False)
        try:
            return await self._rungs(reading)
        except Late:
            fits = rate(reading, list(self._found.values()))
            shown = _shown(fits)
            return Found(shown, [] if shown else _near(fits), False)

    async def _rungs(self, reading: Reading) -> Found:
        fits: list[Fit] = []
        for rung in (self._as_typed, self._unfinished, self._unknown_mended, self._all_mended):
            fits = await rung(reading)
            # A last word that is known may be the beginning of another all the same, unless it ends a title.
            if _convincing(fits) and (rung != self._as_typed or fits[0].exact or not _prefix(reading)):
                return Found(_shown(fits), [], True)
            if self._literal and rung == self._unfinished:
                shown = _shown(fits)
                return Found(shown, [] if shown else _near(fits), False)
        if shown := _shown(fits):
            return Found(shown, [], False)
        fits = await self._some_words(reading)
        if shown := _shown(fits) or await self._within(reading):
            return Found(shown, [], False)
        return Found([], _near(await self._any_word(reading)), False)

    async def _as_typed(self, reading: Reading) -> list[Fit]:
        self._keep(await self._store.titled(reading.spans, self._filters, CANDIDATES))
        return await self._all_words(reading)

    async def _unfinished(self, reading: Reading) -> list[Fit]:
        """The last word may not be finished: how it may go on, titles that begin so, and what the other words find."""
        last = _prefix(reading)
        if last is None:
            return await self._rate(reading)
        if len(reading.core) >= _BEGINNING:
            self._keep(await self._store.starting(reading.core, self._filters, _FEW))
        for front in reading.fronts:
            self._keep(await self._store.starting(front, self._filters, _FEW))
        if last.needed and len(last.prefix) > 1:
            for word, _ in await self._store.completions(last.prefix, _COMPLETIONS):
                if word != last.prefix:
                    last.meet(Way((word,), UNFINISHED))
            if len(last.ways) >= _COMPLETIONS:
                await self._look([group for group in reading.needed if group is not last])
        return await self._all_words(reading)

    async def _unknown_mended(self, reading: Reading) -> list[Fit]:
        return await self._mended(reading, [group for group in reading.needed if not group.entries])

    async def _all_mended(self, reading: Reading) -> list[Fit]:
        return await self._mended(reading, [group for group in reading.needed if group.entries])

    async def _mended(self, reading: Reading, doubted: Sequence[Group]) -> list[Fit]:
        for group in doubted:
            await correct(self._store, group, alone=len(reading.needed) == 1)
        return await self._all_words(reading) if doubted else await self._rate(reading)

    async def _all_words(self, reading: Reading) -> list[Fit]:
        if ways := _ways(reading.needed):
            found = await self._store.matching(ways, self._filters, CANDIDATES)
            self._keep(found)
            if len(found) == CANDIDATES:
                # Too many: words that seemed to say nothing may be the title's after all.
                for word in reading.beside(_BESIDE):
                    self._keep(await self._store.matching([*ways, [word]], self._filters, _FEW))
        return await self._rate(reading)

    async def _some_words(self, reading: Reading) -> list[Fit]:
        needed = sorted(reading.needed, key=lambda group: -group.weight)
        if len(needed) > 1:
            for left_out in reversed(needed):
                await self._look([group for group in needed if group is not left_out])
        if len(needed) > 3:
            for pair in combinations([group for group in needed if group.entries or group.ways][:4], 2):
                await self._look(pair)
        return await self._rate(reading, lenient=True)

    async def _any_word(self, reading: Reading) -> list[Fit]:
        """No answer any more, but what may lead on: books that have one of the most telling words."""
        known = sorted((group for group in reading.needed if group.entries), key=lambda group: group.entries)
        for group in known[:_SINGLY]:
            await self._look([group])
        return await self._rate(reading, lenient=True)

    async def _look(self, groups: Sequence[Group]) -> None:
        """What has all of ``groups``, words that are known as they were typed."""
        ways = _ways(groups)
        typed = [group.typed for group in groups if group.entries]
        ways = [way[:1] if way[0] in typed else way for way in ways]
        if ways:
            self._keep(await self._store.matching(ways, self._filters, _FEW))

    async def _within(self, reading: Reading) -> list[Fit]:
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
        for name in await self._store.named(spans.keys()):
            if ways := _ways(spans[name]):
                found.extend(await self._store.matching(ways, self._filters, _FEW))
        if not found:
            return []
        self._keep(found)
        ranks = {candidate.rank for candidate in found}
        return [fit for fit in await self._rate(reading) if fit.told.rank in ranks]

    async def _rate(self, reading: Reading, *, lenient: bool = False) -> list[Fit]:
        found = list(self._found.values())
        fits = await self._store.compute(lambda: rate(reading, found, lenient=lenient))
        if any(fit.supposed for fit in fits):
            if self._sought is None:
                self._sought = popularity_bucket(await self._store.sought(SOUGHT)) / MOST_POPULAR
            for fit in fits:
                fit.doubted = fit.supposed and fit.told.popularity < self._sought
        return fits

    def _keep(self, found: Sequence[Candidate]) -> None:
        for candidate in found:
            if candidate.rank not in self._found:
                self._found[candidate.rank] = Told(candidate)


def _prefix(reading: Reading) -> Group | None:
    """The last word, if it may go on."""
    return next((group for group in reading.groups if group.prefix), None)


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
    return (
        not best.doubted and best.covered >= _MET and (best.exact or (best.whole and best.placed > _PLACED))
    )


def _better(other: Found, found: Found) -> bool:
    """Whether less of the message is something, or a whole title where more of it is but a part of one."""
    if not other.fits or not found.fits:
        return bool(other.fits)
    return other.fits[0].exact and not found.fits[0].exact and other.fits[0].placed > found.fits[0].placed


def _near(fits: Sequence[Fit]) -> list[Fit]:
    return [fit for fit in fits[:_SUGGESTED] if fit.placed >= _LEAST]


def _shown(fits: Sequence[Fit]) -> list[Fit]:
    shown = [fit for fit in fits if not fit.doubted and _enough(fit)]
    return [fit for fit in shown if fit.score >= shown[0].score - _BEHIND]


def _enough(fit: Fit) -> bool:
    if fit.supposed:
        return fit.covered >= _FLOOR and fit.placed > _GUESSED
    return fit.covered >= _FLOOR or fit.exact or (fit.complete and fit.covered >= _HALF)
