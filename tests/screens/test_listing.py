from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from bot.actions import (
    AskForBook,
    Browse,
    SearchAsTyped,
    SetFilter,
    ShowBook,
    ShowEditions,
    ShowFilters,
    ShowHome,
    ShowPage,
    ShowShelves,
    Still,
)
from bot.codec import encode
from bot.screen import Screen
from bot.screens.listing import listing
from bot.texts import Words
from domain.book import Book, Form, Stock, Supply
from domain.listing import Entry, Kind, Listing, ListingView, Others
from domain.views import Facet
from tests.screens.samples import (
    ENGLISH,
    GERMAN,
    LONGEST,
    RTL,
    a_book,
    button,
    euros,
    labels,
    length,
    shown_text,
)

SEARCH = Listing(3, Kind.SEARCH, text="dispossessed")


def page(view: ListingView, words: Words = ENGLISH) -> Screen:
    return listing(view, words, ShowHome())


def of(*entries: Entry, total: int | None = None, shown: Listing = SEARCH) -> ListingView:
    return ListingView(shown, entries, len(entries) if total is None else total, "EUR")


@pytest.mark.parametrize(
    ("number", "said"),
    [("2", "no. 2 · "), ("1.5", "no. 1.5 · "), ("Band 9", "Band 9 · "), ("", "")],
)
def test_on_the_shelf_of_a_series_each_volume_has_its_number(number: str, said: str) -> None:
    shelf = Listing(3, Kind.SERIES, "7", "Hainish Cycle")
    book = a_book(series="Hainish Cycle", series_no=number)
    screen = page(of(Entry(book), Entry(book, 2, euros("8.90")), shown=shelf))
    assert f"Dispossessed</b>\n{said}Ursula K. Le Guin · paperback" in shown_text(screen)
    assert f"Dispossessed</b>\n{said}Ursula K. Le Guin · 2 editions" in shown_text(screen)
    assert "no. " not in shown_text(page(of(Entry(book))))


def test_each_book_has_its_price_its_availability_and_a_number_to_tap() -> None:
    hardback = a_book(id=8, form=Form.HARDBACK, price=euros("24"), stock=Stock(0, 0))
    screen = page(of(Entry(a_book()), Entry(hardback)))
    assert shown_text(screen) == (
        "<b>“dispossessed”</b> · 2 books\n\n"
        "<b>1  The Dispossessed</b>\nUrsula K. Le Guin · paperback · €10.90 · 3 here\n"
        "<b>2  The Dispossessed</b>\nUrsula K. Le Guin · hardback · €24.00 · to order, 4 days"
    )
    assert button(screen, "1").action == ShowBook(7)
    assert button(screen, "2").action == ShowBook(8)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (
            a_book(stock=Stock(0, 0), supply=Supply.PREORDER, available_from=date(2027, 3, 3)),
            "€10.90 · pre-order, 3 March 2027",
        ),
        (a_book(stock=Stock(0, 0), lead_days=None), "€10.90 · to order"),
        (a_book(stock=Stock(0, 0), price=None), "to order, ask for the price"),
        (a_book(price=None), "3 here · ask for the price"),
        (
            a_book(stock=Stock(0, 0), price=None, supply=Supply.PREORDER, available_from=date(2027, 3, 3)),
            "pre-order, 3 March 2027 · ask for the price",
        ),
        (a_book(stock=Stock(0, 0), supply=Supply.UNAVAILABLE), "paperback · not to be had"),
        (a_book(supply=Supply.RECALLED), "paperback · recalled"),
    ],
)
def test_line_says_honestly_whether_a_book_can_be_had(shown: Book, said: str) -> None:
    assert shown_text(page(of(Entry(shown)))).endswith(said)


def test_editions_of_one_work_are_one_line_that_leads_to_them() -> None:
    screen = page(of(Entry(a_book(), 2, euros("8.90"))))
    assert "Ursula K. Le Guin · 2 editions, from €8.90" in shown_text(screen)
    assert button(screen, "1").action == ShowEditions(7)


def test_editions_without_any_price_are_to_be_asked_for() -> None:
    screen = page(of(Entry(a_book(stock=Stock(0, 0), price=None), 2)))
    assert "2 editions · to order, ask for the price" in shown_text(screen)


def test_eight_numbers_stand_in_rows_of_four_with_the_pages_beneath() -> None:
    view = of(*[Entry(a_book(id=number)) for number in range(8)], total=109)
    screen = page(dataclasses.replace(view, listing=dataclasses.replace(SEARCH, page=1)))
    assert [[one.label for one in row] for row in screen.rows[:3]] == [
        list("1234"),
        list("5678"),
        ["‹", "2/14", "›"],
    ]
    assert [one.action for one in screen.rows[2]] == [ShowPage(3, 0), Still(), ShowPage(3, 2)]


def test_no_arrow_leads_nowhere() -> None:
    view = of(Entry(a_book()), total=20)
    assert labels(page(view))[1:3] == ["1/3", "›"]
    last = dataclasses.replace(view, listing=dataclasses.replace(SEARCH, page=2))
    assert labels(page(last))[1:3] == ["‹", "3/3"]
    assert not {"‹", "›"} & set(labels(page(of(Entry(a_book())))))


def test_mended_spelling_is_said_and_can_be_refused() -> None:
    mended = dataclasses.replace(
        of(Entry(a_book())), shown_as="dispossessed", listing=dataclasses.replace(SEARCH, text="dispossesed")
    )
    screen = page(mended)
    assert shown_text(screen).startswith("Showing <b>“dispossessed”</b> · one book")
    assert button(screen, "Search for exactly “dispossesed”").action == SearchAsTyped(3)


