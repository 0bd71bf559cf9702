"""What `doctor` says of a shop that is in order, and of one that is not."""

from __future__ import annotations

from bot.commandline.doctor import Finding, Verdict, examine
from bot.settings import given
from tests.chat.buying import with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [finding for finding in findings if finding.subject == subject]


async def test_a_shop_in_order_has_nothing_wrong(open_shop: OpenShop) -> None:
    shop = await open_shop(mail=True)
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
    assert database.do == "python -m bot migrate"
