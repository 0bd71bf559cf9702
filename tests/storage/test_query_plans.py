"""Every statement finds its rows through an index, however large the shop is."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

import storage
from storage.engine import Database
from storage.similar import ALIKE
from tests.databases import opened

_WHOLE = {
    # One row, or as many as there are failures: tables that are read whole on purpose.
    "storage.staff.UNLINK",
    "storage.staff.MOVE",
    "storage.staff.TAKE_CODE",
    "storage.inbox.FAILURES",
    "storage.inbox.FORGET_FAILURES",
    # Not a turn's: a group becomes a supergroup, housekeeping, a load's end, the day's close, what an operator watches.
    "storage.orders.MOVE_CHAT",
    "storage.payments.IN_DOUBT",
    "storage.figures.ATTEMPTS",
    "storage.limits.FORGET",
    "storage.codes.FORGET",
    "storage.sessions.FORGET",
    "storage.catalogue.COUNT",
    "storage.catalogue.CURRENCY",
    "storage.catalogue.AUTHORS",
    "storage.catalogue.SERIES",
}


def statements() -> Iterator[tuple[str, sa.ClauseElement]]:
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        if module.ispkg or module.name == "storage.migrate":
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if (
                name.isupper()
                and not name.startswith("_")
                and isinstance(value, sa.Select | sa.Update | sa.Delete)
            ):
                yield f"{module.name}.{name}", value
    yield from ((f"storage.similar.ALIKE[{size}]", statement) for size, statement in ALIKE.items())


@pytest.mark.parametrize("name", sorted(name for name, _ in statements()))
async def test_no_table_is_read_whole(name: str, sqlite_url: str) -> None:
    statement = dict(statements())[name]
    async with opened(sqlite_url) as database:
        plan = await explain(database, statement)
    whole = [step for step in plan if re.fullmatch(r"SCAN [a-z_]+", step)]
    assert bool(whole) == (name in _WHOLE), plan


class _Sent(Exception):
    """What would have been sent to the database."""


async def explain(database: Database, statement: sa.ClauseElement) -> list[str]:
    def stop(_c: object, _u: object, sql: str, parameters: object, _x: object, _m: object) -> None:
        raise _Sent(sql, parameters)

    compiled = statement.compile(dialect=database.reader.dialect)
    assert isinstance(compiled, SQLCompiler)
    values = {bind.key: [1] if bind.expanding else None for bind in compiled.binds.values() if bind.required}
    async with database.reading() as connection:
        sa.event.listen(database.reader.sync_engine, "before_cursor_execute", stop)
        with pytest.raises(_Sent) as caught:
            await connection.execute(statement, values)  # type: ignore[call-overload]  # all of them can be executed
        sa.event.remove(database.reader.sync_engine, "before_cursor_execute", stop)
    sql, parameters = caught.value.args
    async with database.reading() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return [row[-1] for row in plan]
