"""The card gateway's page and the person's side of it, over HTTP (a browser meets it in tests/browser/test_card_page.py)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.card.page import CARDS, WORDS
from sandbox.sandbox import Sandbox
from tests.sandbox.card_shop import CardShop, Json


@pytest.fixture
async def shop(sandbox: Sandbox) -> AsyncIterator[CardShop]:
    async with aiohttp.ClientSession() as http:
        yield CardShop(sandbox, http)


async def test_the_page_shows_what_is_paid_for_and_every_card_in_the_customers_language(
    shop: CardShop,
) -> None:
    lines = [{"label": "Dune", "amount": 1000}, {"label": "Tüte", "amount": 90}]
    page = await shop.looks(await shop.opens(lines=lines, language="de"))
    for text in (
        'lang="de"',
        "The Corner Bookshop · B-7K4Q",
        "Dune",
        "10,00\xa0€",
        "Tüte",
        "0,90\xa0€",
        "10,90\xa0€ bezahlen",
    ):
        assert text in page
    for digits in CARDS:
        assert f"•••• {digits}" in page


async def test_a_language_that_the_page_does_not_speak_is_english(shop: CardShop) -> None:
    page = await shop.looks(await shop.opens(language="ja"))
    assert 'lang="en"' in page
    assert "Pay €10.90" in page


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["en"].keys() == WORDS["de"].keys()


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "Pay ¥1,090"), ("KWD", "Pay KWD1.090")])
async def test_amounts_have_the_digits_of_their_currency(shop: CardShop, currency: str, shown: str) -> None:
    page = await shop.looks(await shop.opens(currency=currency))
    assert shown in page.replace("\xa0", "")


async def test_what_the_shop_sends_is_text_and_never_markup(shop: CardShop) -> None:
    nasty = "<script>alert(1)</script>\"'&"
    made = await shop.opens(description=nasty, lines=[{"label": nasty, "amount": 1090}])
    page = await shop.looks(made)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") == 3


@pytest.mark.parametrize(
    ("url", "back"),
    [
        ("https://shop.example/thanks?a=1&b=2", "https://shop.example/thanks?a=1&amp;b=2"),
        ("https://t.me/corner_bot", "/"),
        ("javascript:alert(1)", "/"),
        ("data:text/html,x", "/"),
        ('https://x.example/"onclick="', "https://x.example/&quot;onclick=&quot;"),
        ("", "/"),
    ],
)
async def test_the_way_back_leads_to_the_shops_address_or_to_the_chat(
    shop: CardShop, url: str, back: str
) -> None:
    made = await shop.opens(return_url=url)
    assert f'href="{back}"' in await shop.looks(made)
    assert f'href="{back}"' in await shop.pays(made)


async def test_the_page_loads_nothing_of_anybody_elses_and_is_shown_in_no_frame(shop: CardShop) -> None:
    made = await shop.opens()
    async with shop.http.get(made["url"]) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


async def test_a_page_of_no_payment_is_not_found(shop: CardShop) -> None:
    address = f"{shop.sandbox.url}/card/pay/pay_1"
    async with shop.http.get(address) as shown, shop.http.post(address, data={"card": "4242"}) as paid:
        assert (shown.status, paid.status) == (404, 404)


@pytest.mark.parametrize("card", ["1111", ""])
async def test_a_card_that_the_page_does_not_offer_pays_nothing(shop: CardShop, card: str) -> None:
    made = await shop.opens()
    async with shop.http.post(made["url"], data={"card": card}) as answer:
        assert answer.status == 400
    assert (await shop.finds(made))["state"] == "open"


async def test_two_tabs_that_pay_at_once_charge_once(shop: CardShop) -> None:
    made = await shop.opens()
    pages = await asyncio.gather(*(shop.pays(made) for _ in range(8)))
    assert all("€10.90 went to the shop" in page for page in pages)
    _, told = await shop.at_desk("GET", "/events")
    assert len(told["events"]) == 1


async def test_a_payment_that_is_cancelled_while_its_page_is_open_takes_nothing(shop: CardShop) -> None:
    made = await shop.opens()
    assert "Pay €10.90" in await shop.looks(made)
    await shop.does("POST", f"/payments/{made['id']}/cancel")
    assert "This link has ended" in await shop.pays(made)
    assert (await shop.finds(made))["charge"] == ""


async def test_a_late_bank_is_waited_for_on_the_page(shop: CardShop) -> None:
    made = await shop.opens()
    page = await shop.pays(made, "0119")
    assert "The bank is thinking" in page
    assert 'http-equiv="refresh"' in page
    assert "The bank is thinking" in await shop.pays(made, "0002")
    shop.sandbox.clock.advance(21)
    page = await shop.looks(made)
    assert "€10.90 went to the shop" in page
    assert 'http-equiv="refresh"' not in page


async def test_the_page_says_what_went_back(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.pays(made)
    await shop.refunds(made, 90, key="r")
    assert "€0.90 went back to the card" in await shop.looks(made)


# --- the person's side ------------------------------------------------------------------------------------------------


async def test_tests_pay_decline_and_refund_as_they_wish(shop: CardShop) -> None:
    first, second = await shop.opens("a"), await shop.opens("b")
    status, paid = await shop.at_desk(
        "POST", f"/payments/{first['id']}/pay", {"telling": "never", "after": 9}
    )
    assert (status, paid["state"], paid["telling"]) == (200, "processing", "never")
    shop.sandbox.clock.advance(10)
    await shop.at_desk("POST", f"/payments/{second['id']}/pay")
    for made in (first, second):  # two payments given back in one way
        status, given = await shop.at_desk("POST", f"/payments/{made['id']}/refund", {"amount": 90})
        assert (status, given["amount_refunded"]) == (200, 90)
    _, given = await shop.at_desk("POST", f"/payments/{first['id']}/refund")
    assert given["amount_refunded"] == 1090
    third = await shop.opens("c")
    _, declined = await shop.at_desk("POST", f"/payments/{third['id']}/decline")
    assert (declined["state"], declined["declined"]) == ("open", "insufficient_funds")
    _, declined = await shop.at_desk(
        "POST", f"/payments/{third['id']}/decline", {"reason": "stolen", "last": True}
    )
    assert (declined["state"], declined["declined"]) == ("declined", "stolen")
    _, every = await shop.at_desk("GET", "/payments")
    assert [one["reference"] for one in every["payments"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("verb", "path", "body", "status"),
    [
        ("POST", "/payments/{id}/pay", {"telling": "thrice"}, 400),
        ("POST", "/payments/{id}/pay", {"after": "soon"}, 400),
        ("POST", "/payments/pay_1/pay", {}, 404),
        ("POST", "/payments/pay_1/decline", {}, 404),
        ("POST", "/payments/pay_1/refund", {}, 404),
        ("POST", "/payments/pay_1/tell", {}, 404),
        ("POST", "/payments/{id}/refund", {}, 409),
        ("POST", "/payments/{id}/refund", {"amount": "all"}, 400),
        ("POST", "/faults", {"kind": "earthquake"}, 400),
        ("POST", "/faults", {"kind": "500", "operation": "sing"}, 400),
        ("POST", "/faults", {"kind": "500", "times": 0}, 400),
    ],
)
async def test_a_wrong_wish_is_refused_with_a_sentence(
    shop: CardShop, verb: str, path: str, body: Json, status: int
) -> None:
    made = await shop.opens()
    answered, answer = await shop.at_desk(verb, path.replace("{id}", made["id"]), body)
    assert (answered, list(answer)) == (status, ["error"])


async def test_pages_of_another_origin_may_not_pay(shop: CardShop) -> None:
    made = await shop.opens()
    strange = {"Origin": "https://evil.example"}
    path = f"{shop.sandbox.url}/sandbox/card/payments/{made['id']}/pay"
    async with shop.http.post(path, json={}, headers=strange) as answer:
        assert answer.status == 403
    async with shop.http.post(made["url"], data={"card": "4242"}, headers=strange) as answer:
        assert answer.status == 403
    assert (await shop.finds(made))["state"] == "open"


@pytest.mark.parametrize("kind", ["500", "timeout_before", "timeout_after", "drop_before", "drop_after"])
async def test_a_fault_meets_the_next_calls_of_an_operation_with_or_without_effect(
    shop: CardShop, kind: str
) -> None:
    made = await shop.opens()
    await shop.at_desk("POST", "/faults", {"kind": kind, "operation": "cancel", "times": 2, "seconds": 0.01})
    path = f"/payments/{made['id']}/cancel"
    for _ in range(2):
        if kind == "500":
            assert (await shop.asks("POST", path))[0] == 500
        else:
            with pytest.raises(aiohttp.ClientError):
                await shop.asks("POST", path)
    assert (await shop.finds(made))["state"] == ("cancelled" if kind.endswith("_after") else "open")
    assert (await shop.does("POST", path))["state"] == "cancelled"


async def test_faults_can_be_taken_away(shop: CardShop) -> None:
    await shop.at_desk("POST", "/faults", {"kind": "500", "times": 9})
    await shop.at_desk("DELETE", "/faults")
    await shop.opens()


async def test_what_the_shop_asked_can_be_read(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.refusal("POST", f"/payments/{made['id']}/refunds", {"amount": 1, "currency": "EUR"}, key="k")
    _, answer = await shop.at_desk("GET", "/calls")
    assert [(one["operation"], one["status"]) for one in answer["calls"]] == [
        ("create", 200),
        ("refund", 409),
    ]
    assert answer["calls"][0]["body"]["reference"] == "attempt-1"
