"""The trade's subject codes and headings, brought to the shop's own subjects.

A code is looked up by its longest known beginning, as all these schemes are trees: Thema ``FFL`` by ``FF``. The tables say
no more than a shelf needs; what they leave out is reported, so that it can be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from catalogue.feeds.subject_tables import BIC, BISAC, DEWEY, THEMA, WARENGRUPPEN, Table
from domain.subjects import SUBJECTS

# Words in headings and genre terms, English and German. The first that occurs decides, so the special stand first.
_HEADINGS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), tuple(subjects.split()))
    for pattern, subjects in (
        (r"picture[ -]?book|bilderb(uch|ücher)", "picture-books children"),
        (r"teen|young[ -]adult|jugendb(uch|ücher)|jugendliteratur", "young-adult"),
        (r"true[ -]crime", "crime society"),
        (r"children|juvenile|kinderb(uch|ücher)|kinder", "children"),
        (r"graphic novel|comic|manga", "comics"),
        (r"science fiction\s*&\s*fantasy", "science-fiction fantasy"),
        (r"science[ -]?fiction|dystopia|utopias|space opera", "science-fiction"),
        (r"fantasy|magic|wizard|dragons?\b|fairy tale|märchen", "fantasy"),
        (r"mystery, thriller", "crime thriller"),
        (r"detective|myster(y|ies)|crime|krimi|police procedural|whodunit", "crime"),
        (r"thriller|suspense|espionage|spy stor", "thriller"),
        (r"horror|ghost stor|vampire|zombie", "horror"),
        (r"historical fiction|historical novel|historischer? roman", "historical-fiction"),
        (r"love stor|romance|liebesroman|courtship", "romance"),
        (r"poetry|poems|lyrik|gedichte", "poetry"),
        (r"drama\b|plays\b|theat(re|er)|tragedies|comedies", "drama"),
        (r"humou?r|satire|wit\b", "humour"),
        (r"cook|recipe|food|wine|kochen|kochbuch|baking", "cooking"),
        (r"biograph|memoir|autobiograph|erinnerungen|diaries", "biography"),
        (r"self-help|personal development|parenting|relationships|ratgeber", "self-help"),
        (r"psycholog", "psychology"),
        (r"philosoph", "philosophy"),
        (r"religio|christian|bible|buddhis|islam|spiritual|theolog", "religion"),
        (r"health|medic|fitness|diet|gesundheit", "health"),
        (r"comput|program|software|engineering|technolog|informatik", "technology"),
        (r"business|econom|finance|management|wirtschaft|money", "business"),
        (r"travel|guidebook|reise", "travel"),
        (r"arts?\b|photograph|music|architecture|design|painting|kunst|musik", "art"),
        (r"nature|animals?\b|birds?\b|garden|environment|natur\b", "nature"),
        (r"math|physics|chemistry|biology|astronom|science|evolution|naturwissenschaft", "science"),
        (r"histor|geschichte|war\b", "history"),
        (r"politic|sociolog|society|law\b|education|gesellschaft", "society"),
        (r"sport|crafts?\b|hobb|games?\b|knitting|puzzles|outdoors|calendars", "hobbies"),
        (r"language|linguist|grammar|writing|literary criticism|sprache", "language"),
        (r"dictionar|encyclop|reference|test preparation|study guide|lexikon", "reference"),
        (r"classics?\b|klassiker", "classics"),
        (r"fiction|novel|roman\b|romane|belletristik|short stories|erzählung|literature", "fiction"),
    )
)

_TEEN_AGES: Final = ("5AP", "5AQ", "5AR", "5AS", "5AT", "5AU")
"""Thema's qualifiers for an interest age from about 12 years."""


def from_thema(code: str) -> tuple[str, ...]:
    return _longest(THEMA, code.strip().upper())


def from_bisac(code: str) -> tuple[str, ...]:
    return _longest(BISAC, code.strip().upper())


def from_bic(code: str) -> tuple[str, ...]:
    return _longest(BIC, code.strip().upper())


def from_warengruppe(code: str) -> tuple[str, ...]:
    digits = code.strip()
    return _longest(WARENGRUPPEN, digits[1:] if len(digits) == 4 else digits)


def from_dewey(code: str) -> tuple[str, ...]:
    return _longest(DEWEY, code.strip().replace("/", "").lstrip("["))


@lru_cache(maxsize=4096)
def from_heading(text: str) -> tuple[str, ...]:
    """The shop's subjects for a heading in words; the shop's own codes are understood as they are."""
    bare = text.strip()
    if bare.lower() in SUBJECTS:
        return (bare.lower(),)
    return next((subjects for pattern, subjects in _HEADINGS if pattern.search(bare)), ())


def gathered(found: Iterable[tuple[str, ...]], *, teen: bool = False, most: int = 4) -> tuple[str, ...]:
    """All subjects found, each once, in order and at most ``most``; for a young adult's book, that instead of children's.

    ``fiction`` gives way to anything that says more.
    """
    subjects = list(dict.fromkeys(subject for group in found for subject in group))
    if teen and "children" in subjects:
        subjects = [
            "young-adult",
            *(s for s in subjects if s not in ("children", "picture-books", "young-adult")),
        ]
    stories = {
        "crime",
        "thriller",
        "science-fiction",
        "fantasy",
        "horror",
        "romance",
        "historical-fiction",
        "humour",
        "comics",
    }
    if "fiction" in subjects and stories & set(subjects):
        subjects.remove("fiction")
    return tuple(subjects[:most])


def is_teen_age(qualifier: str) -> bool:
    """Whether a Thema interest-age qualifier is a young adult's."""
    return qualifier.strip().upper().startswith(_TEEN_AGES)


@lru_cache(maxsize=8192)
def _lookup(table_id: int, code: str) -> tuple[str, ...]:
    table = _BY_ID[table_id]
    for end in range(len(code), 0, -1):
        if code[:end] in table:
            return table[code[:end]]
    return ()


_BY_ID: Final = {id(table): table for table in (THEMA, BISAC, BIC, WARENGRUPPEN, DEWEY)}


def _longest(table: Table, code: str) -> tuple[str, ...]:
    return _lookup(id(table), code)
