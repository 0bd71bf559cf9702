"""Cyrillic, Greek, kana and Hangul in Latin letters, as people without the right keyboard type them.

There are many ways to romanise a word, and people mix them. `sounding` reduces them all, and what was typed, to one rough
form: ``shlyapa``, ``shljapa`` and the romanised original become the same.
"""

from __future__ import annotations

import re
import unicodedata

MARK = "~"
"""Stands before a rough form in the index, so that it is never taken for a word."""

_CYRILLIC = dict(
    zip("абвгдезийклмнопрстуфхыэіїєўђјљњћџќѓѕ", "abvgdeziyklmnoprstufhieiieudylncdkgz", strict=True)
) | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ё": "e", "ъ": "", "ь": ""}  # fmt: skip
_GREEK = dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstifo", strict=True)) | {
    "θ": "th", "ξ": "ks", "χ": "h", "ψ": "ps",
}  # fmt: skip
_LETTERS = _CYRILLIC | _GREEK

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ", "t": "たちつてと",
    "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "r": "らりるれろ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)} | {
    "し": "shi", "じ": "ji", "ち": "chi", "つ": "tsu", "ぢ": "ji", "づ": "zu", "ふ": "fu", "や": "ya", "ゆ": "yu",
    "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu", "ー": "",
}  # fmt: skip
_SMALL = dict(zip("ぁぃぅぇぉゃゅょ", ("a", "i", "u", "e", "o", "ya", "yu", "yo"), strict=True))

# The Revised Romanization of Korean, letter by letter.
_SYLLABLE = re.compile(r"\S+")
_INITIALS = _SYLLABLE.findall("g kk n d tt r m b pp s ss - j jj ch k t p h")
_MEDIALS = _SYLLABLE.findall("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINALS = _SYLLABLE.findall("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")

# In this order. The letters x and q stand for sh and ch once they have been read themselves.
_ROUGH = (
    (re.compile("q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("shch|s(?:c|t?z?c)h|sh"), "x"),
    (re.compile("tsch|tch|ch"), "q"),
    (re.compile("zh"), "z"),
    (re.compile("kh"), "h"),
    (re.compile("ts|tz"), "c"),
    (re.compile("ph"), "f"),
    (re.compile("th"), "t"),
    (re.compile("ou"), "o"),
    (re.compile("w"), "v"),
    (re.compile("[yj]"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("i[eo]"), "e"),
)


def latin(word: str) -> str | None:
    """``word`` in Latin letters, or None if it is not wholly of an alphabet that this module reads."""
    if word.isascii():
        return None
    word = unicodedata.normalize("NFC", word)
    first = word[0]
    if first in _LETTERS:
        word = word.replace("ου", "у")
        parts = [_LETTERS.get(char, char if char.isascii() else None) for char in word]
        return None if None in parts else "".join(part or "" for part in parts)
    if "\uac00" <= first <= "\ud7a3":
        return _hangul(word)
    if "\u3041" <= first <= "\u30ff":
        return _kana(word)
    return None


def _hangul(word: str) -> str | None:
    parts = []
    for char in word:
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            return None
        initial, rest = divmod(code, 588)
        medial, final = divmod(rest, 28)
        parts.append((_INITIALS[initial] + _MEDIALS[medial] + _FINALS[final]).replace("-", ""))
    return "".join(parts)


def _kana(word: str) -> str | None:
    out = ""
    double = False
    for char in word:
        if "\u30a1" <= char <= "\u30f6":
            char = chr(ord(char) - 0x60)  # katakana lies 96 code points after hiragana
        if char == "っ":
            double = True
            continue
        if char in _SMALL:
            sound = _SMALL[char]
            # き + ょ = kyo, but し + ょ = sho; ふ + ぁ = fa.
            out = out[:-1] if out else out
            out += sound[1:] if sound[0] == "y" and out.endswith(("sh", "ch", "j")) else sound
            continue
        roman = _KANA.get(char)
        if roman is None:
            return None
        out += (roman[:1] if double else "") + roman
        double = False
    return out


def sounding(word: str) -> str:
    """The rough form of a word in Latin letters: equal, or nearly so, for all ways to romanise one word."""
    for pattern, sound in _ROUGH:
        word = pattern.sub(sound, word)
    return word
