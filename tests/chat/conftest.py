"""A shop for each test, open and empty of people, with the catalogue of `tests.chat.shelves`."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import SandboxClient
from sandbox.sandbox import Sandbox
from tests.chat.shelves import stock_up
from tests.chat.shop import Shop, settings_for

OpenShop = Callable[..., Awaitable[Shop]]


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tests' catalogue, to be copied: filling it once a worker is quicker than once a test."""
    path = tmp_path_factory.mktemp("stocked") / "shop.db"
    stock_up(path)
    return path


@pytest.fixture
async def open_shop(stocked: Path, tmp_path: Path) -> AsyncIterator[OpenShop]:
    """Opens a shop with settings of its own: ``shop = await open_shop(mail=True, payment_minutes=30)``."""
    shops: list[Shop] = []

    async def settle(update_id: int) -> None:
        for shop in shops:
            await shop.settle(update_id)

    async with (
        Sandbox.running(smtp_port=0) as sandbox,
        SandboxClient(sandbox.url, settle=settle) as client,
    ):

        async def opened(**changes: Any) -> Shop:
            database = tmp_path / f"shop{len(shops)}.db"
            shutil.copy(stocked, database)
            shop = Shop(sandbox, client, settings_for(sandbox, database, **changes))
            await shop.start()
            shops.append(shop)
            return shop

        try:
            yield opened
        finally:
            for shop in shops:
                await shop.stop()


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    return await open_shop()
