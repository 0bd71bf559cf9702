"""What a message may ask for in words that a title may just as well have: "orchard german", "like orchard", "nora vale's novels".

Nothing of this is understood from the words alone. It is supposed, and holds only if what is left is a whole title or
somebody's whole name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from domain.search import vocabulary
from domain.search.understood import Understood, Wish, any_of


@dataclass(frozen=True, slots=True)
class Supposed:
    """``understood``, with its rest, holds if ``named`` is a title or, by whoever ``by_author`` says so, a name."""

    understood: Understood
    named: str
    by_author: bool = False


_Make = Callable[[Understood, str], Understood]


def suppose(found: Understood) -> Iterator[Supposed]:
    """What may be meant besides what was understood, one thing at a time."""
    text = found.rest
    for pattern, make, by_author in _forms():
        match = pattern.search(text)
        if match is None or ("books" in pattern.groupindex and not match["books"] and not found.filters.any):
            continue
        named = match["named"].strip(" ,.;:-?!")
        if not named:
            continue
        rest = f"books by {named}" if by_author else named
        understood = make(replace(found, rest=rest), " ".join((match["said"] or "").split()))
        if understood.filters != found.filters or understood.wish is not found.wish or by_author:
            yield Supposed(understood, named, by_author)


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _Make, bool], ...]:
    # In German, the country is called as the French call its language.
    languages = any_of("|".join(name for name in vocabulary.LANGUAGES if name != "italien"))
    genres = [name for name, code in vocabulary.SUBJECT_NAMES.items() if code in vocabulary.GENRES]
    books = any_of(vocabulary.BOOKS)
    subject = rf"(?P<said>{any_of(vocabulary.SUBJECT_PLURALS)}|{any_of('|'.join(genres))}(?=[\s-]+{books}))"
    article = rf"^\W*(?:{any_of(vocabulary.ARTICLES)}\s+)?"
    return (
        (re.compile(rf"^(?P<named>.+?)[\s,(\[/-]+(?P<said>{languages})\W*$"), _language, False),
        (re.compile(rf"{article}(?P<said>{languages})\s+(?P<named>.+)$"), _language, False),
        (re.compile(rf"^(?P<named>.+?)s?\s+{subject}(?:[\s-]+{books})?\W*$"), _subject, True),
        # What stood behind it may be understood already: "nora vale's paperbacks".
        (re.compile(rf"^(?P<named>.*?\S)s(?P<said>)(?:\s+(?P<books>{books}))?\W*$"), _nothing, True),
        (re.compile(rf"^\W*(?P<said>{any_of(vocabulary.JUST_LIKE)})\s+(?P<named>.+)$"), _like, False),
        (re.compile(rf"^(?P<named>.+?)[\s,-]+(?P<said>{any_of(vocabulary.SEQUEL)})\W*$"), _next, False),
    )


def _language(found: Understood, said: str) -> Understood:
    return (
        found
        if found.filters.language
        else replace(found, filters=replace(found.filters, language=vocabulary.LANGUAGES[said]))
    )


def _subject(found: Understood, said: str) -> Understood:
    return (
        found
        if found.filters.subject
        else replace(found, filters=replace(found.filters, subject=vocabulary.SUBJECT_NAMES[said]))
    )


def _nothing(found: Understood, said: str) -> Understood:
    return found


def _like(found: Understood, said: str) -> Understood:
    return replace(found, wish=Wish.LIKE)


def _next(found: Understood, said: str) -> Understood:
    return replace(found, wish=Wish.NEXT)
