"""Guards that the database keeps: conditions, locks and keys. Several faults are prevented by each."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy import bindparam

import storage.engine
from storage.orders import GET
from storage.payments import SqlPayments
from storage.tables import books
from tests.faults.guard import Guard, Scene, replaced

_numbers = itertools.count()


def _unconditional(statement: Any) -> Any:
    """Change both numbers of one book, whatever they are."""
    return (
        sa.update(books)
        .where(books.c.id == bindparam("book"))
        .values(
            on_hand=books.c.on_hand + bindparam("more_on_hand"), held=books.c.held + bindparam("more_held")
        )
    )


STOCK_CONDITION = replaced(
    "the condition of the statement that changes the stock", "storage.stock:CHANGE", _unconditional
)


@asynccontextmanager
async def _unchecked(scene: Scene) -> AsyncIterator[None]:
    url = str(scene.get("database_url") or scene.get("postgres_url") or scene.get("sqlite_url"))
    if url.startswith("sqlite"):
        with pytest.MonkeyPatch.context() as patch:
            ignored = (*storage.engine._PRAGMAS, "ignore_check_constraints=ON")
            patch.setattr(storage.engine, "_PRAGMAS", ignored)
            yield
        return
    connect: Any = asyncpg.connect  # it has no annotations
    connection = await connect(url.replace("postgresql+asyncpg://", "postgresql://", 1))
    try:
        await connection.execute("ALTER TABLE books DROP CONSTRAINT ck_books_stock")
        try:
            yield
        finally:
            await connection.execute("UPDATE books SET on_hand = 0, held = 0")
            check = str(next(one for one in books.constraints if one.name == "ck_books_stock").sqltext)  # type: ignore[attr-defined]  # it is a CheckConstraint
            await connection.execute(f"ALTER TABLE books ADD CONSTRAINT ck_books_stock CHECK ({check})")
    finally:
        await connection.close()


STOCK_CHECK = Guard("the table's own check of the stock", "storage.tables.catalogue:books", _unchecked)

ORDER_LOCK = replaced("the lock on the order's row", "storage.orders:LOCK", lambda lock: GET)


def without_condition(*columns: str, always: bool) -> Any:
    """A statement in which every comparison of these columns (``table.column``) is always, or never, so."""

    def made(statement: Any) -> Any:
        dropped = []

        def swap(element: Any, **more: Any) -> Any:
            if isinstance(element, sa.BinaryExpression) and str(element.left) in columns:
                dropped.append(element)
                return sa.true() if always else sa.false()
            return None

        found = sa.sql.visitors.replacement_traverse(statement, {}, swap)
        if not dropped:
            raise LookupError(f"no condition on {columns}")
        return found

    return made


def _keyless(enter: Any) -> Any:
    async def entered(self: SqlPayments, entry: Any) -> bool:
        return bool(await enter(self, replace(entry, key=f"{entry.key}#{next(_numbers)}")))

    return entered


JOURNAL_KEY = replaced("the journal's unique key", "storage.payments:SqlPayments.enter", _keyless)
