from __future__ import annotations

from bot.actions import ShowBook, ShowPage
from bot.screens.editions import MOST, editions
from domain.book import Form, Stock
from tests.screens.samples import ENGLISH, LONGEST, a_book, button, euros, labels, length, shown_text

BACK = ShowPage(3, 0)


def test_editions_are_told_apart_and_chosen_by_number() -> None:
    german = a_book(id=9, title="Planet der Habenichtse", language="deu", publisher="", year=2017)
    hardback = a_book(id=8, form=Form.HARDBACK, price=euros("24"), stock=Stock(0, 0))
    screen = editions((a_book(), hardback, german), ENGLISH, 2, BACK)
    assert shown_text(screen) == (
        "<b>The Dispossessed</b>\nUrsula K. Le Guin\n\n3 editions. Which one?\n\n"
        "<b>1</b>  paperback · English · Gateway, 1974\n€10.90 · 3 here\n"
        "<b>2</b>  hardback · English · Gateway, 1974\n€24.00 · to order, 4 days\n"
        "<b>3</b>  Planet der Habenichtse · paperback · German · 2017\n€10.90 · 3 here"
    )
    assert button(screen, "3").action == ShowBook(9, 2)
    assert button(screen, "Back").action == BACK


def test_classic_in_very_many_editions_fits_a_message() -> None:
    screen = editions((a_book(), *[LONGEST] * 80), ENGLISH, 1, BACK)
    assert f"81 editions. The {MOST} most asked for:" in shown_text(screen)
    assert length(screen) <= 4096
    assert labels(screen)[:MOST] == [str(number) for number in range(1, MOST + 1)]
