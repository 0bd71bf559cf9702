from __future__ import annotations

import json
from dataclasses import replace

from bot.actions import ShowBook, ShowHome, ShowPage, ShowShelves
from bot.listings import find, next_serial, present, put, way_back, way_back_from_book
from domain.ids import BookId
from domain.listing import Kind, Listing
from domain.ports.books import Sort
from domain.ports.dialogues import Data

DUNE = BookId(139)
SEARCH = Listing(1, Kind.SEARCH, text="dune")


def by_author(serial: int, book_id: int = DUNE) -> Listing:
    return Listing(serial, Kind.AUTHOR, str(book_id), "Frank Herbert")


def test_listing_comes_back_from_the_dialogue_as_it_was() -> None:
    data: Data = {}
    whole = Listing(
        4, Kind.SEARCH, "key", "name", "dune under 15", literal=True, plain=True, words="dune",
        understood=(("price", "-1500"),), choices=(("language", "deu"), ("in_stock", "1")),
        sort=Sort.PRICE_UP, page=2, books=(BookId(1), BookId(2)), like=BookId(3),
    )  # fmt: skip
    put(data, whole)
    assert present(json.loads(json.dumps(data))) == whole


def test_another_search_begins_anew() -> None:
    data: Data = {}
    put(data, SEARCH)
    assert next_serial(data) == 2
    put(data, Listing(2, Kind.SEARCH, text="emma"))
    assert find(data, 1) is None
    assert present(data) == Listing(2, Kind.SEARCH, text="emma")


def test_page_of_the_present_listing_keeps_its_serial() -> None:
    data: Data = {}
    put(data, SEARCH)
    put(data, replace(SEARCH, page=3))
    assert find(data, 1) == replace(SEARCH, page=3)
    assert next_serial(data) == 2


def test_back_leads_out_the_way_one_came_in() -> None:
    """Search, a book, more by its author, another book: and all the way back."""
    data: Data = {}
    put(data, replace(SEARCH, page=1))
    assert way_back_from_book(data, DUNE) == ShowPage(1, 1)
    put(data, by_author(2))
    assert way_back_from_book(data, BookId(8)) == ShowPage(2, 0)
    assert way_back(by_author(2)) == ShowBook(DUNE)
    assert way_back_from_book(data, DUNE) == ShowPage(1, 1)
    put(data, replace(SEARCH, page=1))
    assert present(data) == replace(SEARCH, page=1)
    assert find(data, 2) is None


def test_same_list_of_a_book_opened_twice_is_remembered_once() -> None:
    data: Data = {}
    put(data, SEARCH)
    put(data, by_author(2))
    put(data, by_author(3))
    assert find(data, 2) is None
    assert find(data, 1) == SEARCH


def test_only_the_latest_listings_are_remembered() -> None:
    data: Data = {}
    put(data, SEARCH)
    for serial in range(2, 30):
        put(data, by_author(serial, book_id=serial))
    assert find(data, 1) is None
    assert find(data, 26) is not None
    assert next_serial(data) == 30


def test_book_that_was_found_nowhere_leads_home() -> None:
    assert way_back_from_book({}, DUNE) == ShowHome()


def test_shelf_leads_back_to_the_shelves() -> None:
    assert way_back(Listing(1, Kind.LANGUAGE, "deu")) == ShowShelves("language")
    assert way_back(Listing(1, Kind.SUBJECT, "crime")) == ShowShelves("subject")
    assert way_back(SEARCH) == ShowHome()


def test_damaged_memory_is_no_listing() -> None:
    assert present({"listings": "?"}) is None
    assert present({}) is None
