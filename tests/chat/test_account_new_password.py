"""A forgotten and a changed password, in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.persons import Person
from tests.chat.accounts import another, code_by_mail, logs_in, own_messages
from tests.chat.buying import puts_in_cart
from tests.chat.conftest import OpenShop
from tests.chat.shop import PASSWORD, Shop

ANN = "ann@example.org"
NEW = "an altogether better one"


@pytest.fixture
async def mailing(open_shop: OpenShop) -> Shop:
    """A shop that sends mails, in which Ann registered before it did."""
    shop = await open_shop()
    await shop.customer("Ann", id=101)
    await shop.restart(
        smtp_host=shop.sandbox.smtp_address.rpartition(":")[0],
        smtp_port=int(shop.sandbox.smtp_address.rpartition(":")[2]),
        smtp_security="none",
        mail_from="shop@corner.example",
    )
    return shop


async def back_again(shop: Shop) -> Person:
    """Ann, logged out, in the chat she registered in."""
    ann = await shop.person("Ann", id=101)
    await ann.types("/logout")
    return ann


async def opens_account(person: Person, name: str = "Ann") -> None:
    await person.types("/start")
    await person.taps(name)


async def test_a_forgotten_password_is_replaced_by_a_code(mailing: Shop) -> None:
    ann = await back_again(mailing)
    tablet = await mailing.person("Ann")
    await logs_in(tablet, ANN)
    await ann.taps("Log in")
    await ann.types(ANN)
    await ann.taps("Forgotten")
    ann.sees("If there is an account for ann@example.org")
    await ann.types(await code_by_mail(mailing, ANN))
    ann.sees("Your new password, please")
    await ann.types(NEW)
    ann.sees("Your new password is set, Ann. You are logged in here, and nowhere else.")
    assert NEW not in own_messages(ann)
    await tablet.types("/login")
    tablet.sees("Your email address, please.")
    await tablet.types(ANN)
    await tablet.types(PASSWORD)
    tablet.sees("4 tries left")
    await tablet.types(NEW)
    tablet.sees("Welcome back, Ann.")
    subjects = [mail["subject"] for mail in await mailing.telegram.mails(ANN)]
    assert subjects[1:] == ["Your new password at The Corner Bookshop"]


async def test_an_unknown_address_reads_the_same_and_gets_no_mail(mailing: Shop) -> None:
    ann, eve = await back_again(mailing), await mailing.person("Eve")
    for person, email in ((ann, ANN), (eve, "eve@example.org")):
        await person.types("/login")
        await person.types(email)
        await person.taps("Forgotten")
    for text in ("123450", "hello", "123451"):
        assert ann.screen.replace(ANN, "…") == eve.screen.replace("eve@example.org", "…")
        await ann.types(text)
        await eve.types(text)
    await mailing.deliver()
    assert await mailing.telegram.mails("eve@example.org") == []


async def test_a_restart_at_every_step_of_a_reset_is_not_noticed(mailing: Shop) -> None:
    ann = await back_again(mailing)
    await ann.taps("Log in")
    await ann.types(ANN)
    await mailing.restart()
    await ann.taps("Forgotten")
    code = await code_by_mail(mailing, ANN)
    await mailing.crash()
    await mailing.start()
    await ann.types(code)
    await mailing.restart()
    await ann.types(NEW)
    ann.sees("Your new password is set, Ann.")


async def test_a_code_is_no_good_in_another_chat(mailing: Shop) -> None:
    ann, eve = await back_again(mailing), await mailing.person("Eve")
    await ann.types("/login")
    await ann.types(ANN)
    await ann.taps("Forgotten")
    code = await code_by_mail(mailing, ANN)
    await mailing.pass_time(timedelta(seconds=30))
    await eve.types("/login")
    await eve.types(ANN)
    await eve.taps("Forgotten")
    await eve.types(code)
    eve.sees("No code is good any more")
    await ann.types(code)
    ann.sees("Your new password, please")


async def test_a_code_that_came_too_late_is_replaced(mailing: Shop) -> None:
    ann = await back_again(mailing)
    await ann.types("/login")
    await ann.types(ANN)
    await ann.taps("Forgotten")
    code = await code_by_mail(mailing, ANN)
    await mailing.pass_time(timedelta(minutes=16))
    await ann.types(code)
    ann.sees("No code is good any more")
    await ann.taps("New code")
    last = (await mailing.telegram.mails(ANN))[0]["id"]
    fresh = await code_by_mail(mailing, ANN, after=last)
    await ann.types(another(fresh))
    ann.sees("4 tries left")
    await ann.types(fresh)
    ann.sees("Your new password, please")


async def test_the_new_password_has_to_come_soon_after_the_code(mailing: Shop) -> None:
    ann = await back_again(mailing)
    await ann.types("/login")
    await ann.types(ANN)
    await ann.taps("Forgotten")
    await ann.types(await code_by_mail(mailing, ANN))
    await mailing.pass_time(timedelta(minutes=16))
    await ann.types(NEW)
    ann.sees("No code is good any more")
    assert NEW not in own_messages(ann)
    await logs_in(ann, ANN)
    ann.sees("Welcome back, Ann.")


async def test_a_reset_opens_a_locked_door_and_keeps_the_way_to_the_counter(mailing: Shop) -> None:
    ann = await back_again(mailing)
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Log in")
    await ann.types(ANN)
    for _ in range(5):
        await ann.types("wrong 1234")
    ann.sees("too many wrong passwords", "set a new one by mail")
    await ann.taps("Forgotten")
    await ann.types(await code_by_mail(mailing, ANN))
    await ann.types("password")
    ann.sees("everybody tries first")
    await ann.types(NEW)
    ann.sees("Your new password is set, Ann.", "Dune", "Reserve")


async def test_without_mail_the_shop_is_the_way(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.types(ANN)
    await ann.taps("Forgotten")
    ann.sees("Come by or get in touch")
    await ann.taps("Contact")
    ann.sees("12 Mill Lane", "hello@corner.example")


async def test_a_change_asks_for_the_old_password_and_ends_the_other_logins(shop: Shop) -> None:
    ann, tablet = await shop.customer("Ann"), await shop.person("Ann")
    await logs_in(tablet, ANN)
    await opens_account(ann)
    await ann.taps("Change password")
    ann.sees("First your present password, please.")
    await ann.types("not mine at all")
    ann.sees("That is not your password. 4 tries left.")
    await ann.types(PASSWORD)
    ann.sees("Your new password, please")
    await ann.types("12345678")
    ann.sees("everybody tries first")
    await ann.types(NEW)
    ann.sees("Your new password is set, Ann.", "Change password")
    assert not {PASSWORD, NEW, "12345678", "not mine at all"} & set(own_messages(ann))
    await tablet.types("/login")
    tablet.sees("Your email address, please.")
    await tablet.types(ANN)
    await tablet.types(NEW)
    tablet.sees("Welcome back, Ann.")


async def test_cancelling_a_change_leads_back_to_the_account_and_changes_nothing(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await opens_account(ann)
    await ann.taps("Change password")
    await ann.types(PASSWORD)
    await ann.taps("Cancel")
    ann.sees("Change password", ANN)
    await ann.types("/logout")
    await logs_in(ann, ANN)
    ann.sees("Welcome back, Ann.")


async def test_logged_out_elsewhere_while_changing_the_password(shop: Shop) -> None:
    ann, tablet = await shop.customer("Ann"), await shop.person("Ann")
    await logs_in(tablet, ANN)
    await opens_account(ann)
    await ann.taps("Change password")
    await ann.types(PASSWORD)
    await opens_account(tablet)
    await tablet.taps("Log out everywhere")
    await ann.types(NEW)
    ann.sees("Nobody is logged in here.")
    assert NEW not in own_messages(ann)
    await logs_in(ann, ANN)
    ann.sees("Welcome back, Ann.")


async def test_whoever_forgot_the_present_password_gets_a_code_and_comes_back(mailing: Shop) -> None:
    ann = await mailing.person("Ann", id=101)
    await opens_account(ann)
    await ann.taps("Change password")
    await ann.taps("Forgotten")
    await ann.types(await code_by_mail(mailing, ANN))
    await ann.types(NEW)
    ann.sees("Your new password is set, Ann.", "Change password")
