"""A login while it lasts: whose it is, where it ends, and what is left of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.accounts import logs_in
from tests.chat.buying import puts_in_cart
from tests.chat.conftest import OpenShop
from tests.chat.shop import PASSWORD, Shop


async def test_two_people_with_one_phone_see_nothing_of_each_other(shop: Shop) -> None:
    phone = await shop.customer("Ann")
    await puts_in_cart(phone, "dune")
    await phone.types("the long shelf")
    old_page = phone.button("2")
    await phone.types("/logout")
    phone.sees("clear it")

    await shop.register(phone, "bob@example.org")
    await phone.types("/cart")
    phone.does_not_see("Dune")
    await phone.types("/orders")
    phone.does_not_see("Dune")
    await phone.presses(old_page)
    phone.does_not_see("ann@example.org")
    await phone.types("/logout")
    await logs_in(phone, "ann@example.org")
    await phone.types("/cart")
    phone.sees("1 × Dune")


async def test_logging_out_twice_is_as_good_as_once(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await ann.types("/logout")
    ann.sees("Nobody is logged in here.", "Log in")


async def test_a_login_ends_after_its_thirty_days(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await shop.pass_time(timedelta(days=29, hours=23))
    await ann.types("/login")
    ann.sees("You are logged in as Ann.")
    await shop.pass_time(timedelta(hours=1))
    await ann.types("/login")
    ann.sees("Your email address, please.")


async def test_logging_out_everywhere_ends_the_login_on_the_other_phone(shop: Shop) -> None:
    phone, tablet = await shop.customer("Ann"), await shop.person("Ann")
    await logs_in(tablet, "ann@example.org")
    await phone.types("/start")
    await phone.taps("Ann")
    await phone.taps("Log out everywhere")
    phone.sees("2 logins have ended")
    await tablet.taps("Ann")
    tablet.sees("Please log in first.", "Your email address, please.")
    await tablet.types("ann@example.org")
    await tablet.types(PASSWORD)
    tablet.sees("Welcome back, Ann.", "Change password")


async def test_a_customer_is_spoken_to_in_their_language_wherever_they_log_in(shop: Shop) -> None:
    anna = await shop.person("Anna", language="de")
    await anna.types("/login")
    anna.sees("Ihre E-Mail-Adresse, bitte.")
    await anna.taps("Ich bin neu hier")
    await anna.types("anna@example.org")
    await anna.taps("Anna")
    await anna.types(PASSWORD)
    anna.sees("Willkommen, Anna.")
    abroad = await shop.person("Anna", language="en")
    await logs_in(abroad, "anna@example.org")
    abroad.sees("Willkommen zurück, Anna.")


async def test_a_password_is_neither_stored_nor_logged(
    open_shop: OpenShop, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shop = await open_shop(log_level="debug")
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await logs_in(ann, "ann@example.org", "not my password")
    await ann.types(PASSWORD)
    await shop.stop()
    stored = kept_in(tmp_path)
    logged = "".join(capfd.readouterr())
    assert b"ann@example.org" in stored
    for secret in (PASSWORD, "not my password"):
        assert secret.encode() not in stored
        assert secret not in logged


def kept_in(folder: Path) -> bytes:
    """Every byte of the database's files."""
    return b"".join(path.read_bytes() for path in folder.glob("shop*"))
