"""Books, a shop and words to draw screens with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.screen import Button, Screen
from bot.screens.lengths import visible
from bot.texts import Texts, Words
from domain.book import Book, Form, Stock, Supply
from domain.hours import OpeningHours
from domain.ids import BookId
from domain.money import Money
from domain.shop import Shop

ZONE = ZoneInfo("Europe/London")
TEXTS = Texts(("en", "de"), "en", ZONE)
ENGLISH = TEXTS.words("en")
GERMAN = TEXTS.words("de")
TUESDAY_EVENING = datetime(2026, 11, 24, 17, 40, tzinfo=UTC)

SHOP = Shop(
    name="The Corner Bookshop",
    address="12 Mill Lane",
    hours=OpeningHours.parse("Mo-Fr 09:00-18:30; Sa 10:00-16:00", ZONE),
    currency="EUR",
    contact_email="hello@corner.example",
    contact_phone="+44 20 7946 0123",
    contact_telegram="@cornerbooks",
)


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def a_book(**facts: Any) -> Book:
    """The Dispossessed, three of them here, or whatever of it is different."""
    usual: dict[str, Any] = {
        "id": BookId(7),
        "title": "The Dispossessed",
        "authors": ("Ursula K. Le Guin",),
        "price": euros("10.90"),
        "stock": Stock(3, 0),
        "supply": Supply.ORDERABLE,
        "lead_days": 4,
        "isbn13": "9780061054884",
        "year": 1974,
        "language": "eng",
        "form": Form.PAPERBACK,
        "publisher": "Gateway",
        "subjects": ("science-fiction", "classics"),
        "blurb": "Two worlds, one physicist, and the wall between them.",
        "shelf": "F-12",
    }
    return Book(**(usual | facts))


LONGEST = a_book(
    title='<b>&" ' + "A Very Long Title That Goes On and On " * 40,
    subtitle="and its subtitle does so too " * 30,
    authors=("Somebody with & a Rather Long Name " * 4,) * 9,
    series="The <i>Series</i> " * 20,
    series_no="12",
    publisher="A & B " * 60,
    blurb="What it is about, told at great length, & with <tags>. " * 60,
    staff_pick="I read it in one night, & then once more. " * 60,
)
RTL = a_book(title="אלף לילה ולילה", authors=("עמוס עוז",), language="heb")


def labels(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def button(screen: Screen, label: str) -> Button:
    """The button that begins so."""
    return next(one for row in screen.rows for one in row if one.label.startswith(label))


def length(screen: Screen) -> int:
    return visible(screen.text)


def both() -> tuple[Words, Words]:
    return ENGLISH, GERMAN


def shown_text(screen: Screen) -> str:
    """Its text with no-break spaces as spaces."""
    return spaced(screen.text)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")
