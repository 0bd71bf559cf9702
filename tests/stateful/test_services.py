"""The stateful shop on real databases: see `tests.stateful.services`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import Server, emptied
from tests.stateful.broken import (
    asks_for_a_refund_under_a_new_key,
    counts_a_charge_each_time,
    forgets_what_was_ordered,
    keeps_a_part_of_what_the_staff_cancel,
    keeps_what_nobody_wants,
    takes_any_answer_to_what_goes_back,
    tells_nobody,
)
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


@pytest.mark.parametrize(
    "broken",
    [
        counts_a_charge_each_time,
        asks_for_a_refund_under_a_new_key,
        forgets_what_was_ordered,
        keeps_what_nobody_wants,
        keeps_a_part_of_what_the_staff_cancel,
        takes_any_answer_to_what_goes_back,
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
