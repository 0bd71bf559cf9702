"""The ladder: what was typed is looked for as it stands, and every rung below forgives a little more.

1. whole titles, and all words, the last one perhaps unfinished;
2. unknown words as known ones: corrected, joined, taken apart, read as another alphabet;
3. known words as other known ones, as a slip may have made another word;
4. all words but one;
5. whole titles and authors that stand anywhere in the message.

Each rung's entries are rated together with those of the rungs before; the first rung that fits well is the last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from domain.ports.books import Filters
from domain.search import folding, spelling, transliteration
from domain.search.entry import INITIALS
from domain.search.filler import STOP_WORDS, core
from storage.search.ranking import Fit, rate
from storage.search.reading import Group, Reading, Way
from storage.search.store import Candidate, Store

CANDIDATES = 160
WORDS = 40
_COMPLETIONS = 48
_NEAR = 300
_CORRECTIONS = 8
_GOOD = 0.985
_FLOOR = 0.70
_SMALL_WEIGHT = 0.12
_FILLER_WEIGHT = 0.04


class Ladder:
    def __init__(self, store: Store, filters: Filters, *, literal: bool = False) -> None:
        self._store = store
        self._filters = filters
        self._literal = literal
        self._found: dict[int, Candidate] = {}
        self._known: dict[str, int] = {}

    async def climb(self, words: Sequence[str]) -> list[Fit]:
        """The fits for ``words`` (folded), best first; only those that are good enough to be shown."""
        words = list(words[:WORDS])
        reading = await self._read(words)
        if not reading.groups:
            return []
        fits = await self._as_typed(reading, words)
        if self._convincing(fits):
            return self._above_floor(fits)
        if not self._literal:
            await self._correct(reading, [g for g in reading.needed if not g.entries])
            fits = await self._all_words(reading)
            if self._convincing(fits):
                return self._above_floor(fits)
            await self._correct(reading, [g for g in reading.needed if g.entries])
            fits = await self._all_words(reading)
            if self._convincing(fits):
                return self._above_floor(fits)
        fits = await self._leaving_one_out(reading)
        return self._above_floor(fits)

    async def _read(self, words: list[str]) -> Reading:
        start, end = core(words)
        inner = words[start:end]
        wanted = {"", *words}
        wanted.update(transliteration.MARK + transliteration.sounding(w) for w in inner if w.isascii())
        wanted.update(INITIALS + w for w in inner if 3 <= len(w) <= 9)
        wanted.update(a + b for a, b in pairwise(inner))
        wanted.update(a + b + c for a, b, c in zip(inner, inner[1:], inner[2:], strict=False))
        self._known = await self._store.known(wanted)
        entries = self._known.get("", 0) or 1
        needed_exists = any(w not in STOP_WORDS for w in inner)
        groups: list[Group] = []
        for place, word in enumerate(words):
            count = self._known.get(word, 0)
            weight = math.log(1 + entries / (1 + count))
            inside = start <= place < end
            small = word in STOP_WORDS and needed_exists
            group = Group((word,), weight, inside and not small, entries=count)
            if not inside:
                group.weight *= _FILLER_WEIGHT
            elif small:
                group.weight *= _SMALL_WEIGHT
            if inside:
                sounding = transliteration.MARK + transliteration.sounding(word)
                if word.isascii() and sounding in self._known:
                    group.meet(Way((sounding,), 0.9))
                if INITIALS + word in self._known:
                    group.meet(Way((INITIALS + word,), 0.85))
            groups.append(group)
        # Words that were typed apart but are known as one.
        place = start
        while place < end - 1:
            for size in (3, 2):
                parts = words[place : place + size]
                whole = "".join(parts)
                if place + size <= end and self._known.get(whole, 0) and len(whole) > 3:
                    together = groups[place : place + size]
                    if all(g.needed for g in together) or any(not g.entries for g in together):
                        weight = math.log(1 + entries / (1 + self._known[whole]))
                        group = Group(tuple(parts), weight, True, entries=min(g.entries for g in together))
                        group.meet(Way((whole,), 0.95))
                        groups[place : place + size] = [group]
                        words = [*words[:place], whole, *words[place + size :]]
                        end -= size - 1
                        break
            place += 1
        last = groups[end - 1]
        if (
            last.needed
            and len(last.typed) == 1
            and len(last.typed[0]) > 1
            and not folding.unspaced(last.typed[0])
        ):
            last.prefix = last.typed[0]
        return Reading(inner, groups)

    async def _as_typed(self, reading: Reading, words: Sequence[str]) -> list[Fit]:
        start, end = core(words)
        keys = {"".join(words[a:b]) for a in range(start + 1) for b in range(end, len(words) + 1)}
        self._keep(await self._store.titled(keys, self._filters, CANDIDATES))
        for group in reading.groups:
            if group.prefix:
                for word, _ in await self._store.completions(group.prefix, _COMPLETIONS):
                    if word != group.prefix:
                        group.meet(Way((word,), 0.93))
        return await self._all_words(reading)

    async def _all_words(self, reading: Reading) -> list[Fit]:
        groups = []
        for group in reading.needed:
            ways = ([group.typed] if group.entries else []) + [way.words for way in group.ways]
            if not ways:
                return rate(reading, list(self._found.values()))
            groups.append(ways)
        if groups:
            found = await self._store.matching(groups, self._filters, CANDIDATES)
            self._keep(found)
            if len(found) == CANDIDATES:
                self._keep(await self._store.starting("".join(reading.core), self._filters, 60))
        return rate(reading, list(self._found.values()))

    async def _correct(self, reading: Reading, groups: Sequence[Group]) -> None:
        for group in groups:
            if len(group.typed) > 1:
                continue
            word = group.typed[0]
            if not spelling.correctable(word):
                continue
            found: list[tuple[float, int, str]] = []
            budget = spelling.slips(word)
            for near, entries in await self._store.near(spelling.keys(word), _NEAR):
                body = near.removeprefix(transliteration.MARK)
                if near == word:
                    continue
                distance = OSA.distance(word, body, score_cutoff=budget)
                if distance > budget:
                    continue
                quality = 0.9 - 0.55 * distance / max(len(word), len(body))
                if word[0] != body[0]:
                    quality -= 0.05
                found.append((quality, entries, near))
            found.sort(reverse=True)
            for quality, _, near in found[:_CORRECTIONS]:
                group.meet(Way((near,), quality))
            if not group.entries and len(word) > 4:
                await self._split(group, word)
            roman = transliteration.latin(word)
            if roman and not group.entries and not roman.startswith(transliteration.MARK):
                for near, _ in await self._store.near(spelling.keys(roman), 50):
                    distance = OSA.distance(roman, near, score_cutoff=2)
                    if distance <= spelling.slips(roman):
                        group.meet(Way((near,), 0.88 - 0.08 * distance))

    async def _split(self, group: Group, word: str) -> None:
        cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
        known = await self._store.known({part for cut in cuts for part in cut})
        whole = [
            (min(known[a], known[b]), a, b)
            for a, b in cuts
            if a in known
            and b in known
            and (len(a) > 2 or a in STOP_WORDS)
            and (len(b) > 2 or b in STOP_WORDS)
        ]
        for _, a, b in sorted(whole, reverse=True)[:2]:
            group.meet(Way((a, b), 0.88))

    async def _leaving_one_out(self, reading: Reading) -> list[Fit]:
        needed = reading.needed
        if len(needed) > 1:
            for left_out in sorted(needed, key=lambda g: g.weight):
                groups = []
                for group in needed:
                    if group is left_out:
                        continue
                    ways = ([group.typed] if group.entries else []) + [way.words for way in group.ways]
                    if not ways:
                        break
                    groups.append(ways)
                else:
                    self._keep(await self._store.matching(groups, self._filters, 60))
        return rate(reading, list(self._found.values()))

    def _keep(self, found: Sequence[Candidate]) -> None:
        for candidate in found:
            self._found[candidate.rank] = candidate

    def _convincing(self, fits: Sequence[Fit]) -> bool:
        return bool(fits) and fits[0].covered >= 0.93 and (fits[0].placed > 0.5 or fits[0].exact)

    def _above_floor(self, fits: Sequence[Fit]) -> list[Fit]:
        if not fits or (fits[0].covered < _FLOOR and not fits[0].exact):
            return []
        least = fits[0].score - 30
        return [fit for fit in fits if fit.score >= least and (fit.covered >= _FLOOR or fit.exact)]
