"""The words that a typed word may stand for."""

from __future__ import annotations

import math

from rapidfuzz.distance import OSA, JaroWinkler

from domain.search import spelling, transliteration
from domain.search.filler import STOP_WORDS
from storage.search.reading import Group, Way
from storage.search.store import Vocabulary

_LOOKED_AT = 300
_TAKEN = 12
_RESEMBLING = 0.88
"""Two slips in a word that stands alone: so alike it must be to be believed."""
_FREQUENT = 30
"""In so many entries a word of two letters has to be to be one half of another."""
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
    await _near(vocabulary, group, word, budget, 0.9, alone)
    if len(word) > 4:
        await _split(vocabulary, group, word, 4 if group.entries else 3)
    if group.entries:
        return
    if roman := transliteration.latin(word):
        await _near(vocabulary, group, roman, spelling.slips(roman), 0.88, alone)


async def _near(
    vocabulary: Vocabulary, group: Group, word: str, budget: int, best: float, alone: bool
) -> None:
    found: list[tuple[int, float, float, str]] = []
    for near, entries in await vocabulary.near(spelling.keys(word), _LOOKED_AT):
        body = near.removeprefix(transliteration.MARK)
        distance = OSA.distance(word, body, score_cutoff=budget)
        if distance > budget or near == group.typed[0] or (group.entries and near in STOP_WORDS):
            continue
        quality = best - 0.55 * distance / max(len(word), len(body))
        if word[0] != body[0] and word[:2] != body[1::-1]:
            quality -= 0.05
        found.append((distance, quality + 0.012 * math.log(entries), quality, near))
    if alone:
        closest = min((distance for distance, *_ in found), default=0)
        found = [
            guess for guess in found if guess[0] == closest and (closest < 2 or _resembles(word, guess[3]))
        ]
    found.sort(key=lambda guess: -guess[1])
    for _, _, quality, near in found[:_TAKEN]:
        group.meet(Way((near,), quality, guess=True))


def _resembles(word: str, guess: str) -> bool:
    return word[0] == guess[0] and JaroWinkler.similarity(word, guess) >= _RESEMBLING


async def _split(vocabulary: Vocabulary, group: Group, word: str, least: int) -> None:
    cuts = [(word[:place], word[place:]) for place in range(1, len(word))]
    known = await vocabulary.known({part for cut in cuts for part in cut})
    found = [
        (min(known[first], known[second]), first, second)
        for first, second in cuts
        if first in known
        and second in known
        and _stands(first, known[first], least)
        and _stands(second, known[second], least)
    ]
    for _, first, second in sorted(found, reverse=True)[:_SPLITS]:
        group.meet(Way((first, second), 0.88))


def _stands(part: str, entries: int, least: int) -> bool:
    if len(part) >= least:
        return True
    return least < 4 and (part in STOP_WORDS or (len(part) == 2 and entries >= _FREQUENT))
