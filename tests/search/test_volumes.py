"""A volume of a series, asked for by its place in words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.search import folding
from domain.search.volumes import as_numbered
from tests.search.shops import Shop, book, opened_shop


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    async with opened_shop(database_url) as found:
        await found.load(
            [
                *(
                    book(
                        title,
                        "Ida Marsh",
                        series="Tides of Morrow",
                        series_no=str(number),
                        popularity=100 - number,
                    )
                    for number, title in enumerate(("Low Water", "Salt", "The Sluice"), start=1)
                ),
                book("Third Tides of Morrow", "Otto Bell"),
                book("The Second Orchard", "Lea Brandt"),
            ]
        )
        yield found


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("second tides of morrow", "Salt"),
        ("the 2nd tides of morrow book", "Salt"),
        ("do you have the first book of tides of morrow", "Low Water"),
        ("der zweite Band von Tides of Morrow", "Salt"),
        ("haben Sie den ersten Tides of Morrow?", "Low Water"),
        ("third tides of morrow", "Third Tides of Morrow"),
        ("second orchard", "The Second Orchard"),
    ],
)
async def test_a_volume_is_found_by_its_place_unless_a_title_says_the_same(
    shop: Shop, typed: str, title: str
) -> None:
    assert (await shop.find(typed)).titles[0] == title


@pytest.mark.parametrize(
    ("message", "numbered"),
    [
        ("the third harbour lights", "harbour lights 3"),
        ("le deuxième tome de la saga harbour", "harbour 2"),
        ("harbour lights", ""),
        ("the first", ""),
    ],
)
def test_a_place_in_words_is_read_as_a_number(message: str, numbered: str) -> None:
    assert as_numbered(folding.words(message)) == numbered.split()
