from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.actions import Browse, LogIn, ShowAccount, ShowCart, ShowOrders, ShowShelves
from bot.screens.home import home
from domain.views import HomeView
from tests.screens.samples import (
    ENGLISH,
    GERMAN,
    LONGEST,
    SHOP,
    TUESDAY_EVENING,
    a_book,
    button,
    labels,
    length,
    shown_text,
)

GUEST = HomeView(new=(a_book(),), picks=41, cart_copies=0, customer_name=None, open_orders=0)
ANN = HomeView(new=(a_book(),), picks=41, cart_copies=2, customer_name="Ann", open_orders=1)


@pytest.mark.parametrize(
    ("hour", "english", "german"),
    [
        (4, "Good evening", "Guten Abend"),
        (5, "Good morning", "Guten Morgen"),
        (11, "Good morning", "Guten Morgen"),
        (12, "Good afternoon", "Guten Tag"),
        (18, "Good evening", "Guten Abend"),
    ],
)
def test_greeting_keeps_the_shops_own_time(hour: int, english: str, german: str) -> None:
    # In November London keeps UTC; in July it is an hour ahead.
    winter = datetime(2026, 11, 24, hour, tzinfo=UTC)
    summer = datetime(2026, 7, 14, (hour - 1) % 24, tzinfo=UTC)
    for now in (winter, summer):
        assert shown_text(home(GUEST, ENGLISH, SHOP, now)).startswith(f"{english}, and welcome to")
        assert shown_text(home(GUEST, GERMAN, SHOP, now)).startswith(f"{german} und willkommen")


def test_guest_finds_what_is_new_and_every_way_on() -> None:
    screen = home(GUEST, ENGLISH, SHOP, TUESDAY_EVENING)
    assert "<b>New in the shop</b>\nThe Dispossessed · Ursula K. Le Guin" in shown_text(screen)
    assert "12 Mill Lane · open till 18:30" in shown_text(screen)
    assert button(screen, "New").action == Browse("new")
    assert button(screen, "Staff picks").action == Browse("picks")
    assert button(screen, "Shelves").action == ShowShelves()
    assert button(screen, "Cart · 0").action == ShowCart()
    assert button(screen, "Log in").action == LogIn()
    assert not [label for label in labels(screen) if label.startswith("Orders")]


def test_new_books_that_the_reader_can_read_come_first() -> None:
    books = tuple(a_book(id=n, title=f"Neu {n}", language="deu") for n in range(5))
    english = a_book(title="New one")
    screen = home(HomeView((*books, english), 0, 0, None, 0), ENGLISH, SHOP, TUESDAY_EVENING)
    assert "<b>New in the shop</b>\nNew one · Ursula K. Le Guin\nNeu 0 · Ursula" in shown_text(screen)
    assert shown_text(screen).count("Neu ") == 3
    german = home(HomeView((english, *books), 0, 0, None, 0), GERMAN, SHOP, TUESDAY_EVENING)
    assert "<b>Neu im Laden</b>\nNeu 0 ·" in german.text


def test_customer_is_greeted_by_name_and_finds_open_orders() -> None:
    screen = home(ANN, ENGLISH, SHOP, TUESDAY_EVENING)
    assert shown_text(screen).startswith("Good afternoon, Ann.")
    assert button(screen, "Orders · 1").action == ShowOrders()
    assert button(screen, "Ann").action == ShowAccount()
    assert "Log in" not in labels(screen)


def test_somebody_who_was_just_greeted_is_not_greeted_twice() -> None:
    screen = home(ANN, ENGLISH, SHOP, TUESDAY_EVENING, greet=False)
    assert shown_text(screen).startswith("Type a title")
    assert labels(screen) == labels(home(ANN, ENGLISH, SHOP, TUESDAY_EVENING))


def test_closed_shop_says_when_it_opens() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert "12 Mill Lane · opens Mon 09:00" in shown_text(home(GUEST, ENGLISH, SHOP, sunday))


def test_empty_catalogue_still_has_a_home() -> None:
    screen = home(HomeView((), 0, 0, None, 0), ENGLISH, SHOP, TUESDAY_EVENING)
    assert "New in the shop" not in shown_text(screen)
    assert "Staff picks" not in labels(screen)


def test_longest_names_and_titles_fit() -> None:
    view = HomeView((LONGEST,) * 4, 1, 99, 'Ann <b>&" ' * 40, 10)
    screen = home(view, ENGLISH, SHOP, TUESDAY_EVENING)
    assert length(screen) <= 1000
    assert "&lt;b&gt;" in shown_text(screen)
    assert max(map(len, labels(screen))) <= 30
