"""A stage for each database: the shop in a process of its own, Ann registered, Tom's group linked, the gateways open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from tests.chat.shelves import NOW, book
from tests.chat.shop import settings_for
from tests.crash.dying_shop import DyingShop, Nursery
from tests.crash.shared_clock import SharedClock
from tests.crash.stage import EMAIL, Stage
from tests.crash.tills import CardTill, StripeTill, Till
from tests.databases import opened
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    found = Nursery()
    yield found
    found.close()


@pytest.fixture
async def stage(database_url: str, nursery: Nursery, tmp_path: Path) -> AsyncIterator[Stage]:
    async with (
        opened(database_url) as database,
        StripeStandIn.running() as stripe,
        _shop(database, nursery, stripe, tmp_path) as shop,
    ):
        yield await _set(shop, database, _tills(shop, stripe))


@asynccontextmanager
async def _shop(
    database: Database, nursery: Nursery, stripe: StripeStandIn, folder: Path
) -> AsyncIterator[DyingShop]:
    shops: list[DyingShop] = []

    async def settle(update_id: int) -> None:
        for shop in shops:
            await shop.settle(update_id)

    async with Sandbox.running() as sandbox, SandboxClient(sandbox.url, settle=settle) as client:
        settings = settings_for(
            sandbox,
            folder / "unused",
            card=True,
            max_open_orders=1000,
            remind_staff_minutes=24 * 60,
            cancel_keeps_percent=10,
            stripe_secret_key=SecretStr(KEY),
            stripe_webhook_secret=SecretStr(WEBHOOK_SECRET),
            stripe_api_url=stripe.url,
        ).model_copy(update={"database": database.url})
        clock = SharedClock(folder / "clock")
        shop = DyingShop(sandbox, client, settings, nursery=nursery, database=database, clock=clock)
        await shop.start()
        shops.append(shop)
        try:
            yield shop
        finally:
            await shop.stop()
            clock.close()


def _tills(shop: DyingShop, stripe: StripeStandIn) -> dict[str, Till]:
    tills: tuple[Till, ...] = (StripeTill(stripe), CardTill(shop.sandbox))
    return {till.name: till for till in tills}


async def _set(shop: DyingShop, database: Database, tills: dict[str, Till]) -> Stage:
    rows = [book("Dune", "Frank Herbert", price="12.50", on_hand=5000)]
    async for _ in SqlCatalogue(database).load(rows, NOW):
        pass
    (tom,) = await shop.staff("Tom")
    ann = await shop.customer("Ann", EMAIL)
    async with shop.unit_of_work.reading() as look:
        (dune,) = await look.books.newest(1)
        found = await look.customers.by_email(EMAIL)
    assert found is not None
    return Stage(shop=shop, ann=ann, tom=tom, book=dune.id, tills=tills, customer=found[0].id)
