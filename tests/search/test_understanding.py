"""Wishes in messages: prices, languages, forms, years, subjects, copies."""

from __future__ import annotations

import pytest

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.understanding import Wish, understand
from domain.subjects import is_subject


@pytest.mark.parametrize(
    ("message", "rest", "filters"),
    [
        # price
        ("orchard under 15", "orchard", Filters(price_max=1500)),
        ("orchard under €15", "orchard", Filters(price_max=1500)),
        ("orchard bis 20 €", "orchard", Filters(price_max=2000)),
        ("orchard for less than 12.50 euros", "orchard", Filters(price_max=1250)),
        ("billiger als 9,99 orchard", "orchard", Filters(price_max=999)),
        ("orchard moins de 10 euros", "orchard", Filters(price_max=1000)),
        ("orchard por menos de 10 €", "orchard", Filters(price_max=1000)),
        ("orchard a meno di 10 euro", "orchard", Filters(price_max=1000)),
        ("orchard дешевле 500 руб", "orchard", Filters(price_max=50000)),
        ("orchard do 40 zl", "orchard", Filters(price_max=4000)),
        ("orchard over 30 euros", "orchard", Filters(price_min=3000)),
        ("orchard between 5 and 10 euros", "orchard", Filters(price_min=500, price_max=1000)),
        ("orchard 5-10 €", "orchard", Filters(price_min=500, price_max=1000)),
        ("orchard zwischen 10 und 5 euro", "orchard", Filters(price_min=500, price_max=1000)),
        ("orchard max. 12,50", "orchard", Filters(price_max=1250)),
        ("orchard bis 20", "orchard", Filters(price_max=2000)),
        ("orchard up to 20", "orchard", Filters(price_max=2000)),
        ("orchard bis maximal 20 €", "orchard", Filters(price_max=2000)),
        ("orchard für höchstens 15", "orchard", Filters(price_max=1500)),
        ("orchard for 10€ or less", "orchard", Filters(price_max=1000)),
        ("orchard pour moins de 10 €", "orchard", Filters(price_max=1000)),
        ("orchard sotto 15", "orchard", Filters(price_max=1500)),
        ("orchard < 20", "orchard", Filters(price_max=2000)),
        ("orchard <20€", "orchard", Filters(price_max=2000)),
        ("orchard 15€", "orchard", Filters(price_max=1500)),
        ("orchard for 15 euros", "orchard", Filters(price_max=1500)),
        ("orchard with a budget of 20 euros", "orchard", Filters(price_max=2000)),
        ("orchard unter 15,-", "orchard", Filters(price_max=1500)),
        ("orchard unter 15 Euro 50", "orchard", Filters(price_max=1550)),
        ("orchard less than twenty", "orchard", Filters(price_max=2000)),
        ("orchard unter zehn Euro", "orchard", Filters(price_max=1000)),
        ("orchard about 15 euros", "orchard", Filters(price_min=1200, price_max=1800)),
        ("orchard mehr als 20", "orchard", Filters(price_min=2000)),
        ("orchard between 10 and 20", "orchard", Filters(price_min=1000, price_max=2000)),
        ("orchard zwischen 10 und 20", "orchard", Filters(price_min=1000, price_max=2000)),
        ("orchard €10-20", "orchard", Filters(price_min=1000, price_max=2000)),
        ("15 euro", "", Filters(price_max=1500)),
        # language
        ("orchard in german", "orchard", Filters(language="deu")),
        ("orchard auf Englisch", "orchard", Filters(language="eng")),
        ("orchard en français", "orchard", Filters(language="fra")),
        ("orchard in het Nederlands", "orchard", Filters(language="nld")),
        ("orchard po polsku", "orchard", Filters(language="pol")),
        ("orchard на русском", "orchard", Filters(language="rus")),
        ("orchard italian edition", "orchard", Filters(language="ita")),
        ("orchard in der deutschen Übersetzung", "orchard", Filters(language="deu")),
        ("orchard, deutschsprachig", "orchard", Filters(language="deu")),
        # form and stock
        ("orchard paper back", "orchard", Filters(form="paperback")),
        ("orchard hard-cover", "orchard", Filters(form="hardback")),
        ("orchard available today", "orchard", Filters(in_stock=True)),
        ("orchard lagernd", "orchard", Filters(in_stock=True)),
        ("orchard paperback", "orchard", Filters(form="paperback")),
        ("orchard als Taschenbuch", "orchard", Filters(form="paperback")),
        ("orchard relié", "orchard", Filters(form="hardback")),
        ("orchard as an audiobook", "orchard", Filters(form="audio")),
        ("orchard e-book", "orchard", Filters(form="ebook")),
        ("orchard in stock", "orchard", Filters(in_stock=True)),
        ("orchard vorrätig", "orchard", Filters(in_stock=True)),
        ("orchard в наличии", "orchard", Filters(in_stock=True)),
        # years
        ("vale from the 90s", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale aus den 80ern", "vale", Filters(year_min=1980, year_max=1989)),
        ("vale des années 70", "vale", Filters(year_min=1970, year_max=1979)),
        ("vale from the nineties", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale 1960s", "vale", Filters(year_min=1960, year_max=1969)),
        ("vale from the 20s", "vale", Filters(year_min=2020, year_max=2029)),
        ("vale aus den sechzigern", "vale", Filters(year_min=1960, year_max=1969)),
        ("vale aus den neunziger Jahren", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale des années quatre-vingt-dix", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale de los años noventa", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale de los 90", "vale", Filters(year_min=1990, year_max=1999)),
        ("vale ab 2010", "vale", Filters(year_min=2010)),
        ("vale bis 2000", "vale", Filters(year_max=2000)),
        ("vale since 2010", "vale", Filters(year_min=2010)),
        ("vale vor 1950", "vale", Filters(year_max=1949)),
        ("vale published in 1999", "vale", Filters(year_min=1999, year_max=1999)),
        ("vale between 1990 and 2000", "vale", Filters(year_min=1990, year_max=2000)),
        # subjects
        ("crime novels", "", Filters(subject="crime")),
        ("krimis", "", Filters(subject="crime")),
        ("books about history", "", Filters(subject="history")),
        ("livres de science-fiction", "", Filters(subject="science-fiction")),
        ("orchard, nicht teurer als 15 Euro", "orchard", Filters(price_max=1500)),
        ("orchard not over €15", "orchard", Filters(price_max=1500)),
        ("orchard günstiger als 10 Euro", "orchard", Filters(price_max=1000)),
        ("orchard, 20 Euro oder weniger", "orchard", Filters(price_max=2000)),
        ("orchard £15 or less", "orchard", Filters(price_max=1500)),
        ("orchard published after 2010", "orchard", Filters(year_min=2010)),
        ("orchard, nach 2010 erschienen", "orchard", Filters(year_min=2010)),
        ("englischsprachige Bücher", "", Filters(language="eng")),
        ("a thriller", "", Filters(subject="thriller")),
        ("ein Krimi", "", Filters(subject="crime")),
        ("fantasy for kids", "", Filters(subject="fantasy", readers="children")),
        ("fantasy books for kids", "", Filters(subject="fantasy", readers="children")),
        ("Fantasy für Jugendliche", "", Filters(subject="fantasy", readers="young-adult")),
        ("young adult fantasy", "", Filters(subject="fantasy", readers="young-adult")),
        ("spannende Krimis", "", Filters(subject="crime")),
        ("do you have any thrillers?", "do you have any", Filters(subject="thriller")),
        ("what thrillers do you have", "what", Filters(subject="thriller")),
        ("ich suche einen spannenden Krimi", "ich suche", Filters(subject="crime")),
        ("a thriller by lea brandt", "by lea brandt", Filters(subject="thriller")),
        ("deutsche Krimis", "", Filters(subject="crime", language="deu")),
        ("ein deutscher Krimi", "", Filters(subject="crime", language="deu")),
        ("french cookbooks", "french cookbooks", Filters()),
        # several at once
        (
            "a German paperback crime novel under 15 euros in stock",
            "",
            Filters(subject="crime", language="deu", form="paperback", price_max=1500, in_stock=True),
        ),
        (
            "deutscher Krimi, Taschenbuch, unter 15 Euro, vorrätig",
            "",
            Filters(subject="crime", language="deu", form="paperback", price_max=1500, in_stock=True),
        ),
        (
            "science fiction under 10 in german",
            "",
            Filters(subject="science-fiction", price_max=1000, language="deu"),
        ),
    ],
)
def test_a_wish_is_taken_out_of_the_message(message: str, rest: str, filters: Filters) -> None:
    understood = understand(message)
    assert understood.filters == filters
    assert understood.rest == rest


@pytest.mark.parametrize(
    "message",
    [
        "1984",
        "catch 22",
        "the english patient",
        "a history of germany",
        "up to 2 percent",
        "summer of 69",
        "20 under 40 stories of rome and more",
        "children of men",
        "fantasy",
        "the art of war",
        "до рассвета",
        "under the volcano",
        "less than zero",
        "over 40",
        "volumes 1 bis 7",
        "volume 1-7",
        "the $100 startup",
        "between shades of gray",
        "french cooking",
        "the german girl",
        "in a german garden",
    ],
)
def test_a_title_is_not_taken_for_a_wish(message: str) -> None:
    assert not understand(message).anything


@pytest.mark.parametrize(
    ("message", "quantity", "rest"),
    [
        ("2 copies of orchard", 2, "orchard"),
        ("3x orchard", 3, "orchard"),
        ("orchard x2", 2, "orchard"),
        ("orchard, 4 copies", 4, "orchard"),
        ("orchard 2x", 2, "orchard"),
        ("zweimal orchard", 2, "orchard"),
        ("orchard dreimal", 3, "orchard"),
        ("a dozen copies of orchard", 12, "orchard"),
        ("ein Dutzend orchard", 12, "orchard"),
        ("3 pieces of orchard", 3, "orchard"),
        ("qty 3 orchard", 3, "orchard"),
        ("2 экз. orchard", 2, "orchard"),
        ("120 copies of orchard", 120, "orchard"),
        ("two copies of orchard", 2, "orchard"),
        ("zwei Exemplare von orchard", 2, "orchard"),
        ("drei mal orchard", 3, "orchard"),
        ("trois exemplaires de orchard", 3, "orchard"),
        ("dos ejemplares de orchard", 2, "orchard"),
        ("два экземпляра orchard", 2, "orchard"),
    ],
)
def test_copies_are_counted(message: str, quantity: int, rest: str) -> None:
    understood = understand(message)
    assert (understood.quantity, understood.rest) == (quantity, rest)


@pytest.mark.parametrize("message", ["0 copies of orchard", "100x orchard", "x2"])
def test_an_impossible_number_of_copies_is_none(message: str) -> None:
    assert understand(message).quantity is None


@pytest.mark.parametrize(
    ("message", "wish", "rest"),
    [
        ("something like the orchard", Wish.LIKE, "the orchard"),
        ("ich suche so etwas wie der garten", Wish.LIKE, "der garten"),
        ("quelque chose comme le jardin", Wish.LIKE, "le jardin"),
        ("algo parecido a el jardin", Wish.LIKE, "el jardin"),
        ("что-то вроде сада", Wish.LIKE, "сада"),
        ("the next one after the orchard", Wish.NEXT, "the orchard"),
        ("is there a sequel to the orchard?", Wish.NEXT, "the orchard"),
        ("fortsetzung von der garten", Wish.NEXT, "der garten"),
        ("nächster Band nach der garten", Wish.NEXT, "der garten"),
        ("la suite de le jardin", Wish.NEXT, "le jardin"),
        ("продолжение сада", Wish.NEXT, "сада"),
        ("if you liked the orchard", Wish.LIKE, "the orchard"),
        ("i loved the orchard", Wish.LIKE, "the orchard"),
        ("was soll ich nach der garten lesen", Wish.LIKE, "der garten lesen"),
        ("something like", Wish.ITSELF, "something like"),
    ],
)
def test_what_is_wanted_of_a_book_is_understood(message: str, wish: Wish, rest: str) -> None:
    understood = understand(message)
    assert (understood.wish, understood.rest) == (wish, rest)


def test_prices_follow_the_currencys_minor_unit() -> None:
    assert understand("orchard under 1500 yen", decimals=0).filters == Filters(price_max=1500)
    assert understand("orchard under 2.5 pounds", decimals=3).filters == Filters(price_max=2500)


def test_every_subject_that_is_understood_is_one_of_the_shops() -> None:
    assert all(is_subject(code) for code in vocabulary.SUBJECT_NAMES.values())
