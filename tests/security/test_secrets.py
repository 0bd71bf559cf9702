"""Secrets and passwords stand nowhere but where they belong: a shop lives through everything, and then all it left is searched.

It logs at its most talkative level while people log in, mistype, forget and change passwords and pay, while Telegram, Stripe and
the mail server fail, updates are malformed and the database is locked and broken. Each secret is a text that nothing else has.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.secret import webhook_secret
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from storage.catalogue import SqlCatalogue
from storage.engine import Database
from storage.search import SearchIndex
from tests.chat.buying import puts_in_cart
from tests.chat.shelves import BOOKS
from tests.chat.test_webhook import free_port
from tests.databases import opened
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn
from tests.security.open_shop import running, told
from tests.security.trusted_shop import (
    ADDRESS,
    FIRST,
    MAIL_PASSWORD,
    MALFORMED,
    MISTYPED,
    PROVIDER,
    SECOND,
    SECRET,
    THIRD,
    TrustedShop,
)

_JWT = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+")


@pytest.fixture
async def shop(database_url: str, tmp_path: Path) -> AsyncIterator[TrustedShop]:
    async with opened(database_url) as database:
        async for _ in SqlCatalogue(database, index=SearchIndex()).load(BOOKS, datetime.now(UTC)):
            pass
    async with (
        Sandbox.running(smtp_port=0) as sandbox,
        SandboxClient(sandbox.url, patience=30.0, silence=2.0) as client,
        StripeStandIn.running() as stripe,
    ):
        yield TrustedShop(database_url, tmp_path, sandbox, client, stripe, f"127.0.0.1:{free_port()}")


# --- what happens -------------------------------------------------------------------------------------------------------


async def _passwords(shop: TrustedShop, ann: Person) -> None:
    """Registered, mistyped, changed and forgotten, while Telegram sometimes fails."""
    await ann.types("/login")
    await ann.taps("I am new here")
    await ann.types(ADDRESS)
    await ann.types(await shop.code(after=0))
    await ann.types("Ann")
    await shop.telegram.fault("500", "deleteMessage")
    await ann.types(FIRST)
    ann.sees("Welcome, Ann")
    await shop.note_logins()
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types(ADDRESS)
    await shop.telegram.fault("drop_before", "sendMessage")
    await ann.types(MISTYPED[0])
    await ann.waits_for("4 tries left")
    await ann.types(FIRST)
    await ann.waits_for("Welcome back, Ann")
    await shop.note_logins()
    await ann.types("/start")
    await ann.taps("Ann")
    await ann.taps("Change password")
    await shop.telegram.fault("update_duplicate", update_type="message")
    await ann.types(FIRST)
    await ann.types(SECOND)
    await shop.note_logins()
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types(ADDRESS)
    mails = len(await shop.telegram.mails(ADDRESS))
    await ann.taps("Forgotten")
    await ann.types(await shop.code(after=mails))
    await ann.types(THIRD)
    await ann.waits_for("Your new password is set")
    await shop.note_logins()


async def _payments(shop: TrustedShop, ann: Person) -> None:
    """In the chat and on Stripe's page, with events that are right, repeated and forged, and with Stripe away."""
    await puts_in_cart(ann, "dune")
    await ann.types("/cart")
    await ann.taps("Check out")
    await ann.taps("in Telegram")
    await ann.waits_for("Held for you till")  # the invoice follows the tap's answer
    await ann.pays()
    await ann.waits_for("Thank you")
    await puts_in_cart(ann, "emma")
    await ann.types("/cart")
    await ann.taps("Check out")
    shop.stripe.down = True
    await ann.taps("online by card")
    await ann.waits_for("does not answer just now")
    shop.stripe.down = False
    await ann.taps("Try again")
    await ann.waits_for("on the page")
    session = shop.stripe.pays(list(shop.stripe.sessions)[-1])
    body, headers = shop.stripe.event("checkout.session.completed", session)
    assert [await shop.post("/gateway/stripe", body, **headers) for _ in range(2)] == [200, 200]
    forged = {"Stripe-Signature": headers["Stripe-Signature"][:-4] + "0000"}
    assert await shop.post("/gateway/stripe", body, **forged) == 400
    await ann.waits_for("Paid: order")


async def _malformed(shop: TrustedShop) -> None:
    """Updates that Telegram would not send, with a password where no text is expected."""
    secret = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(SECRET)}
    for number, rest in enumerate(
        (
            f'"message": "{MALFORMED}"',
            f'"message": {{"text": "{MALFORMED}"}}',
            f'"message": {{"message_id": 1, "date": 1, "chat": {{"id": 5, "type": "private"}}, "text": ["{MALFORMED}"]}}',
            f'"callback_query": {{"id": "1", "data": "{MALFORMED}", "from": 7}}',
            f'"{MALFORMED}": true',
        )
    ):
        update = f'{{"update_id": {90_000_000 + number}, {rest}}}'.encode()
        assert await shop.post("/telegram", update, **secret) in (200, 503)
    assert await shop.post("/telegram", f'{{"{MALFORMED}'.encode(), **secret) == 400


