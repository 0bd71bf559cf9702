"""``close``: a day's money on the terminal and as a table."""

from __future__ import annotations

import asyncio
import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from domain.payment import Entry, EntryKind
from storage.catalogue import SqlCatalogue
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.domain.trade import Hands, Trade, eur

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop in a folder with no settings of its own, whose counter took €10.00 yesterday at noon."""
    monkeypatch.chdir(tmp_path)
    chosen = {
        "token": "7000000001:" + "x" * 35,
        "database": sqlite_url,
        "secret": "a secret of this test, long enough to sign with",
        "shop_timezone": "UTC",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(f"BOOKSTALL_{name.upper()}", value)
    asyncio.run(_took(sqlite_url, NOON - timedelta(days=1)))


async def _took(url: str, at: datetime) -> None:
    async with opened(url) as database:
        trade = Trade(SqlUnitOfWork(database), SqlCatalogue(database), clock=Hands(at))
        order = await trade.reserved(await trade.customer(), (await trade.book(1), 1))
        async with trade.turn() as work:
            await work.payments.enter(Entry("counter", order.id, EntryKind.PAID, eur(1000), "cash", at))


@pytest.mark.parametrize("typed", ["yesterday", "gestern", "iso"])
def test_a_day_is_said_and_written_as_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    yesterday = (NOON - timedelta(days=1)).date()
    path = tmp_path / "close.csv"
    day = yesterday.isoformat() if typed == "iso" else typed
    assert main(["close", "--day", day, "--csv", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Close of {yesterday.day} ")
    assert "together €10.00" in said
    assert "<b>" not in said
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["amount"]) for row in rows] == [("paid", "10.00"), ("open", "10.00")]


def test_today_is_the_day_if_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close"]) == 0
    assert "Nothing was taken." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "'soon' is no day (2026-11-27, 27.11., today or yesterday)"),
        ("2199-01-01", "has yet to come"),
    ],
)
def test_what_is_no_day_is_one_clear_sentence(
    capsys: pytest.CaptureFixture[str], typed: str, said: str
) -> None:
    assert main(["close", "--day", typed]) == 2
    assert said in capsys.readouterr().err
