"""Logging in and out, in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.accounts import logs_in, own_messages
from tests.chat.buying import puts_in_cart
from tests.chat.shop import PASSWORD, Shop


async def test_register_log_out_and_log_in_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    ann.sees("Your email address, please.")
    await ann.taps("I am new here")
    ann.sees("Your email address first, please.")
    await ann.types("ann@example.org")
    ann.sees("What may I call you?")
    await ann.taps("Ann")
    ann.sees("a password of at least 8 characters")
    await ann.types(PASSWORD)
    ann.sees("Welcome, Ann. You have an account now, and you are logged in.")
    assert PASSWORD not in own_messages(ann)

    await ann.types("/logout")
    ann.sees("You are logged out.")
    await ann.taps("Log in")
    await ann.types("Ann@Example.org")
    ann.sees("Your password for Ann@Example.org", "I delete your message")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")
    assert PASSWORD not in own_messages(ann)


async def test_a_restart_in_the_middle_of_a_login_is_not_noticed(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await ann.taps("Log in")
    await shop.restart()
    await ann.types("ann@example.org")
    await shop.crash()
    await shop.start()
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")
    await shop.restart()
    await ann.types("/login")
    ann.sees("You are logged in as Ann.")


async def test_a_wrong_password_and_an_unknown_address_read_the_same(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    bob = await shop.person("Bob")
    for person, email in ((ann, "ann@example.org"), (bob, "who@example.org")):
        await logs_in(person, email, "not my password")
        person.sees("That email and password don't belong together. 4 tries left.")
        person.sees("Another address", "Forgotten", "Cancel")
    known, unknown = (
        person.screen.replace(email, "…")
        for person, email in ((ann, "ann@example.org"), (bob, "who@example.org"))
    )
    assert known == unknown


async def test_after_a_wrong_password_the_right_one_can_be_typed_at_once(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await logs_in(ann, "ann@example.org", "not my password")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")


async def test_after_a_wrong_password_another_address_can_be_taken(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await logs_in(ann, "anne@example.org")
    await ann.taps("Another address")
    await ann.types("ann@example.org")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")


async def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await logs_in(ann, "ann@example.org", "wrong 1234")
    for left in ("3 tries left", "2 tries left", "One try left", "too many wrong passwords"):
        await ann.types("wrong 1234")
        ann.sees(left)
    await ann.types(PASSWORD)
    ann.sees("the door stays shut until")
    assert PASSWORD not in own_messages(ann)
    await shop.pass_time(timedelta(minutes=15))
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")


async def test_a_locked_account_is_locked_on_every_phone(shop: Shop) -> None:
    await shop.customer("Ann")
    bob = await shop.person("Bob")
    await logs_in(bob, "ann@example.org", "wrong 1234")
    for _ in range(4):
        await bob.types("wrong 1234")
    tablet = await shop.person("Ann")
    await logs_in(tablet, "ann@example.org")
    tablet.sees("too many wrong passwords")


@pytest.mark.parametrize(
    "nonsense", ["ann", "ann@", "@example.org", "ann@example", "🦊", '<b>&"@', "x" * 5000]
)
async def test_what_is_no_address_is_asked_for_again(shop: Shop, nonsense: str) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.types(nonsense)
    ann.sees("That does not look like an email address.", "Your email address, please.")


async def test_a_sticker_in_the_password_step_is_told_what_is_expected(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types("ann@example.org")
    for _ in range(2):
        await ann.sends_sticker()
        ann.sees("Here I need a few typed words.", "Your password for ann@example.org")
        assert ann.last["text"].count("Here I need a few typed words.") == 1
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")


async def test_a_command_leaves_the_login_and_the_next_text_is_a_search(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    await ann.types("/help")
    ann.sees("How this works")
    await ann.types("dune")
    ann.sees("Frank Herbert")


async def test_cancel_leads_back_to_where_the_login_began(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Log in")
    await ann.types("ann@example.org")
    await ann.taps("Cancel")
    ann.sees("please log in")
    await ann.types("dune")
    ann.sees("Frank Herbert")


async def test_a_login_on_the_way_to_the_counter_comes_back_to_exactly_there(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Log in")
    await ann.types("ann@example.org")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.", "Dune", "Reserve")


async def test_a_login_from_the_front_door_does_not_end_at_a_counter_that_was_left(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await puts_in_cart(ann, "dune")
    await ann.taps("Cart")
    await ann.taps("Check out")
    ann.sees("please log in")
    await ann.types("/start")
    await logs_in(ann, "ann@example.org")
    ann.sees("Welcome back, Ann.", "Staff picks")


async def test_the_way_back_survives_a_detour_by_a_taken_address(shop: Shop) -> None:
    await shop.customer("Ann")
    guest = await shop.person("Ann")
    await puts_in_cart(guest, "dune")
    await guest.taps("Cart")
    await guest.taps("Check out")
    await guest.taps("I am new here")
    await guest.types("ann@example.org")
    await guest.taps("Ann")
    await guest.types(PASSWORD)
    guest.sees("There is an account for ann@example.org already.")
    await guest.taps("Log in")
    await guest.types("ann@example.org")
    await guest.types(PASSWORD)
    guest.sees("Welcome back, Ann.", "Dune", "Reserve")


async def test_a_guests_cart_joins_the_customers(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await puts_in_cart(ann, "dune")
    await ann.types("/logout")
    await ann.types("/cart")
    ann.does_not_see("Dune")
    await puts_in_cart(ann, "dune", "emma")
    await logs_in(ann, "ann@example.org")
    await ann.types("/cart")
    ann.sees("2 × Dune", "1 × Emma")
    await ann.types("/logout")
    await ann.types("/cart")
    ann.does_not_see("Dune", "Emma")


async def test_a_message_that_telegram_does_not_delete_is_left_to_the_customer(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types("ann@example.org")
    await shop.telegram.fault(
        "error", "deleteMessage", times=0, code=400, description="Bad Request: message can't be deleted"
    )
    await ann.types("not my password")
    ann.sees("Please delete it yourself.", "4 tries left")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.", "Please delete it yourself.")


async def test_a_password_that_comes_twice_logs_in_once(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/logout")
    await ann.types("/login")
    await ann.types("ann@example.org")
    await shop.telegram.fault("update_duplicate")
    await ann.types(PASSWORD)
    ann.sees("Welcome back, Ann.")
    async with shop.app.unit_of_work.reading() as look:
        found = await look.customers.by_email("ann@example.org")
        assert found is not None
        assert len(await look.sessions.live(found[0].id, shop.clock.now())) == 1
