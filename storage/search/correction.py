"""The words that a typed word may stand for."""

from __future__ import annotations

import math

from rapidfuzz.distance import OSA

from domain.search import spelling, transliteration
from domain.search.filler import STOP_WORDS
from storage.search.reading import Group, Way
from storage.search.store import Vocabulary

_LOOKED_AT = 300
_TAKEN = 12
_SPLITS = 2


async def correct(vocabulary: Vocabulary, group: Group, *, alone: bool) -> None:
    """Add to ``group`` the words that it may have been meant as. ``alone``: nothing else was typed that would tell a good
    guess from a bad one, so that guesses are kept close."""
    if len(group.typed) > 1:
        return
    word = group.typed[0]
    if not spelling.correctable(word):
        return
    budget = spelling.slips(word)
    if alone and len(word) < 7:
        budget = min(budget, 1)
    await _near(vocabulary, group, word, budget, 0.9)
    if group.entries:
        return
    if len(word) > 4:
        await _split(vocabulary, group, word)
    if roman := transliteration.latin(word):
        await _near(vocabulary, group, roman, spelling.slips(roman), 0.88)


async def _near(vocabulary: Vocabulary, group: Group, word: str, budget: int, best: float) -> None:
    found: list[tuple[float, float, str]] = []
    for near, entries in await vocabulary.near(spelling.keys(word), _LOOKED_AT):
        body = near.removeprefix(transliteration.MARK)
        distance = OSA.distance(word, body, score_cutoff=budget)
        if distance > budget or near == group.typed[0]:
            continue
        quality = best - 0.55 * distance / max(len(word), len(body))
        if word[0] != body[0]:
            quality -= 0.05
        found.append((quality + 0.012 * math.log(entries), quality, near))
    found.sort(reverse=True)
    for _, quality, near in found[:_TAKEN]:
        group.meet(Way((near,), quality))


async def _split(vocabulary: Vocabulary, group: Group, word: str) -> None:
    cuts = [(word[:place], word[place:]) for place in range(1, len(word))]
    known = await vocabulary.known({part for cut in cuts for part in cut})
    found = [
        (min(known[first], known[second]), first, second)
        for first, second in cuts
        if first in known and second in known and _stands(first) and _stands(second)
    ]
    for _, first, second in sorted(found, reverse=True)[:_SPLITS]:
        group.meet(Way((first, second), 0.88))


def _stands(part: str) -> bool:
    return len(part) > 2 or part in STOP_WORDS
