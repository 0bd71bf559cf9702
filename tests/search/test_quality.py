"""Whether people find what they mean, over the demo's catalogue, alike on both databases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalogue.demo import demo_rows
from domain.book import Book
from tests.search.shops import Searched, opened_shop
from tests.storage.samples import NOW


@dataclass(frozen=True, slots=True)
class KnownItem:
    kind: str
    typed: str
    wanted: str

    def is_met_by(self, book: Book) -> bool:
        if self.wanted.startswith("by "):
            return self.wanted.removeprefix("by ") in book.authors
        return book.title == self.wanted


def known_items() -> list[KnownItem]:
    lines = Path(__file__).with_name("known_items.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split("|") for line in lines if not line.startswith("#"))
    return [KnownItem(kind.strip(), typed.strip(), wanted.strip()) for kind, typed, wanted in parts]


def place_of(item: KnownItem, found: Searched) -> int | None:
    """Counted from 0: any edition of the work will do."""
    for place, hit in enumerate(found.results.hits):
        if any(item.is_met_by(found.books[one]) for one in hit.editions):
            return place
    return None


@pytest.mark.slow
async def test_people_find_what_they_mean_and_nonsense_finds_nothing(database_url: str) -> None:
    places: list[int | None] = []
    nonsense: list[bool] = []
    empty = 0
    missed: dict[str, list[str]] = defaultdict(list)
    async with opened_shop(database_url) as shop:
        await shop.load(demo_rows(NOW, "EUR"))
        for item in known_items():
            found = await shop.find(item.typed)
            if not item.wanted:
                nonsense.append(not found.titles)
                continue
            place = place_of(item, found)
            places.append(place)
            empty += not found.titles
            if place != 0:
                missed[item.kind].append(f"{item.typed} -> {found.titles[:3]}")
    among_five = sum(place is not None and place < 5 for place in places) / len(places)
    first = sum(place == 0 for place in places) / len(places)
    assert among_five >= 0.97, missed
    assert first >= 0.94, missed
    assert sum(nonsense) / len(nonsense) >= 0.95, nonsense
    assert empty / len(places) <= 0.02, missed
