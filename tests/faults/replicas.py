"""Two replicas of a shop: two engines over one database, one clock, the same gateways."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from domain.ports.gateway import Capabilities
from domain.ports.unit_of_work import Work
from domain.shop import Shop
from storage.catalogue import SqlCatalogue
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import opened
from tests.domain.trade import SHOP, Hands, Trade

T = TypeVar("T")
LINK = Capabilities(refunds=True, partial_refunds=True, look_up=True, expire=True)
"""What a gateway can do that has a page of its own."""
WAITS = 1.0
"""Seconds that the first of two transactions stays open at most, so that the second comes to wait for it, on a busy machine too."""


@asynccontextmanager
async def replicas(
    url: str, *gateways: Any, clock: Hands | None = None, shop: Shop = SHOP
) -> AsyncIterator[tuple[Trade, Trade]]:
    """Opened here rather than by a fixture: a guard of the engine is taken out before there is one."""
    clock = clock or Hands()
    async with opened(url) as one, opened(url) as two:
        first, second = (
            Trade(SqlUnitOfWork(database), SqlCatalogue(database), *gateways, clock=clock, shop=shop)
            for database in (one, two)
        )
        yield first, second


async def overlapping(
    first: Trade,
    second: Trade,
    ahead: Callable[[Work], Awaitable[T]],
    behind: Callable[[Work], Awaitable[T]] | None = None,
) -> tuple[T | BaseException, T | BaseException]:
    """The first has done its work and not committed when the second begins: ``behind``, or the same. What either raised
    is returned."""
    done, caught_up = asyncio.Event(), asyncio.Event()
    for trade in (first, second):
        async with trade.turn():
            pass  # connected, so that nobody waits for that

    async def one() -> T:
        try:
            async with first.turn() as work:
                found = await ahead(work)
                done.set()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(caught_up.wait(), WAITS)
            return found
        finally:
            done.set()

    async def two() -> T:
        await done.wait()
        async with second.turn() as work:
            try:
                return await (behind or ahead)(work)
            finally:
                caught_up.set()

    left, right = await asyncio.gather(one(), two(), return_exceptions=True)
    return left, right
