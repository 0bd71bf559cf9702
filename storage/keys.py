"""What books are sorted and brought together by, made of what stands on their title pages."""

from __future__ import annotations

from typing import Final

from domain.search.folding import key, plain_words

# Articles that a title is not sorted by, folded, by language (ISO 639-3): "Die Trying" is not German.
_ARTICLES: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "eng": "the a an",
        "deu": "der die das ein eine",
        "fra": "le la les un une des",
        "spa": "el la los las un una unos unas",
        "ita": "il lo la i gli le un uno una",
        "por": "o a os as um uma uns umas",
        "cat": "el la els les en un una",
        "nld": "de het een",
        "swe": "en ett den det de",
        "dan": "en et den det de",
        "nor": "en et ei den det de",
        "hun": "a az egy",
    }.items()
}
_ELIDED: Final = {"fra": ("l'", "l’"), "ita": ("l'", "l’", "un'", "un’"), "cat": ("l'", "l’")}


def sort_title(title: str, language: str) -> str:
    """The folded title without a leading article of its own language; a title that is nothing else keeps it."""
    bare = title.lstrip()
    for article in _ELIDED.get(language, ()):
        if bare.lower().startswith(article) and len(bare) > len(article):
            bare = bare[len(article) :]
            break
    words = plain_words(bare)
    if len(words) > 1 and words[0] in _ARTICLES.get(language, ()):
        del words[0]
    return " ".join(words) or title


def work_key(title: str, authors: tuple[str, ...]) -> str:
    """The same for all editions of one work under one title; empty if the title has no letters to tell it by."""
    told = key(title)
    return f"{told}|{key(authors[0]) if authors else ''}" if told else ""
