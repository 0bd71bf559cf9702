"""What `/metrics` gathers: seldom, side by side, and an answer whatever is away."""

from __future__ import annotations

import asyncio

import pytest

from bot.metrics import Metrics
from bot.scraping import Scraping
from domain.errors import PassingFailure
from domain.figures import Figures


class Sources:
    """A database and a Telegram that count how often they are asked."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.asked = {"database": 0, "telegram": 0}
        self.database_fails: Exception | None = None
        self.telegram_fails: Exception | None = None
        self.hangs = False
        self.metrics = Metrics()
        self.busy = 3

    async def figures(self) -> Figures:
        self.asked["database"] += 1
        await asyncio.sleep(10 if self.hangs else 0.01)
        if self.database_fails:
            raise self.database_fails
        return Figures(held_copies=40 + self.asked["database"])

    async def behind(self) -> int:
        self.asked["telegram"] += 1
        await asyncio.sleep(10 if self.hangs else 0.01)
        if self.telegram_fails:
            raise self.telegram_fails
        return 7

    def scraping(self, patience: float = 4.0) -> Scraping:
        return Scraping(
            self.metrics,
            figures=self.figures,
            behind=self.behind,
            busy=lambda: self.busy,
            now=lambda: self.time,
            patience=patience,
        )


@pytest.fixture
def sources() -> Sources:
    return Sources()


def value(text: str, name: str) -> str:
    """Of a sample as it is written, with its labels."""
    return next(line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(f"{name} "))


def there(text: str, name: str) -> bool:
    return f"\n{name} " in text


async def test_everything_is_in_the_answer(sources: Sources) -> None:
    text = await sources.scraping().text()
    assert value(text, 'bookstall_up{source="database"}') == "1.0"
    assert value(text, 'bookstall_up{source="telegram"}') == "1.0"
    assert value(text, "bookstall_held_copies") == "41.0"
    assert value(text, "bookstall_updates_behind") == "7.0"
    assert value(text, "bookstall_updates_under_way") == "3.0"


async def test_the_database_is_read_every_five_seconds_at_most_and_what_is_counted_here_is_always_fresh(
    sources: Sources,
) -> None:
    scraping = sources.scraping()
    await scraping.text()
    sources.time += 4.9
    sources.busy = 9
    sources.metrics.flood(2.0)
    text = await scraping.text()
    assert value(text, "bookstall_held_copies") == "41.0"
    assert value(text, "bookstall_updates_under_way") == "9.0"
    assert value(text, "bookstall_telegram_floods_total") == "1.0"
    sources.time += 0.1
    assert value(await scraping.text(), "bookstall_held_copies") == "42.0"
    assert sources.asked == {"database": 2, "telegram": 2}


async def test_many_who_ask_at_once_are_answered_from_one_reading(sources: Sources) -> None:
    scraping = sources.scraping()
    texts = await asyncio.gather(*(scraping.text() for _ in range(20)))
    assert sources.asked == {"database": 1, "telegram": 1}
    assert {value(text, "bookstall_held_copies") for text in texts} == {"41.0"}


@pytest.mark.parametrize(
    "error", [PassingFailure("database: OSError"), OSError("no route"), RuntimeError("?")]
)
async def test_without_the_database_the_rest_is_answered_and_said_to_be_so(
    sources: Sources, error: Exception
) -> None:
    sources.database_fails = error
    text = await sources.scraping().text()
    assert value(text, 'bookstall_up{source="database"}') == "0.0"
    assert value(text, 'bookstall_up{source="telegram"}') == "1.0"
    assert not there(text, "bookstall_held_copies")
    assert value(text, "bookstall_updates_behind") == "7.0"
    assert value(text, "bookstall_updates_under_way") == "3.0"


async def test_without_telegram_as_well(sources: Sources) -> None:
    sources.telegram_fails = OSError("no route")
    text = await sources.scraping().text()
    assert value(text, 'bookstall_up{source="telegram"}') == "0.0"
    assert not there(text, "bookstall_updates_behind")
    assert value(text, "bookstall_held_copies") == "41.0"


async def test_one_that_hangs_is_waited_for_so_long_and_no_longer(sources: Sources) -> None:
    sources.hangs = True
    async with asyncio.timeout(2):
        text = await sources.scraping(patience=0.05).text()
    assert value(text, 'bookstall_up{source="database"}') == "0.0"
    assert value(text, 'bookstall_up{source="telegram"}') == "0.0"


async def test_what_was_away_is_asked_again_after_five_seconds(sources: Sources) -> None:
    scraping = sources.scraping()
    sources.database_fails = OSError("no route")
    await scraping.text()
    sources.database_fails = None
    assert value(await scraping.text(), 'bookstall_up{source="database"}') == "0.0"
    sources.time += 5
    assert value(await scraping.text(), 'bookstall_up{source="database"}') == "1.0"
