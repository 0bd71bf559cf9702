"""What `doctor` says of a shop that is in order, and of one that is not."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.commandline.doctor import examine
from bot.commandline.findings import Finding, Verdict
from bot.settings import Settings, given
from storage.tables import attempts
from tests.chat.buying import with_invoice, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.chat.test_webhook import free_port
from tests.payments.stripe_stand_in import KEY, StripeStandIn


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [finding for finding in findings if finding.subject == subject]


async def test_a_shop_in_order_has_nothing_wrong(open_shop: OpenShop) -> None:
    shop = await open_shop(mail=True, telegram_provider_token=SecretStr("284685063:LIVE:tests"))
    await shop.staff("Tom")
    await shop.telegram.promote(shop.group)
    findings = await examine(shop.settings)
    assert [finding for finding in findings if finding.verdict is not Verdict.GOOD] == []


async def test_a_group_that_is_not_linked_is_wrong_and_it_says_what_to_do(shop: Shop) -> None:
    await with_reservation(shop, "Ann", "Emma")
    await shop.deliver()
    findings = await examine(shop.settings)
    (staff,) = about(findings, "staff")
    assert (staff.verdict, staff.do) == (Verdict.BAD, "python -m bot staff link")
    (messages,) = about(findings, "messages")
    assert "staff-card" in messages.says


async def test_privacy_mode_is_told(shop: Shop) -> None:
    await shop.staff("Tom")
    notes = about(await examine(shop.settings), "staff")
    assert any("privacy mode" in finding.says for finding in notes)


async def test_a_bot_that_was_thrown_out_of_its_group_is_told(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.request("DELETE", f"/chats/{shop.group}/members/bot?by={tom.id}")
    (staff,) = about(await examine(shop.settings), "staff")
    assert staff.verdict is Verdict.BAD


async def test_a_wrong_token_and_an_empty_database_are_told_at_once(shop: Shop) -> None:
    values = shop.settings.model_dump()
    values |= {
        "token": "7000000001:AAnotthistokenatallanywhere",
        "database": f"{shop.settings.database}.none",
    }
    values |= {"telegram_provider_token": "", "secret": "a secret of this test, long enough to sign with"}
    findings = await examine(given(**values))
    (token,) = about(findings, "token")
    (database,) = about(findings, "database")
    assert token.verdict is database.verdict is Verdict.BAD
    assert (database.says, database.do) == ("has no tables yet", "python -m bot migrate")


async def test_a_database_that_is_away_keeps_nothing_else_from_being_looked_at(shop: Shop) -> None:
    away = shop.settings.model_copy(update={"database": "postgresql+asyncpg://shop:geheim@127.0.0.1:9/shop"})
    findings = await examine(away)
    (database,) = about(findings, "database")
    assert (database.verdict, "BOOKSTALL_DATABASE" in database.do) == (Verdict.BAD, True)
    assert [finding.subject for finding in findings if finding.verdict is Verdict.BAD] == ["database"]
    (token,) = about(findings, "token")
    assert token.verdict is Verdict.GOOD


async def test_a_shop_that_was_never_opened_lacks_only_its_tables(shop: Shop) -> None:
    empty = shop.settings.model_copy(update={"database": f"{shop.settings.database}.none"})
    wrong = [finding.subject for finding in await examine(empty) if finding.verdict is Verdict.BAD]
    assert wrong == ["database"]


def payable_by_stripe(shop: Shop, **changes: object) -> Settings:
    stripe = {
        "stripe_secret_key": SecretStr("sk_test_1"),
        "stripe_webhook_secret": SecretStr("whsec_1"),
        "stripe_api_url": "http://127.0.0.1:9",  # nobody answers there
    }
    return shop.settings.model_copy(update=stripe | changes)


async def test_every_way_to_pay_that_is_set_is_named(shop: Shop) -> None:
    (payments,) = about(await examine(payable_by_stripe(shop)), "payments")
    assert payments.says == "Telegram Payments and Stripe are set"
    settings = payable_by_stripe(shop, telegram_provider_token=SecretStr(""))
    (payments,) = about(await examine(settings), "payments")
    assert (payments.verdict, payments.says) == (Verdict.GOOD, "Stripe is set")
    none = shop.settings.model_copy(update={"telegram_provider_token": SecretStr("")})
    (payments,) = about(await examine(none), "payments")
    assert (payments.verdict, payments.says) == (Verdict.NOTE, "only at the counter")


async def test_a_gateway_with_a_webhooks_secret_that_nobody_listens_to_is_told_with_what_to_do(
    shop: Shop,
) -> None:
    (events,) = about(await examine(payable_by_stripe(shop)), "events")
    assert events.verdict is Verdict.NOTE
    assert events.says.startswith("BOOKSTALL_STRIPE_WEBHOOK_SECRET is set, and nobody listens")
    for word in ("BOOKSTALL_WEBHOOK_URL", "BOOKSTALL_WEBHOOK_LISTEN", "/gateway/stripe"):
        assert word in events.do
    assert "whsec" not in events.says + events.do


async def test_a_gateway_that_is_heard_is_in_order_and_its_address_is_said(shop: Shop) -> None:
    url = "https://books.example.org"
    settings = payable_by_stripe(shop, webhook_url=url, webhook_listen=f"127.0.0.1:{free_port()}")
    (events,) = about(await examine(settings), "events")
    assert (events.verdict, events.says) == (Verdict.GOOD, f"Stripe's are taken at {url}/gateway/stripe")
    deaf = settings.model_copy(update={"stripe_webhook_secret": SecretStr("")})
    (events,) = about(await examine(deaf), "events")
    assert (events.verdict, "BOOKSTALL_STRIPE_WEBHOOK_SECRET" in events.do) == (Verdict.NOTE, True)


async def test_without_a_webhooks_secret_and_without_an_address_there_is_nothing_to_hear(shop: Shop) -> None:
    findings = await examine(payable_by_stripe(shop, stripe_webhook_secret=SecretStr("")))
    assert about(findings, "events") == []
    assert about(findings, "listening") == []


async def test_the_card_gateway_is_looked_at_as_well(open_shop: OpenShop) -> None:
    shop = await open_shop(card=True)
    findings = await examine(shop.settings.model_copy(update={"webhook_listen": ""}))
    assert about(findings, "payments")[0].says == "Telegram Payments and the sandbox's card gateway are set"
    (events,) = about(findings, "events")
    assert (events.verdict, "/gateway/sandbox_card" in events.do) == (Verdict.NOTE, True)
    (listening,) = about(await examine(shop.settings), "listening")
    assert (listening.verdict, "at another port with each start" in listening.says) == (Verdict.NOTE, True)


async def test_the_place_where_the_shop_listens_is_looked_at(open_shop: OpenShop) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(webhook_listen=at)
    (listening,) = about(await examine(shop.settings), "listening")
    assert (listening.verdict, listening.says) == (Verdict.GOOD, f"the shop answers at {at}")
    await shop.stop()
    (listening,) = about(await examine(shop.settings), "listening")
    assert (listening.verdict, listening.says) == (Verdict.GOOD, f"{at} is free for `python -m bot run`")


async def test_a_place_that_is_taken_or_none_of_this_machines_is_wrong(shop: Shop) -> None:
    taken = shop.sandbox.url.removeprefix("http://")
    settings = shop.settings.model_copy(update={"webhook_listen": taken})
    (listening,) = about(await examine(settings), "listening")
    assert (listening.verdict, listening.says) == (Verdict.BAD, f"another program answers at {taken}")
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{mute.getsockname()[1]}"
        settings = shop.settings.model_copy(update={"webhook_listen": at})
        (listening,) = about(await examine(settings), "listening")
    assert listening.verdict is Verdict.BAD
    assert listening.says.startswith(f"BOOKSTALL_WEBHOOK_LISTEN: cannot listen at {at}: ")
    assert "BOOKSTALL_WEBHOOK_LISTEN" in listening.do


async def test_covers_that_the_world_can_have_are_in_order(open_shop: OpenShop) -> None:
    at = f"127.0.0.1:{free_port()}"
    shop = await open_shop(public_url=f"http://{at}", webhook_listen=at)
    (covers,) = about(await examine(shop.settings), "covers")
    assert (covers.verdict, covers.says) == (
        Verdict.GOOD,
        f"cards in other chats have theirs from http://{at}/covers/",
    )
    await shop.stop()
    assert about(await examine(shop.settings), "covers") == []


async def test_covers_that_the_web_server_keeps_back_are_told_with_what_to_do(open_shop: OpenShop) -> None:
    shop = await open_shop(webhook_listen=f"127.0.0.1:{free_port()}")
    assert about(await examine(shop.settings), "covers") == []  # there is no public address
    for public in (shop.sandbox.url, f"http://127.0.0.1:{free_port()}"):  # another site, and nobody
        settings = shop.settings.model_copy(update={"public_url": public})
        (covers,) = about(await examine(settings), "covers")
        assert (covers.verdict, "/covers/" in covers.do) == (Verdict.NOTE, True)


async def test_a_test_token_of_the_payment_provider_is_told(shop: Shop) -> None:
    (keys,) = about(await examine(shop.settings), "keys")
    assert (keys.verdict, keys.says) == (Verdict.NOTE, "Telegram's token is a test token: no real money")


async def test_stripe_is_asked_whether_it_takes_the_key(shop: Shop) -> None:
    async with StripeStandIn.running() as stripe:
        settings = payable_by_stripe(
            shop,
            stripe_api_url=stripe.url,
            stripe_secret_key=SecretStr(KEY),
            telegram_provider_token=SecretStr(""),
        )
        (keys,) = about(await examine(settings), "keys")
        assert (keys.verdict, keys.says) == (Verdict.NOTE, "Stripe's key is a test key: no real money")
        wrong = settings.model_copy(update={"stripe_secret_key": SecretStr("sk_live_wrong")})
        (keys,) = about(await examine(wrong), "keys")
        assert (keys.verdict, keys.says) == (
            Verdict.BAD,
            "Stripe does not answer this key: AuthenticationError",
        )
        stripe.down = True
        (keys,) = about(await examine(settings), "keys")
        assert keys.verdict is Verdict.BAD


async def test_money_that_somebody_has_to_look_after_is_told(shop: Shop) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("received. Order B-")
    assert [finding.says for finding in about(await examine(shop.settings), "money")] == [
        "nothing is owed, nothing in doubt"
    ]
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    async with shop.app.database.writing() as connection:
        await connection.execute(sa.update(attempts).values(state="in_doubt"))
        await connection.commit()
    assert [finding.says for finding in about(await examine(shop.settings), "money")] == [
        "has to go back for 1 order",
        "is in doubt for 1 payment",
    ]


async def test_settings_that_everybody_can_read_are_wrong(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    file.write_text("BOOKSTALL_SHOP_NAME=Bookstall\n")
    for mode, verdicts in [(0o644, [Verdict.BAD]), (0o600, []), (0o640, [])]:
        file.chmod(mode)
        assert [finding.verdict for finding in about(await examine(shop.settings), "settings")] == verdicts


class _Usage(NamedTuple):
    free: int


async def test_a_full_disk_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, verdict in [(10**11, Verdict.GOOD), (10**9, Verdict.NOTE), (10**8, Verdict.BAD)]:
        monkeypatch.setattr("shutil.disk_usage", lambda path, free=free: _Usage(free))
        (disk,) = about(await examine(shop.settings), "disk")
        assert disk.verdict is verdict
