"""The stateful shop through the whole bot: see `tests.stateful.chat`."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.catalogue import SqlCatalogue
from storage.dialogues import SqlDialogues
from tests.chat.shelves import NOW, book
from tests.databases import Server, emptied, opened
from tests.stateful.chat import ChatMachine

pytestmark = pytest.mark.slow


async def _stock_up(url: str) -> None:
    rows = [
        book("Dune", "Frank Herbert", price="12.50", on_hand=4, lead_days=None),
        book("Dune Messiah", "Frank Herbert", price="11.00", on_hand=2, lead_days=None),
    ]
    async with opened(url) as database:
        async for _ in SqlCatalogue(database).load(rows, NOW):
            pass


def run(fresh: Callable[[], str], *, examples: int, **more: Any) -> None:
    class Machine(ChatMachine):
        pass

    Machine.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.fixture
def fresh_sqlite(sqlite_url: str, tmp_path: Path) -> Callable[[], str]:
    """A copy of a stocked file, each time."""
    asyncio.run(_stock_up(sqlite_url))
    stocked, path = Path(sqlite_url.partition("///")[2]), tmp_path / "copies" / "shop.db"
    path.parent.mkdir()

    def fresh() -> str:
        for left in path.parent.glob("*"):
            left.unlink()
        shutil.copy(stocked, path)
        return f"sqlite+aiosqlite:///{path}"

    return fresh


def test_whatever_people_tap_and_whatever_fails_it_all_adds_up(fresh_sqlite: Callable[[], str]) -> None:
    run(fresh_sqlite, examples=16)


@pytest.mark.postgres
def test_whatever_people_tap_and_whatever_fails_it_all_adds_up_on_postgres(
    postgres_server: Server, postgres_url: str, postgres_shop: str
) -> None:
    def fresh() -> str:
        emptied(postgres_server, postgres_shop)
        postgres_server.do("ALTER SEQUENCE books_id_seq RESTART", database=postgres_shop)
        asyncio.run(_stock_up(postgres_url))
        return postgres_url

    run(fresh, examples=3)


def forgets_what_was_not_shown(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: SqlDialogues, *_: object) -> tuple[()]:
        return ()

    patch.setattr(SqlDialogues, "unshown", nothing)


def test_a_bot_that_is_broken_is_found_out(fresh_sqlite: Callable[[], str]) -> None:
    """What is broken beneath the chat is found by the other machine: see `test_services`."""
    with pytest.MonkeyPatch.context() as patch:
        forgets_what_was_not_shown(patch)
        with pytest.raises(AssertionError):
            run(fresh_sqlite, examples=24, phases=[Phase.generate])
