"""Queries that no book answers, of five sorts.

None is what a person could be typing on the way to a book of the list: its made-up words begin no word of the list, and of its
real words no run is a title and no book has all.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.queries.books import BookList, folded
from benchmarks.queries.phrases import Phrases

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_CONSONANTS = "bcdfghjklmnpqrstvwxz"

_FORMS = (
    "my {a} {does} {quality} {b}",
    "{quality} {a} {b}",
    "{a} {b} {c}",
    "{a} for {quality} {b}",
    "{a} {b} {quality} {c}",
    "the {a} {does} a {b}",
    "{quality} {a} {does} {b}",
)


class Nonsense:
    """Makes nonsense in the order of its dice."""

    def __init__(self, books: BookList, phrases: Phrases, dice: Random) -> None:
        self._books = books
        self._phrases = phrases
        self._onsets = phrases.words("onsets")
        self._nuclei = phrases.words("nuclei")
        self._codas = ["" if coda == "-" else coda for coda in phrases.words("codas")]
        self._dice = dice

    def letters(self) -> str:
        return self._words(1, 2, lambda: self._some(_LETTERS, self._dice.randint(5, 10)))

    def consonants_and_vowels(self) -> str:
        return self._words(1, 3, lambda: self._pairs(self._dice.randint(3, 5)))

    def syllables(self) -> str:
        return self._words(
            1, 3, lambda: "".join(self._syllable() for _ in range(self._dice.choice((2, 2, 3))))
        )

    def unrelated_words(self) -> str:
        while True:
            a, b, c = self._dice.sample(self._phrases.lines("nonsense_things"), 3)
            said = self._dice.choice(_FORMS).format(
                a=a,
                b=b,
                c=c,
                quality=self._dice.choice(self._phrases.lines("nonsense_qualities")),
                does=self._dice.choice(self._phrases.lines("nonsense_doings")),
            )
            words = folded(said).split()
            runs = (words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1))
            if not self._books.holding(words) and not any(self._books.titled(" ".join(run)) for run in runs):
                return said

    def isbn_of_no_book(self) -> str:
        """Valid: its check digit is right (ISO 2108)."""
        while True:
            twelve = "978" + self._some("0123456789", 9)
            weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
            isbn = f"{twelve}{-weighed % 10}"
            if not self._books.has(isbn):
                return isbn

    def _words(self, least: int, most: int, make: Callable[[], str]) -> str:
        return " ".join(self._unknown(make) for _ in range(self._dice.randint(least, most)))

    def _unknown(self, make: Callable[[], str]) -> str:
        while True:
            word = make()
            if not self._books.begins_a_word(word):
                return word

    def _some(self, of: str, count: int) -> str:
        return "".join(self._dice.choice(of) for _ in range(count))

    def _pairs(self, count: int) -> str:
        """Consonants, most of them with a vowel after."""
        return "".join(
            self._dice.choice(_CONSONANTS)
            + (self._dice.choice(_VOWELS) if self._dice.random() < 0.75 else "")
            for _ in range(count)
        )

    def _syllable(self) -> str:
        return "".join(map(self._dice.choice, (self._onsets, self._nuclei, self._codas)))


SORTS: dict[str, Callable[[Nonsense], str]] = {
    "nonsense_letters": Nonsense.letters,
    "nonsense_consonants_vowels": Nonsense.consonants_and_vowels,
    "nonsense_syllables": Nonsense.syllables,
    "nonsense_words": Nonsense.unrelated_words,
    "nonsense_isbn": Nonsense.isbn_of_no_book,
}
