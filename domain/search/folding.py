"""Folding: the spelling under which a catalogue's text and a person's typing meet.

Case, diacritics, ligatures and punctuation go; scripts stay. Both sides fold alike, so what is lost is lost on both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose, and Arabic letters that people write for each other.
_BY_HAND = str.maketrans(
    {
        "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "ng",
        "ŧ": "t", "ə": "e", "ĸ": "k", "ſ": "s", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ё": "е", "ґ": "г",
        "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": None, "ς": "σ",
        # Apostrophes join what they stand between: "poirot's" and "poirots" are one word.
        "'": None, "’": None, "‘": None, "ʼ": None, "ʹ": None, "´": None, "`": None, "′": None, "׳": None,
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "&": " & ", "⁄": " ",
    }
)  # fmt: skip
_FRACTION = re.compile("([\u00bc-\u00be\u2150-\u215e])")
_VOICED = "\u3099\u309a"  # the marks that make kana voiced are letters, not decoration
# Longer runs of letters come in pieces: PostgreSQL indexes no word of more than two thousand bytes.
_WORD = re.compile(r"[^\W_]{1,60}|&")
_MOJIBAKE = re.compile("[ÂÃÄÅâ][\u0080-\u00bf\u0152-\u2122]")


def _unspaced(char: str) -> bool:
    """Whether ``char`` is of a script that is written without spaces between words."""
    code = ord(char)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7AF
        or 0x0E00 <= code <= 0x0EFF
        or 0x1780 <= code <= 0x17FF
        or 0x20000 <= code <= 0x3134F
        or char in "々〆ー"
    )


def fold(text: str) -> str:
    """``text`` in lower case, without diacritics and apostrophes; punctuation stays."""
    text = text.casefold()
    if not text.isascii():
        text = _FRACTION.sub(r" \1", text)  # 13½ is not 131 halves
        # Twice: letters in other guises (small capitals, ligatures) have cases of their own.
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(c for c in text if not unicodedata.combining(c) or c in _VOICED)
        text = unicodedata.normalize("NFC", text)
    return text.translate(_BY_HAND)


def plain_words(text: str) -> list[str]:
    """The folded words of ``text`` in order; runs of scripts without spaces stay whole. ``&`` counts as ``and``."""
    return list(_plain_words(text))


@lru_cache(maxsize=4096)
def _plain_words(text: str) -> tuple[str, ...]:
    # A book's title and authors are folded for its entry, its keys and its place on the shelf, one after the other.
    return tuple("and" if word == "&" else word for word in _WORD.findall(fold(text)))


def words(text: str) -> list[str]:
    """The folded words of ``text`` in order, as they are indexed: a run of a script that is written without spaces is
    taken apart into overlapping pairs of characters."""
    return apart(plain_words(text))


def apart(plain: list[str]) -> list[str]:
    """The same for words that are folded already (see `plain_words`)."""
    if all(map(str.isascii, plain)):
        return plain
    parts: list[str] = []
    for word in plain:
        if word.isascii() or not any(map(_unspaced, word)):
            parts.append(word)
        else:
            parts.extend(_pairs(word))
    return parts


def _pairs(word: str) -> list[str]:
    parts: list[str] = []
    run = ""
    other = ""
    for char in word:
        if _unspaced(char):
            if other:
                parts.append(other)
                other = ""
            run += char
        else:
            if run:
                parts.extend(pairs_of(run))
                run = ""
            other += char
    if other:
        parts.append(other)
    if run:
        parts.extend(pairs_of(run))
    return parts


def pairs_of(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def unspaced(word: str) -> bool:
    """Whether ``word`` (one of `words`) comes from a script written without spaces."""
    return not word.isascii() and _unspaced(word[0])


def key(text: str) -> str:
    """``text`` as one string without spaces: equal for texts that differ in case, accents, punctuation and spacing."""
    return "".join(plain_words(text))


def mended(text: str) -> str:
    """``text`` with UTF-8 that was once read as Windows-1252 put right; unchanged if it was not."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
