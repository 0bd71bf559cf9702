"""What stands on a receipt."""

from __future__ import annotations

from dataclasses import replace

from bot.screens.receipt import receipt
from domain.order import Order
from tests.screens.orders_samples import NOW, an_order
from tests.screens.samples import ENGLISH, GERMAN, SHOP


def test_a_shop_that_is_its_own_owner_is_named_once() -> None:
    order: Order = an_order()
    same = replace(SHOP, owner=SHOP.name)
    assert receipt(order, (), ENGLISH, same, NOW).shop[:2] == ("The Corner Bookshop", "12 Mill Lane")
    other = replace(SHOP, owner="Mia Corner")
    assert receipt(order, (), ENGLISH, other, NOW).shop[:2] == ("The Corner Bookshop", "Mia Corner")


def test_the_tax_is_told_in_the_readers_language() -> None:
    shop = replace(SHOP, tax_note="Prices include VAT.", tax_notes={"de": "Inklusive MwSt."})
    assert receipt(an_order(), (), ENGLISH, shop, NOW).notes[0] == "Prices include VAT."
    assert receipt(an_order(), (), GERMAN, shop, NOW).notes[0] == "Inklusive MwSt."
