"""Subjects in messages: "crime novels", "ein Krimi", "fantasy for kids", "a thriller by ..."; and the language of such books."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.filler import opening
from domain.search.folding import fold
from domain.search.understood import Understood, Wish, any_of, pattern, take

_WORD = re.compile(r"[^\W_]+")


@cache
def _parts() -> dict[str, str]:
    """The patterns that the others are made of."""
    names = vocabulary.SUBJECT_NAMES
    genres = [name for name, code in names.items() if code in vocabulary.GENRES]
    told = [name for name in vocabulary.SUBJECT_PLURALS.split("|") if names.get(name) in vocabulary.GENRES]
    young = [name for name, code in names.items() if code in ("children", "young-adult")]
    return {
        "names": any_of("|".join(names)),
        "genres": any_of("|".join(genres)),
        "young": any_of("|".join(young)),
        "languages": any_of("|".join(vocabulary.LANGUAGES)),
        "told": any_of("|".join(told)),
        "plurals": any_of(vocabulary.SUBJECT_PLURALS),
        "books": any_of(vocabulary.BOOKS),
        "some": rf"^\W*(?:{any_of(vocabulary.SOME)}\s+){{0,3}}",
        "end": rf"\W*(?:{any_of(vocabulary.PLEASE)}\W*)?$",
    }


def subject(found: Understood) -> Understood:
    """A subject is understood beside a word for books, after an article or the like ("a thriller"), or if nothing else is
    left beside another wish."""
    for at in _starts(found.rest):
        taken = _subject(_language(replace(found, rest=found.rest[at:])))
        if taken.filters != found.filters:
            return replace(taken, rest=f"{found.rest[:at]} {taken.rest}")
    return found


def named_alone(text: str) -> str:
    """The subject that a message names, and nothing besides; empty if it does not."""
    part = _parts()
    text = fold(text)
    alone = pattern(rf"{part['some']}({part['names']}){part['end']}")
    found = next(filter(None, (alone.match(text[at:]) for at in _starts(text))), None)
    return "" if found is None else vocabulary.SUBJECT_NAMES[" ".join(found[1].split())]


def _starts(text: str) -> list[int]:
    """Where in ``text`` what is asked for may begin: at the end of a request's beginning, or at one of its words, which may
    be what is asked for as well."""
    words = list(_WORD.finditer(text))
    taken = opening([word[0] for word in words])
    return [*(word.start() for word in words[taken:0:-1]), 0]


def _language(found: Understood) -> Understood:
    """ "German crime novels": a language before a genre, which is told in it rather than about its country."""
    if found.filters.language:
        return found
    part = _parts()

    def use(match: re.Match[str]) -> Filters:
        return replace(found.filters, language=vocabulary.LANGUAGES[" ".join(match[1].split())])

    genre = rf"(?:{part['genres']}[\s-]+{part['books']}|{part['told']})"
    sources = [rf"{part['some']}({part['languages']})\s+(?={genre})"]
    alone = rf"\s+(?={part['genres']}(?:{part['end']}|\s+{any_of(vocabulary.BY)}))"
    article = r"^\W*" if found.anything else rf"^\W*{any_of(vocabulary.SOME)}\s+"
    sources.append(rf"{article}(?:{any_of(vocabulary.SOME)}\s+){{0,2}}({part['languages']}){alone}")
    for source in sources:
        taken = take(found, source, use)
        if taken is not found and (_subject(taken).filters != taken.filters):
            return taken
    return found


def _subject(found: Understood) -> Understood:
    part = _parts()
    some, end, names, books = part["some"], part["end"], part["names"], part["books"]

    def code(said: str) -> str:
        return vocabulary.SUBJECT_NAMES[" ".join(said.split())]

    def use(match: re.Match[str]) -> Filters:
        return replace(found.filters, subject=code(match[1]))

    def for_readers(match: re.Match[str]) -> Filters:
        return replace(
            found.filters, subject=code(match[1]), readers=vocabulary.READERS[" ".join(match[2].split())]
        )

    def young(match: re.Match[str]) -> Filters | None:
        named, readers = code(match[2]), code(match[1])
        return None if named == readers else replace(found.filters, subject=named, readers=readers)

    readers = any_of("|".join(vocabulary.READERS))
    steps = [
        (rf"{some}({names})(?:[\s-]+{books})?\s+({readers}){end}", for_readers),
        (rf"{some}({part['young']})\s+({names})(?:[\s-]+{books})?{end}", young),
        (rf"({names})[\s-]+{books}", use),
        (rf"{books}\s+(?:{any_of(vocabulary.OF_SUBJECT)}\s+)?({names})", use),
        (rf"{some}({part['genres']})\s+(?={any_of(vocabulary.BY)}\s+\w)", use),
    ]
    if found.anything and found.wish is Wish.ITSELF:
        steps.append((rf"{some}({names}){end}", use))
    steps.append(
        (rf"^\W*{any_of(vocabulary.SOME)}\s+(?:{any_of(vocabulary.SOME)}\s+){{0,2}}({names}){end}", use)
    )
    steps.append((rf"{some}({part['plurals']}){end}", use))
    for source, then in steps:
        taken = take(found, source, then)
        if taken is not found:
            return taken
    return found
