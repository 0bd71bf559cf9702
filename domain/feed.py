"""What the trade's files say: records of books, and what was wrong with them, whatever the file's kind.

A reader turns a file into these and knows nothing of the shop's database; what becomes of a record is decided where it is
loaded. Numbers of code lists are EDItEUR's (ONIX for Books, release 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.book import Form
from domain.catalogue import Role
from domain.money import Money


class FeedKind(StrEnum):
    """What a file turned out to be."""

    CSV = "csv"
    ONIX = "onix"
    MARC = "marc"
    MARCXML = "marcxml"


class Notification(StrEnum):
    """What a record asks for (list 1): to stand instead of the earlier one, to change a part of it, or to take it out."""

    REPLACE = "replace"
    PARTIAL = "partial"
    DELETE = "delete"


class Availability(StrEnum):
    """Whether the trade can supply it (lists 64, 65 and 68). What stands in the shop itself is the shop's to know."""

    IN_STOCK = "in_stock"
    TO_ORDER = "to_order"
    PREORDER = "preorder"
    UNAVAILABLE = "unavailable"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class FeedContributor:
    """Somebody with all that they did, as given; ``codes`` are the file's own (list 17, MARC relators)."""

    name: str
    roles: tuple[Role, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code that the shop has no meaning for: ``scheme`` names its list (``onix-65``, ``thema``, ``marc-relator``)."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What only the shop's own file says: its stock and its words. None or empty: the file does not say.

    ``own`` are the fields that the shop sets itself, as its export tells them; None: all that the file fills.
    """

    on_hand: int | None = None
    lead_days: int | None = None
    shelf: str = ""
    staff_pick: str = ""
    blurb: str = ""
    added_days_ago: int | None = None
    preorder_in_days: int | None = None
    own: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """One record. ``reference`` names it in its source, and is the same when it comes again.

    ``record`` counts from 1 within the file, ``line`` is where it begins (0: the kind of file has no lines). What a record
    does not say is None or empty; in a `Notification.PARTIAL` record ``stated`` are the fields that it speaks of, and what
    is empty among them is to become empty. A record to delete may have no more than its reference and its ISBN.

    ``year`` and ``published_on`` are this edition's publication as exactly as it is given. ``language`` is ISO 639-3.
    ``subjects`` are the shop's codes, the main one first; ``keywords`` the source's own words. ``price`` is what a customer
    pays, tax included; None: not given, or not for this market. ``available_from`` belongs to a pre-order, or to something
    that is missing so far. ``unknown_codes`` are kept as they came. ``source`` is the one that a book once came from, in a
    list that was exported; empty: the file itself.
    """

    reference: str
    notification: Notification
    record: int
    line: int = 0
    isbn13: str | None = None
    title: str = ""
    subtitle: str = ""
    other_titles: tuple[str, ...] = ()
    contributors: tuple[FeedContributor, ...] = ()
    series: str = ""
    series_no: str = ""
    year: int | None = None
    published_on: date | None = None
    language: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    pages: int | None = None
    form: Form | None = None
    description: str = ""
    cover_url: str = ""
    price: Money | None = None
    availability: Availability | None = None
    available_from: date | None = None
    popularity: int | None = None
    rating: Decimal | None = None
    shop: ShopFacts | None = None
    unknown_codes: tuple[UnknownCode, ...] = ()
    stated: frozenset[str] = frozenset()
    source: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who it is by; without an author, whoever is named first."""
        authors = tuple(one.name for one in self.contributors if Role.AUTHOR in one.roles)
        return authors or tuple(one.name for one in self.contributors[:1])


class Reason(StrEnum):
    """Why a record was refused, a file could not be read on, or something in a record was left out.

    Each names the parameters that its sentence needs.
    """

    # The file
    UNKNOWN_KIND = "unknown-kind"
    EMPTY_FILE = "empty-file"
    ONIX_2 = "onix-2"  # release
    OTHER_XML = "other-xml"  # root
    ENTITIES = "entities"
    TOO_LARGE = "too-large"  # most
    BROKEN_ARCHIVE = "broken-archive"  # name
    CUT_SHORT = "cut-short"  # line
    NO_TITLE_COLUMN = "no-title-column"  # columns
    # A record
    BROKEN_RECORD = "broken-record"  # detail
    NO_TITLE = "no-title"
    NO_REFERENCE = "no-reference"
    ISBN_CHECK_DIGIT = "isbn-check-digit"  # isbn, found, expected, corrected
    NOT_AN_ISBN = "not-an-isbn"  # text
    TEST_RECORD = "test-record"
    NOT_A_BOOK = "not-a-book"  # form
    UNIMARC = "unimarc"
    NOTIFICATION = "notification"  # code
    TOO_FEW_FIELDS = "too-few-fields"  # found, expected
    TOO_MANY_FIELDS = "too-many-fields"  # found, expected
    NOT_IN_CATALOGUE = "not-in-catalogue"
    ISBN_OF_ANOTHER = "isbn-of-another"  # isbn
    # Something in a record
    UNKNOWN_CODE = "unknown-code"  # scheme, code
    BAD_NUMBER = "bad-number"  # field, text
    BAD_DATE = "bad-date"  # text
    BAD_PRICE = "bad-price"  # text
    OTHER_CURRENCY = "other-currency"  # currencies
    PRICE_WITHOUT_TAX = "price-without-tax"
    UNKNOWN_LANGUAGE = "unknown-language"  # text
    UNKNOWN_SUBJECT = "unknown-subject"  # text
    REPLACED_CHARACTERS = "replaced-characters"
    CAME_BEFORE = "came-before"  # before


class Severity(StrEnum):
    """How bad it is: the rest of the file cannot be read, the record is left out, or the record came with a reservation."""

    FILE = "file"
    RECORD = "record"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FeedProblem:
    """Something to report. ``record`` and ``line`` as in `FeedRecord` (0: the file itself); ``reference`` as far as known;
    ``within`` is the file of an archive that it is in.

    Notes about an unknown code, language or subject, about other currencies and about prices without tax come once a file,
    with the first record that gives cause.
    """

    severity: Severity
    reason: Reason
    record: int = 0
    line: int = 0
    reference: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """What a reader has to know of the shop.

    ``currency`` (ISO 4217) and ``country`` (ISO 3166-1, two letters) say which of several prices is the shop's; ``today``
    which of them is in force, and whether a book is out. ``tax_percent`` is added to a price without tax that does not
    bring its own; None: such a price is left out and reported. More than ``most_bytes`` after unpacking is not read.
    """

    currency: str
    country: str
    today: date
    tax_percent: Decimal | None = None
    most_bytes: int = 4 * 1024**3
