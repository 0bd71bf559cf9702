"""Years in messages: "from the 90s", "aus den Achtzigern", "since 2010", "published in 1999"."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.understood import Understood, Use, any_of, first_of

_YEAR = r"(1[4-9]\d\d|20\d\d)"


def years(found: Understood) -> Understood:
    def decade(match: re.Match[str]) -> Filters | None:
        said = match[1]
        if not said.isdigit():
            first = vocabulary.DECADES[" ".join(said.split())]
        elif len(said) == 4:
            first = int(said)
        else:
            # The decades of the century that people still speak of so.
            first = (2000 if int(said) < 30 else 1900) + int(said)
        return replace(found.filters, year_min=first, year_max=first + 9)

    def between(match: re.Match[str]) -> Filters | None:
        low, high = sorted((int(match[1]), int(match[2])))
        return replace(found.filters, year_min=low, year_max=high)

    number = r"(\d\d\d0|\d0)"
    named = f"({any_of('|'.join(vocabulary.DECADES))})"
    of_decade, of_years = any_of(vocabulary.OF_DECADE), any_of(vocabulary.YEARS)
    published = rf"(?:{any_of(vocabulary.PUBLISHED)}\s+)?"
    published_then = rf"(?!\w)(?:\s+{any_of(vocabulary.PUBLISHED)})?"
    from_decade = rf"(?:{of_decade}\s+)?"
    steps: tuple[tuple[str, Use], ...] = (
        (
            rf"{from_decade}(?<!\w){number}\s?-?(?:{vocabulary.DECADE_ENDING})(?!\w)(?:\s+{of_years})?",
            decade,
        ),
        (rf"{from_decade}{of_years}\s+{number}(?!\w)", decade),
        (rf"{from_decade}{of_years}\s+{named}", decade),
        (rf"{of_decade}\s+{named}(?:\s+{of_years})?", decade),
        (rf"{any_of(vocabulary.THE_DECADE)}\s+(\d0)(?=\s*[.,!?]*\s*$)", decade),
        (
            rf"{any_of(vocabulary.BETWEEN)}\s+{_YEAR}\s*(?:-|–|{any_of(vocabulary.AND)})\s*{_YEAR}(?!\w)",
            between,
        ),
        (
            rf"{published}{any_of(vocabulary.SINCE)}\s+{_YEAR}{published_then}",
            lambda match: replace(found.filters, year_min=int(match[1])),
        ),
        (
            rf"{published}{any_of(vocabulary.BEFORE)}\s+{_YEAR}{published_then}",
            lambda match: replace(found.filters, year_max=int(match[1]) - 1),
        ),
        (
            rf"{published}{any_of(vocabulary.UNTIL)}\s+{_YEAR}{published_then}",
            lambda match: replace(found.filters, year_max=int(match[1])),
        ),
        (
            rf"{any_of(vocabulary.OF_YEAR)}\s+{_YEAR}(?!\w)",
            lambda match: replace(found.filters, year_min=int(match[1]), year_max=int(match[1])),
        ),
    )
    return first_of(found, steps)
