"""Slips in the words of wishes: "papperback", "unter 15 eruo", "krimmi"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from domain.search import filler, prices, vocabulary
from domain.search.folding import fold
from domain.search.spelling import Known, correctable
from domain.search.understood import Understood

_SHORTEST = 4
"""Letters. A slip in a shorter word makes another word of it."""
_MOST = 24
"""Mended words that are tried in a message."""
_WORD = re.compile(r"[^\W_]+")


def slipped(text: str) -> dict[str, tuple[str, ...]]:
    """The words of ``text`` that may be one of a wish but for a slip, and which."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _WORD.findall(fold(text)):
        if len(word) < _SHORTEST or not correctable(word) or filler.says_nothing(word):
            continue
        if word not in _words() and (meant := tuple(_known().near(word))):
            found[word] = meant
    return found


def forgiving(
    text: str, slips: Mapping[str, Sequence[str]], read: Callable[[str], Understood]
) -> tuple[Understood, frozenset[str]]:
    """What ``read`` makes of ``text`` when those of its ``slips`` are mended that a wish needs, and which those are. What no
    wish needs stays as it was typed."""
    best = read(text)
    text = fold(text)
    pairs = [(typed, meant) for typed, near in slips.items() for meant in near][:_MOST]
    needed: set[str] = set()
    mending = True
    while mending:
        # Again and again: a word may be needed only when another is mended.
        mending = False
        for typed, meant in pairs:
            mended = re.sub(rf"(?<![^\W_]){re.escape(typed)}(?![^\W_])", meant, text)
            if mended == text:
                continue
            other = read(mended)
            if _left(other) < _left(best) and _count(other.rest, meant) == _count(text, meant):
                text, best, mending = mended, other, True
                needed.add(typed)
    return best, frozenset(needed)


def _left(found: Understood) -> int:
    return len(_WORD.findall(found.rest))


def _count(text: str, word: str) -> int:
    return _WORD.findall(text).count(word)


@cache
def _known() -> Known:
    return Known(_words())


@cache
def _words() -> frozenset[str]:
    """The words of wishes that are long enough to be forgiven a slip."""
    phrases = [
        vocabulary.COPIES, vocabulary.QUANTITY, vocabulary.CHEAPER, vocabulary.AT_MOST, vocabulary.AT_MOST_IF_MONEY,
        vocabulary.OR_LESS, vocabulary.AT_LEAST, vocabulary.DEARER, vocabulary.BETWEEN, prices.CURRENCIES,
        vocabulary.LANGUAGE_WORD, vocabulary.EDITION, vocabulary.IN_STOCK, vocabulary.SINCE, vocabulary.BEFORE,
        vocabulary.PUBLISHED, vocabulary.LIKE, vocabulary.NEXT_AFTER, vocabulary.SUBJECT_PLURALS, vocabulary.BOOKS,
        vocabulary.SOME,
        *vocabulary.LANGUAGES, *vocabulary.FORMS, *vocabulary.DECADES, *vocabulary.SUBJECT_NAMES, *vocabulary.READERS,
        *vocabulary.TIMES,
    ]  # fmt: skip
    words = {word for phrase in phrases for word in _WORD.findall(phrase)}
    return frozenset(word for word in words if len(word) >= _SHORTEST and correctable(word))