def test_what_was_understood_can_be_taken_away_one_by_one() -> None:
    understood = Listing(
        3, Kind.SEARCH, text="crime in german under 15", words="crime",
        understood=(("subject", "crime"), ("language", "deu"), ("price", "-1500")),
    )  # fmt: skip
    screen = page(of(Entry(a_book()), shown=understood))
    assert shown_text(screen).startswith("<b>“crime”</b> · one book\nCrime · German · up to €15\n")
    assert button(screen, "× Crime").action == SetFilter(3, "subject")
    assert button(screen, "× German").action == SetFilter(3, "language")
    assert button(screen, "× up to €15").action == SetFilter(3, "price")
    assert button(screen, "Search for exactly “crime in german").action == SearchAsTyped(3)


def test_copies_that_were_asked_for_stay_asked_for() -> None:
    asked = Listing(3, Kind.SEARCH, text="2 copies of dispossessed", words="dispossessed")
    screen = page(dataclasses.replace(of(Entry(a_book()), Entry(a_book(id=8), 2), shown=asked), quantity=2))
    assert shown_text(screen).startswith("<b>“dispossessed”</b> · 2 books\n2 copies: of which one?")
    assert button(screen, "1").action == ShowBook(7, 2)
    assert button(screen, "2").action == ShowEditions(8, 2)


def test_books_like_another_and_what_follows_it_are_called_so() -> None:
    like = dataclasses.replace(of(Entry(a_book(id=8))), like=a_book())
    assert shown_text(page(like)).startswith("Like <b>The Dispossessed</b> · one book")
    after = dataclasses.replace(of(Entry(a_book(id=8))), after=a_book())
    assert shown_text(page(after)).startswith("After <b>The Dispossessed</b> · one book")
    last = dataclasses.replace(of(), after=a_book())
    assert "we have nothing that comes after <b>The Dispossessed</b>" in shown_text(page(last))


def test_more_by_the_same_author_is_one_tap_away() -> None:
    view = dataclasses.replace(of(Entry(a_book())), others=Others(a_book().id, "Ursula K. Le Guin", 14))
    assert button(page(view), "More by Ursula K. Le Guin · 14").action == Browse("author", "7")


def test_list_that_is_short_is_not_offered_to_be_narrowed() -> None:
    assert "Filter" not in labels(page(of(Entry(a_book()))))
    assert button(page(of(Entry(a_book()), total=9)), "Filter").action == ShowFilters(3)


def test_nothing_found_leads_on() -> None:
    screen = page(of())
    assert "Nothing here for <b>“dispossessed”</b>." in shown_text(screen)
    assert button(screen, "Ask the shop").action == AskForBook(0)
    assert button(screen, "Shelves").action == ShowShelves()
    assert button(screen, "Home").action == ShowHome()


def test_what_comes_near_is_suggested_and_not_called_a_result() -> None:
    screen = page(dataclasses.replace(of(), nearest=(Entry(a_book()),)))
    assert "Nothing here for" in shown_text(screen)
    assert "Did you mean one of these?" in shown_text(screen)
    assert button(screen, "1").action == ShowBook(7)


def test_wishes_that_leave_nothing_can_be_taken_back() -> None:
    wished = dataclasses.replace(SEARCH, choices=(("in_stock", "1"), ("price", "-999")))
    screen = page(of(shown=wished))
    assert "Nothing here for <b>“dispossessed”</b> with <b>here now · under €10</b>." in shown_text(screen)
    assert button(screen, "× here now").action == SetFilter(3, "in_stock")
    assert button(screen, "× under €10").action == SetFilter(3, "price")


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_list_has_a_heading_and_fits_a_message(kind: Kind, words: Words) -> None:
    key = {Kind.SUBJECT: "crime", Kind.LANGUAGE: "deu"}.get(kind, "7")
    shown = Listing(
        3, kind, key, "N" * 300, text="t" * 200, choices=(("year", "1980-1999"), ("form", "hardback"))
    )
    view = of(*[Entry(LONGEST)] * 8, total=10_000, shown=shown)
    screen = page(view, words)
    assert length(screen) <= 4096
    assert all(encode(one.action) for row in screen.rows for one in row if one.action is not None)
    assert length(page(dataclasses.replace(view, entries=(), nearest=view.entries), words)) <= 4096


def test_titles_of_markup_and_from_right_to_left_are_shown_as_they_are() -> None:
    screen = page(of(Entry(a_book(title='<b>&"')), Entry(RTL)))
    assert '<b>1  &lt;b&gt;&amp;"</b>' in shown_text(screen)
    assert "<b>2  \u2068אלף לילה ולילה\u2069</b>" in shown_text(screen)


def test_a_subject_that_titles_have_as_well_leads_to_its_shelf() -> None:
    screen = page(dataclasses.replace(of(Entry(a_book())), shelf=Facet("crime", 12)))
    assert button(screen, "All of Crime · 12").action == Browse("subject", "crime")


def test_nothing_as_wished_offers_what_there_is_otherwise_and_a_search_as_typed() -> None:
    shown = dataclasses.replace(SEARCH, understood=(("language", "deu"),), words="dispossessed")
    screen = page(dataclasses.replace(of(shown=shown), nearest=(Entry(a_book()),)))
    assert "Otherwise, there is:\n<b>1  The Dispossessed</b>" in shown_text(screen)
    assert button(screen, "1").action == ShowBook(7)
    assert button(screen, "× German").action == SetFilter(SEARCH.serial, "language")
    assert button(screen, "Search for exactly “dispossessed”").action == SearchAsTyped(SEARCH.serial)
