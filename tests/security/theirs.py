"""A shop in which others are in the middle of things, and whether a stranger touched or saw any of it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.feed_job import FeedFile, JobState
from domain.ids import UserId
from domain.order import OrderState
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from storage.tables import (
    attempts,
    cart_lines,
    carts,
    customers,
    dialogues,
    metadata,
    orders,
    questions,
    sessions,
)
from tests.chat.buying import puts_in_cart
from tests.chat.shop import Shop, settings_for

NAME, EMAIL, FILE = "Annelore", "annelore.wagner@example.org", "suppliers-own-prices.csv"
ASKED = "Have you a birthday present for my sister Mechthild?"
_EVERYBODYS = {"updates", "limits", "files", "update_failures"}
"""Tables that no row of which is anybody's: what came in, what was counted, which pictures Telegram has."""

Rows = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Theirs:
    """The names of other people's things, as a forger may have learnt or guessed them."""

    orders: Mapping[OrderState, int]
    attempts: tuple[str, ...]
    checkout: str
    fingerprint: str
    pickup_codes: tuple[str, ...]
    book: int
    job: int
    question: int
    marks: tuple[str, ...]
    """Texts that stand only in what is theirs."""


@asynccontextmanager
async def busy_shop(stocked: Path, folder: Path) -> AsyncIterator[tuple[Shop, Theirs]]:
    """Annelore has an order of each open kind and a summary on the screen; the staff have a file to decide about."""
    shops: list[Shop] = []

    async def settle(update_id: int) -> None:
        for shop in shops:
            await shop.settle(update_id)

    async with Sandbox.running(smtp_port=0) as sandbox, SandboxClient(sandbox.url, settle=settle) as client:
        shutil.copy(stocked, folder / "shop.db")
        shop = Shop(sandbox, client, settings_for(sandbox, folder / "shop.db"))
        await shop.start()
        shops.append(shop)
        try:
            yield shop, await _amid(shop)
        finally:
            await shop.stop()


async def _amid(shop: Shop) -> Theirs:
    await shop.staff("Tom")
    ann = await shop.customer(NAME, EMAIL)
    for title, way in (("emma", "Reserve"), ("dune", "Pay"), ("dune messiah", "Pay")):
        await puts_in_cart(ann, title)
        await ann.types("/cart")
        await ann.taps("Check out")
        await ann.taps(way)
        if title == "dune":
            await ann.pays()
            await ann.waits_for("Thank you")
    await ann.types("qwrtzplk xvbnmjh")
    await ann.taps("Ask the shop")
    await ann.types(ASKED)
    await ann.taps("Send")
    await puts_in_cart(ann, "the left hand of darkness")
    await ann.types("/cart")
    await ann.taps("Check out")
    _, checkout, fingerprint, _ = ann.button("Reserve").data.split(":")
    async with shop.app.unit_of_work.writing() as work:
        job = await work.feed_jobs.add(
            FeedFile("file-of-theirs", FILE, 10, UserId(1), "Tom"), shop.clock.now()
        )
        read = await work.feed_jobs.locked(job)
        assert read is not None
        await work.feed_jobs.save(replace(read, state=JobState.READ))
        await work.commit()
    await shop.deliver()
    async with shop.app.database.reading() as connection:
        rows = (await connection.execute(sa.select(orders))).all()
        asked = (await connection.execute(sa.select(questions.c.id))).scalar_one()
        tries = tuple((await connection.execute(sa.select(attempts.c.id))).scalars())
    codes = tuple(row.pickup_code for row in rows)
    return Theirs(
        orders={OrderState(row.state): row.id for row in rows},
        attempts=tries,
        checkout=checkout,
        fingerprint=fingerprint,
        pickup_codes=codes,
        book=1,
        job=job,
        question=asked,
        marks=(NAME, EMAIL, FILE, ASKED, checkout, *codes, *tries, *(row.number for row in rows)),
    )


async def rows_of_others(shop: Shop, *people: Person) -> Rows:
    """Everything that is stored and is not these people's own, each row as a text."""
    users = {person.id for person in people}
    found: Rows = {}
    async with shop.app.database.reading() as connection:
        mine = sa.select(sessions.c.customer_id).where(sessions.c.chat_id.in_(users))
        own_customers = set((await connection.execute(mine)).scalars())
        holders = [f"%{user}%" for user in users]
        own_carts = set(
            (
                await connection.execute(
                    sa.select(carts.c.id).where(
                        sa.or_(
                            carts.c.customer_id.in_(own_customers),
                            *(carts.c.owner.like(holder) for holder in holders),
                        )
                    )
                )
            ).scalars()
        )
        for table in metadata.sorted_tables:
            if table.name in _EVERYBODYS:
                continue
            rows = (await connection.execute(sa.select(table))).mappings().all()
            found[table.name] = frozenset(
                repr(tuple(row.values()))
                for row in rows
                if not _own(table.name, row, users, own_customers, own_carts)
            )
    return found


def _own(
    table: str,
    row: Mapping[Any, Any],
    users: Collection[int],
    own_customers: Collection[int],
    own_carts: Collection[int],
) -> bool:
    match table:
        case dialogues.name:
            return row["user_id"] in users
        case customers.name:
            return row["id"] in own_customers
        case sessions.name:
            return row["customer_id"] in own_customers
        case carts.name:
            return row["id"] in own_carts
        case cart_lines.name:
            return row["cart_id"] in own_carts
    return False


async def failures(shop: Shop) -> int:
    """How many updates the shop could not deal with."""
    async with shop.app.database.reading() as connection:
        table = metadata.tables["update_failures"]
        return int((await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one())
