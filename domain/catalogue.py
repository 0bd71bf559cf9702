"""A book as it comes into the catalogue: what a feed, a file or the shop itself says of one edition."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.book import Form, Supply
from domain.money import Money


class Role(StrEnum):
    """What somebody did for a book (after ONIX code list 17, as coarse as a customer asks)."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    NARRATOR = "narrator"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contributor:
    name: str
    role: Role = Role.AUTHOR


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One edition, as a source says it is.

    ``source`` and ``source_ref`` name the record: what comes again under the same name is the same book, and so is what
    comes with its ISBN. ``currency`` is the shop's; ``price`` None means "to order, ask for the price". ``on_hand`` is how
    many copies the source counted (None: it does not count copies). ``added_at`` is since when the shop has had it (None:
    since it is loaded). ``other_titles`` are names that people ask for it by. ``work`` is the same for all editions of one
    work; empty, it is made of title and first author. ``withdrawn``: it is to go out of the range.

    ``own_fields`` are fields of this class that the shop sets itself: what it once owned, only a row that owns it too may
    change. ``unknown_codes`` are what the source said in codes that have no meaning here, each after its list
    (``thema:ZZZ9``): for whoever looks into what a source means.
    ``digest`` tells whether the record changed since it was last loaded; empty, it is computed.
    """

    source: str
    source_ref: str
    title: str
    currency: str
    price: Money | None = None
    contributors: tuple[Contributor, ...] = ()
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    isbn13: str | None = None
    series: str = ""
    series_no: str = ""
    year: int | None = None
    language: str = ""
    form: Form = Form.OTHER
    pages: int | None = None
    publisher: str = ""
    subjects: tuple[str, ...] = ()
    blurb: str = ""
    staff_pick: str = ""
    shelf: str = ""
    cover_url: str = ""
    work: str = ""
    supply: Supply = Supply.UNAVAILABLE
    lead_days: int | None = None
    available_from: date | None = None
    on_hand: int | None = None
    popularity: int = 0
    added_at: datetime | None = None
    withdrawn: bool = False
    own_fields: frozenset[str] = frozenset()
    unknown_codes: tuple[str, ...] = ()
    digest: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError(f"{self.source} {self.source_ref}: a book without a title")
        if self.price is not None and self.price.currency != self.currency:
            raise ValueError(f"{self.source} {self.source_ref}: a price that is not in {self.currency}")
        if self.on_hand is not None and self.on_hand < 0:
            raise ValueError(f"{self.source} {self.source_ref}: fewer copies than none")
        if unknown := self.own_fields - OWNABLE:
            raise ValueError(f"{self.source} {self.source_ref}: nobody can own {', '.join(sorted(unknown))}")

    @property
    def authors(self) -> tuple[str, ...]:
        """Who the book is by; without an author, whoever comes first."""
        authors = tuple(one.name for one in self.contributors if one.role is Role.AUTHOR)
        return authors or tuple(one.name for one in self.contributors[:1])

    @property
    def fingerprint(self) -> str:
        """The digest, or one of all that the row says."""
        if self.digest:
            return self.digest
        said = {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name in _SAID
            if (value := getattr(self, name)) is not None and (value or name != "unknown_codes")
        }
        return hashlib.sha256(repr(said).encode()).hexdigest()


# Since when the shop has had a book does not change, and days that are counted back from today would seem to.
_SAID: Final = tuple(
    field.name for field in dataclasses.fields(CatalogueRow) if field.name not in ("digest", "added_at")
)
OWNABLE: Final = frozenset(_SAID) - {
    "source",
    "source_ref",
    "own_fields",
    "currency",
    "isbn13",
    "unknown_codes",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was left out, and why: ``isbn-of-another`` (the record's ISBN is another book's). ``at`` is its place among
    the rows that came with it.
    """

    source_ref: str
    why: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows so far."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged + len(self.refused)
