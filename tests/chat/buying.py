"""Steps that many transcripts begin with."""

from __future__ import annotations

from sandbox.persons import Person
from tests.chat.shop import Shop


async def finds(person: Person, title: str) -> None:
    """Searches for a title and opens its page, whether the search leads there by a list or at once."""
    await person.types(title)
    for _ in range(2):
        if any("Add to cart" in label or "In cart" in label for row in person.buttons for label in row):
            return
        await person.taps("1")


async def puts_in_cart(person: Person, *titles: str) -> None:
    for title in titles:
        await finds(person, title)
        await person.taps("Add to cart")


async def at_summary(shop: Shop, name: str, *titles: str) -> Person:
    """A customer who sees the summary of an order for these books."""
    person = await shop.customer(name)
    await puts_in_cart(person, *titles)
    await person.taps("Cart")
    await person.taps("Check out")
    return person


async def with_reservation(shop: Shop, name: str, *titles: str) -> Person:
    person = await at_summary(shop, name, *titles)
    await person.taps("Reserve")
    return person


async def with_invoice(shop: Shop, name: str, *titles: str) -> Person:
    """A customer who was sent the invoice."""
    person = await at_summary(shop, name, *titles)
    await person.taps("Pay")
    return person


async def pays_once_more(ann: Person, title: str) -> None:
    """Buys one more book in the chat, and hears that it is paid."""
    await puts_in_cart(ann, title)
    await ann.taps("Cart")
    await ann.taps("Check out")
    await ann.taps("Pay")
    await ann.pays()
    await ann.waits_for("received. Order B-")
