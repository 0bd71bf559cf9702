"""The stateful shop on real databases: see `tests.stateful.services`."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from domain.payment import Attempt, Entry, EntryKind
from domain.services.holds import Holds
from domain.services.lifecycle import Lifecycle
from domain.services.refunds import Refunds
from storage.orders import SqlOrders
from storage.payments import SqlPayments
from tests.databases import Server, emptied
from tests.stateful.services import ServicesMachine

pytestmark = pytest.mark.slow


def run(machine: type[ServicesMachine], *, examples: int, steps: int, **more: Any) -> None:
    """Always the same examples: what fails, fails for everybody."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def on_sqlite(template: Path, path: Path) -> type[ServicesMachine]:
    class OnSqlite(ServicesMachine):
        url = f"sqlite+aiosqlite:///{path}"

        @staticmethod
        def empty() -> None:
            for left in path.parent.glob(f"{path.name}-*"):
                left.unlink()
            shutil.copy(template, path)

    return OnSqlite


def test_whatever_they_do_on_sqlite_money_and_copies_add_up(sqlite_template: Path, tmp_path: Path) -> None:
    run(on_sqlite(sqlite_template, tmp_path / "shop.db"), examples=70, steps=40)


@pytest.mark.postgres
def test_whatever_they_do_on_postgres_money_and_copies_add_up(
    postgres_server: Server, postgres_url: str, postgres_shop: str
) -> None:
    class OnPostgres(ServicesMachine):
        url = postgres_url

        @staticmethod
        def empty() -> None:
            emptied(postgres_server, postgres_shop)

    run(OnPostgres, examples=12, steps=30)


# --- and it can fail ------------------------------------------------------------------------------------------------------


def counts_a_charge_each_time(patch: pytest.MonkeyPatch) -> None:
    """The journal's key is no longer the charge's."""
    enter, numbers = SqlPayments.enter, itertools.count()

    async def anew(self: SqlPayments, entry: Entry) -> bool:
        if entry.kind is EntryKind.PAID:
            entry = dataclasses.replace(entry, key=f"{entry.key}#{next(numbers)}")
        return await enter(self, entry)

    patch.setattr(SqlPayments, "enter", anew)


def asks_for_a_refund_under_a_new_key(patch: pytest.MonkeyPatch) -> None:
    ask = Refunds.ask

    async def anew(self: Refunds, attempt: Attempt, due: Entry) -> Any:
        return await ask(self, attempt, dataclasses.replace(due, key=f"{due.key} {attempt.tries}"))

    patch.setattr(Refunds, "ask", anew)


def forgets_what_was_ordered(patch: pytest.MonkeyPatch) -> None:
    """A confirmation that comes again does not find the order that it placed."""

    async def nothing(self: SqlOrders, checkout_id: str) -> None:
        return None

    patch.setattr(SqlOrders, "by_checkout", nothing)


def keeps_what_nobody_wants(patch: pytest.MonkeyPatch) -> None:
    """The copies of an order that ended stay held."""

    async def nothing(self: Holds, *_: object) -> None:
        return None

    patch.setattr(Holds, "release", nothing)


def tells_nobody(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Lifecycle, *_: object, **__: object) -> None:
        return None

    patch.setattr(Lifecycle, "tell_customer", nothing)


@pytest.mark.parametrize(
    "broken",
    [
        counts_a_charge_each_time,
        asks_for_a_refund_under_a_new_key,
        forgets_what_was_ordered,
        keeps_what_nobody_wants,
        tells_nobody,
    ],
)
def test_a_shop_that_is_broken_is_found_out(
    broken: Callable[[pytest.MonkeyPatch], None], sqlite_template: Path, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        broken(patch)
        with pytest.raises(AssertionError):
            run(
                on_sqlite(sqlite_template, tmp_path / "shop.db"),
                examples=70,
                steps=40,
                phases=[Phase.generate],
            )
