"""My data: seen, taken along, deleted."""

from __future__ import annotations

import json
from typing import Any

from sandbox.persons import Person
from tests.chat.accounts import logs_in, own_messages
from tests.chat.buying import puts_in_cart, with_reservation
from tests.chat.shop import PASSWORD, Shop

ANN = "ann@example.org"


async def opens_my_data(person: Person) -> None:
    await person.types("/start")
    await person.taps("Ann")
    await person.taps("My data")


async def exported(person: Person) -> dict[str, Any]:
    document = [message for message in person.messages if "document" in message][-1]
    assert document["document"]["file_name"].startswith("my-data-")
    found: dict[str, Any] = json.loads(await person.picture(document))
    return found


async def test_everything_that_is_kept_comes_as_a_file(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    await puts_in_cart(ann, "emma")
    await opens_my_data(ann)
    ann.sees("What we keep about you", "Name: Ann", "Orders: 1, of which open: 1", "Books in the cart: 1")
    await ann.taps("Send me the file")
    ann.sees("Here is your file.")
    found = await exported(ann)
    assert found["account"]["email"] == ANN
    assert [line["title"] for line in found["cart"]] == ["Emma"]
    assert [line["title"] for line in found["orders"][0]["lines"]] == ["Dune"]
    assert len(found["logins"]) == 1
    assert PASSWORD not in json.dumps(found)


async def test_my_data_is_asked_for_twice_and_comes_twice(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await opens_my_data(ann)
    await ann.taps("Send me the file", times=2)
    assert (await exported(ann))["account"]["name"] == "Ann"


async def test_an_account_is_deleted_with_the_password(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await puts_in_cart(ann, "dune")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    ann.sees("Delete your account?", "The law makes a shop keep its receipts")
    await ann.taps("Yes, go on")
    ann.sees("To be sure that it is you")
    await ann.types("not mine at all")
    ann.sees("That is not your password. 4 tries left.")
    await ann.types(PASSWORD)
    ann.sees("Your account is deleted.")
    assert PASSWORD not in own_messages(ann)
    await ann.types("/cart")
    ann.does_not_see("Dune")
    await logs_in(ann, ANN)
    ann.sees("That email and password don't belong together.")
    await shop.register(ann, ANN)
    ann.sees("Welcome, Ann.")


async def test_an_open_order_comes_first(shop: Shop) -> None:
    ann = await with_reservation(shop, "Ann", "dune")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    ann.sees("You still have an open order.")
    ann.does_not_see("Yes, go on")
    await ann.taps("Orders")
    ann.sees("B-")


async def test_an_order_placed_on_another_phone_meanwhile_keeps_the_account(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    await ann.taps("Yes, go on")
    tablet = await shop.person("Ann")
    await logs_in(tablet, ANN)
    await puts_in_cart(tablet, "dune")
    await tablet.taps("Cart")
    await tablet.taps("Check out")
    await tablet.taps("Reserve")
    await ann.types(PASSWORD)
    ann.sees("You still have an open order.")
    assert PASSWORD not in own_messages(ann)


async def test_deleting_ends_the_login_on_the_other_phone(shop: Shop) -> None:
    ann, tablet = await shop.customer("Ann"), await shop.person("Ann")
    await logs_in(tablet, ANN)
    await opens_my_data(tablet)
    old = tablet.button("Send me the file")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    await ann.taps("Yes, go on")
    await ann.types(PASSWORD)
    await tablet.presses(old)
    tablet.sees("Please log in first.")
    tablet.does_not_see(ANN)


async def test_an_old_yes_does_not_even_ask_for_the_password(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    old = ann.button("Yes, go on")
    await ann.types("/cart")
    await ann.presses(old)
    ann.does_not_see("To be sure that it is you")


async def test_cancelling_keeps_the_account(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await opens_my_data(ann)
    await ann.taps("Delete my account")
    await ann.taps("Yes, go on")
    await ann.taps("Cancel")
    ann.sees("What we keep about you")
    await ann.types(PASSWORD)  # no step any more: a search, like any other text
    await ann.types("/login")
    ann.sees("You are logged in as Ann.")
