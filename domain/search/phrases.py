"""Phrases that people say, and where they begin a message.

A line is a phrase as it is said: slots in order, ``|`` between the words that may stand in one, ``_`` between words that
belong together, ``?`` after a slot that may be left out. Words are folded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from domain.search.folding import fold

_Slot = tuple[tuple[tuple[str, ...], ...], bool]


class Phrases:
    """Phrases by their first word (or, read backwards, their last)."""

    def __init__(self, lines: str, *, backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_word: dict[str, list[tuple[_Slot, ...]]] = {}
        for line in fold(lines).strip().splitlines():
            slots = tuple(self._slot(slot) for slot in line.split())
            slots = slots[::-1] if backwards else slots
            for place, (choices, optional) in enumerate(slots):
                for word in {choice[0] for choice in choices}:
                    self._by_word.setdefault(word, []).append(slots[place:])
                if not optional:
                    break

    def _slot(self, text: str) -> _Slot:
        choices = (tuple(choice.split("_")) for choice in text.rstrip("?").split("|"))
        return tuple(choice[::-1] if self._backwards else choice for choice in choices), text.endswith("?")

    def longest(self, words: Sequence[str]) -> int:
        """How many of ``words``, from the first, the longest phrase takes up."""
        return max((_reach(slots, words, 0) for slots in self._by_word.get(words[0], ())), default=0)


def _reach(slots: tuple[_Slot, ...], words: Sequence[str], at: int) -> int:
    if not slots:
        return at
    choices, optional = slots[0]
    best = _reach(slots[1:], words, at) if optional else 0
    for choice in choices:
        end = at + len(choice)
        if tuple(words[at:end]) == choice:
            best = max(best, _reach(slots[1:], words, end))
    return best


@cache
def parts(name: str) -> Mapping[str, str]:
    """The lines of a file of phrases, by the headings in square brackets."""
    text = resources.files("domain.search").joinpath(name).read_text(encoding="utf-8")
    return dict(part.split("]\n", 1) for part in text.split("[")[1:])


def all_words(lines: str) -> frozenset[str]:
    """Every word that stands in ``lines``, folded."""
    return frozenset(re.findall(r"[^\W_]+", fold(lines)))
