"""A book's stock, for the staff: which of several books is meant."""

from __future__ import annotations

from bot.screens.stock import choice
from domain.book import Book, Form
from domain.ids import BookId
from tests.screens.samples import ENGLISH, GERMAN, a_book, labels


def dune(number: int, **facts: object) -> Book:
    return a_book(id=BookId(number), title="Dune", **facts)


def test_books_of_one_title_are_told_apart_by_what_differs() -> None:
    books = (
        dune(1, year=1965),
        dune(2, year=1965, form=Form.HARDBACK),
        dune(3, year=2003, language="spa"),
        a_book(id=BookId(4)),
    )
    assert labels(choice(books, ENGLISH)) == [
        "Dune · pbk, English, 1965 · 3 copies",
        "Dune · hbk, English, 1965 · 3 copies",
        "Dune · pbk, Spanish, 2003 · 3 copies",
        "The Dispossessed · 3 copies",
    ]


def test_what_two_books_share_is_not_said() -> None:
    books = (dune(1), dune(2, form=Form.HARDBACK))
    assert labels(choice(books, GERMAN)) == [
        "Dune · TB · 3 Exemplare",
        "Dune · geb. · 3 Exemplare",
    ]


def test_two_printings_alike_in_everything_are_told_apart_by_their_isbn() -> None:
    books = (dune(1, isbn13="9780340839935"), dune(2, isbn13="9780441172719"))
    assert labels(choice(books, ENGLISH)) == [
        "Dune · 9780340839935 · 3 copies",
        "Dune · 9780441172719 · 3 copies",
    ]
