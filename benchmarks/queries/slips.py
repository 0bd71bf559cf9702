"""What fingers, memory and keyboards do to a text: slips, spaces in the wrong place, letters that a keyboard lacks."""

from __future__ import annotations

import unicodedata
from random import Random

from rapidfuzz.distance import OSA

_ROWS = "qwertyuiop asdfghjkl zxcvbnm"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST = 4  # letters of a word that a slip happens in: a shorter one would often be another word
_LETTERS_A_SLIP = 3
_TRIES = 20

_UNDECOMPOSED = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "œ": "oe"})

# Russian as its readers write it with Latin letters: as in passports, and shorter.
_LETTER_BY_LETTER = str.maketrans("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", "ъь")
_ROMAN = tuple(
    _LETTER_BY_LETTER | str.maketrans(dict(zip("ёжйхцчшщюя", others, strict=True)))
    for others in (
        ("yo", "zh", "y", "kh", "ts", "ch", "sh", "shch", "yu", "ya"),
        ("e", "j", "j", "h", "c", "ch", "sh", "sch", "ju", "ja"),
    )
)


def slipped(text: str, count: int, dice: Random) -> str | None:
    """``text`` with ``count`` slips: letters left out, doubled, put in, swapped with the next, or hit beside.

    It differs from ``text`` by that many edits, no fewer (optimal string alignment). Slips happen in words of letters, of four
    and more, two in a word only from six on: "rant" for "race" is no slip that anyone could undo. None if ``text`` has no room.
    """
    words = text.split(" ")
    places = [
        place
        for place, word in enumerate(words)
        if len(word) >= _LEAST and word.isalpha()
        for _ in range(len(word) // _LETTERS_A_SLIP)
    ]
    if len(places) < count:
        return None
    for _ in range(_TRIES):
        typed = list(words)
        for place in dice.sample(places, count):
            typed[place] = _slip(typed[place], dice)
        said = " ".join(typed)
        if OSA.distance(said, text) == count:
            return said
    return None


def _slip(word: str, dice: Random) -> str:
    at = dice.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    match dice.choice(("left out", "beside", "doubled", "put in", "swapped")):
        case "left out":
            return before + after
        case "beside":
            return before + _beside(letter, dice) + after
        case "doubled":
            return before + letter + letter + after
        case "put in":
            return before + dice.choice(_LETTERS) + letter + after
        case _:
            return before + after[:1] + letter + after[1:]


def _beside(letter: str, dice: Random) -> str:
    """A key next to the letter's in its row; any letter if the keyboard does not have it."""
    at = _ROWS.find(letter.lower())
    if at < 0:
        return dice.choice(_LETTERS)
    row = f" {_ROWS} "
    return dice.choice([key for key in (row[at], row[at + 2]) if key != " "])


def joined_or_split(text: str, dice: Random) -> str | None:
    """``text`` with one space too few or, in a word of six letters and more, one too many; None if it has no place for it."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if len(words) > 1 and (not long or dice.random() < 0.5):
        place = dice.randrange(len(words) - 1)
        words[place : place + 2] = [words[place] + words[place + 1]]
    elif long:
        place = dice.choice(long)
        cut = dice.randint(2, len(words[place]) - 2)
        words[place : place + 1] = [words[place][:cut], words[place][cut:]]
    else:
        return None
    return " ".join(words)


def without_diacritics(text: str) -> str:
    """``text`` as a plain keyboard writes it."""
    apart = unicodedata.normalize("NFD", text.translate(_UNDECOMPOSED))
    return "".join(char for char in apart if not unicodedata.combining(char))


def romanised(text: str, dice: Random) -> str | None:
    """Russian ``text`` in Latin letters, by one of two habits; None if it is not Russian, or not only."""
    roman = text.lower().translate(dice.choice(_ROMAN))
    return roman if roman.isascii() and not text.isascii() else None
