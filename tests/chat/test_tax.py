"""The tax that prices include, from the summary to the receipt and the close."""

from __future__ import annotations

from tests.chat.buying import at_summary, with_invoice
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop


async def test_customer_and_staff_read_the_tax_wherever_money_is_named(open_shop: OpenShop) -> None:
    shop = await open_shop(shop_tax_percent="7", cancel_keeps_percent=10)
    (tom,) = await shop.staff("Tom")
    ann = await at_summary(shop, "Ann", "dune")
    ann.sees("Total €12.50", "including 7% VAT: €0.82 (net €11.68)")
    await ann.taps("Pay")
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")
    ann.sees("€12.50, paid", "including 7% VAT: €0.82 (net €11.68)")
    await ann.types("/terms")
    ann.sees("Prices are in EUR. They include 7% VAT.")
    # The rate goes up; what was ordered before stays as it was.
    await shop.restart(shop_tax_percent="19")
    await ann.types("/orders")
    await ann.taps("B-")
    ann.sees("including 7% VAT: €0.82")
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    await tom.waits_for("Refunded €11.25")
    await tom.taps("Refunded €11.25")
    await ann.waits_for("is on its way back to you")
    ann.sees("including 7% VAT: €0.74 (net €10.51)")
    assert ann.screen.count("including 7% VAT") == 1
    await tom.types("/close")
    tom.sees("7% VAT · €0.08 in €1.25 (net €1.17)", "€1.25 is kept of 1 order")
    await ann.taps("Receipt")
    document = next(message for message in reversed(ann.messages) if "document" in message)
    assert (await ann.picture(document)).startswith(b"%PDF-")


async def test_a_shop_that_sets_no_rate_says_nothing_of_it(shop: Shop) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await with_invoice(shop, "Ann", "dune")
    await ann.pays()
    await ann.waits_for("Thank you, €12.50 received")
    await tom.types("/close")
    tom.sees("together €12.50")
    for person in (ann, tom):
        person.does_not_see("VAT", "Tax")