@asynccontextmanager
async def _locked(database: Database) -> AsyncIterator[None]:
    """Nobody else writes meanwhile."""
    async with database.writing() as connection:
        # A transaction begins with its first statement; SQLite's takes the lock as it begins.
        lock = "SELECT 1" if database.sqlite else "LOCK TABLE dialogues IN ACCESS EXCLUSIVE MODE"
        await connection.exec_driver_sql(lock)
        yield


@asynccontextmanager
async def _broken(database: Database) -> AsyncIterator[None]:
    """A table that is needed is gone: no failure that passes."""

    async def rename(old: str, new: str) -> None:
        async with database.writing() as connection:
            await connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")
            await connection.commit()

    await rename("limits", "limits_gone")
    try:
        yield
    finally:
        await rename("limits_gone", "limits")


async def _database_fails(shop: TrustedShop, ann: Person) -> None:
    """Just when a password was typed: the database is locked, then broken."""
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types(ADDRESS)
    async with opened(shop.database_url) as database:
        async with _locked(database):
            await _types_unheard(ann, MISTYPED[2])
            await told(shop.log, "comes again")
        await ann.waits_for("tries left", 20.0)
        async with _broken(database):
            await _types_unheard(ann, MISTYPED[3])
            await ann.waits_for("went wrong", 20.0)


async def _types_unheard(person: Person, text: str) -> None:
    body = {"user": person.id, "text": text, "reply_to": 0}
    await person.client.request("POST", f"/chats/{person.chat}/messages", body)


async def _mail_fails(shop: TrustedShop, ann: Person) -> None:
    await ann.types("/login")
    await ann.types(ADDRESS)
    await ann.types(MISTYPED[1])
    await ann.types("/login")
    await ann.types(ADDRESS)
    await ann.taps("Forgotten")
    await asyncio.sleep(0.5)


# --- the search ---------------------------------------------------------------------------------------------------------


def _secrets(shop: TrustedShop) -> dict[str, str]:
    return {
        "the bot's token": shop.sandbox.token,
        "half of the token": shop.sandbox.token.partition(":")[2],
        "the provider's token": PROVIDER,
        "Stripe's key": KEY,
        "Stripe's webhook secret": WEBHOOK_SECRET,
        "the mail server's password": MAIL_PASSWORD,
        "the shop's secret": SECRET,
        "Telegram's webhook secret": webhook_secret(SECRET),
        **{f"the password {text!r}": text for text in (FIRST, SECOND, THIRD, *MISTYPED, MALFORMED)},
    }


def _found(text: str, secrets: dict[str, str], codes: list[str]) -> Iterator[str]:
    for name, secret in secrets.items():
        if secret in text or secret.encode("unicode_escape").decode() in text:
            yield name
    for code in codes:
        if re.search(rf"(?<![\d.:-]){code}(?!\d)", text):
            yield f"the code {code}"


async def _cells(url: str) -> list[tuple[str, str]]:
    """Every column of every row of every table there is, the program's own or not."""
    cells = []
    async with opened(url) as database, database.reading() as connection:
        names = await connection.run_sync(lambda bound: sa.inspect(bound).get_table_names())
        for name in names:
            rows = await connection.execute(sa.text(f'SELECT * FROM "{name}"'))  # noqa: S608  # its own name
            for row in rows.mappings():
                cells += [(f"{name}.{column}", _text(value)) for column, value in row.items()]
    return cells


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _command_line(process: int) -> str:
    """What everybody on the machine can read of a process."""
    return Path(f"/proc/{process}/cmdline").read_text()


@pytest.mark.slow
async def test_no_secret_stands_where_it_does_not_belong(shop: TrustedShop) -> None:
    ann = await shop.person("Ann")
    async with running(shop.log, shop.settings()) as process:
        assert SECRET not in _command_line(process)
        await _passwords(shop, ann)
        await _payments(shop, ann)
        await _malformed(shop)
        await _database_fails(shop, ann)
    async with running(shop.log, shop.settings(smtp_user="shop", smtp_password=MAIL_PASSWORD)):
        await _mail_fails(shop, await shop.person("Ann's tablet"))
    secrets = _secrets(shop)
    assert len(shop.codes) == 2
    assert len(shop.tokens) >= 3

    log = shop.log.read_text()
    assert list(_found(log, secrets, shop.codes)) == []
    assert _JWT.findall(log) == []
    # It did all happen, and was told.
    for event in (
        '"turn"',
        "comes again",
        '"failed"',
        "Traceback",
        "unreadable update",
        "event refused",
        "mail",
    ):
        assert event in log, event

    cells = await _cells(shop.database_url)
    assert any(ADDRESS in text for _, text in cells)
    assert [place for place, text in cells if list(_found(text, secrets, shop.codes))] == []
    assert {place for place, text in cells if _JWT.search(text)} <= {"dialogues.token"}

    for person in shop.people:
        await person.looks()
        for message in person.messages:
            assert list(_found(str(message), secrets, [] if message["mine"] else shop.codes)) == []
            assert not _JWT.search(str(message))
    for mail in await shop.telegram.mails():
        assert list(_found(str(mail), secrets, [])) == []

    if shop.database_url.startswith("sqlite"):
        for file in shop.folder.glob("shop.db*"):
            assert [name for name, secret in secrets.items() if secret.encode() in file.read_bytes()] == []
