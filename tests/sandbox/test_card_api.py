"""The card gateway's API, as docs/sandbox.md describes it: every rule and every refusal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.sandbox import Sandbox
from tests.sandbox.card_shop import WISH, CardShop, Json


@pytest.fixture
async def shop(sandbox: Sandbox) -> AsyncIterator[CardShop]:
    async with aiohttp.ClientSession() as http:
        yield CardShop(sandbox, http)


async def test_a_payment_is_shown_whole_with_the_address_of_its_page(shop: CardShop) -> None:
    lines = [{"label": "Dune", "amount": 1000}, {"label": "Bag", "amount": 90}]
    made = await shop.opens(
        lines=lines, language="de", return_url="https://t.me/corner_bot", expires_at=2_000_000_000
    )
    assert made.pop("url") == f"{shop.sandbox.url}/card/pay/{made['id']}"
    assert made.pop("created") == pytest.approx(shop.sandbox.clock.unix(), abs=5)
    assert made.pop("id").startswith("pay_")
    assert made == {
        "object": "payment", "reference": "attempt-1", "description": WISH["description"],
        "amount": 1090, "amount_refunded": 0, "currency": "EUR", "lines": lines, "language": "de",
        "return_url": "https://t.me/corner_bot", "expires_at": 2_000_000_000, "state": "open", "charge": "",
        "paid_at": 0, "declined": "", "cards_declined": 0, "refunds": [],
    }  # fmt: skip


@pytest.mark.parametrize("key", ["", "guess", "é", "card_key_sandbox"])
@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("POST", "/payments"),
        ("GET", "/payments"),
        ("GET", "/payments/pay_1"),
        ("POST", "/payments/pay_1/cancel"),
        ("POST", "/payments/pay_1/refunds"),
    ],
)
async def test_without_the_accounts_key_nothing_is_done_or_told(
    shop: CardShop, verb: str, path: str, key: str
) -> None:
    shop.key = key
    assert await shop.refusal(verb, path, WISH if verb == "POST" else None, key="k") == (401, "wrong_key")


async def test_bytes_that_are_no_text_are_a_wrong_key(shop: CardShop) -> None:
    reading, writing = await asyncio.open_connection(shop.sandbox.host, shop.sandbox.port)
    writing.write(b"GET /card/v1/payments HTTP/1.0\r\nAuthorization: Bearer \xff\xfe\r\n\r\n")
    assert (await reading.readline()).split()[1] == b"401"
    writing.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tip": 1}, "unknown_parameter"),
        ({"amount": "1090"}, "wrong_parameter"),
        ({"amount": 10.9}, "wrong_parameter"),
        ({"amount": True}, "wrong_parameter"),
        ({"amount": -1}, "wrong_parameter"),
        ({"amount": 0}, "wrong_parameter"),
        ({"amount": None}, "wrong_parameter"),
        ({"reference": ""}, "missing_parameter"),
        ({"description": ""}, "missing_parameter"),
        ({"currency": ""}, "missing_parameter"),
        ({"currency": "eur"}, "wrong_parameter"),
        ({"currency": "EURO"}, "wrong_parameter"),
        ({"currency": "ÄÖÜ"}, "wrong_parameter"),
        ({"lines": [{"label": "Dune", "amount": 1089}]}, "wrong_parameter"),
        ({"lines": [{"label": "Dune"}]}, "wrong_parameter"),
        ({"lines": [{"amount": 1090}]}, "wrong_parameter"),
        ({"lines": [{"label": "Dune", "amount": "1090"}]}, "wrong_parameter"),
        ({"lines": ["Dune"]}, "wrong_parameter"),
        ({"lines": "Dune"}, "wrong_parameter"),
    ],
)
async def test_a_payment_that_is_asked_for_wrongly_is_not_made(
    shop: CardShop, changes: Json, code: str
) -> None:
    assert await shop.refusal("POST", "/payments", WISH | changes, key="k") == (400, code)
    assert await shop.does("GET", "/payments") == {"data": []}


@pytest.mark.parametrize("name", ["reference", "description", "amount", "currency"])
async def test_what_is_needed_cannot_be_left_out(shop: CardShop, name: str) -> None:
    wish = {key: value for key, value in WISH.items() if key != name}
    assert await shop.refusal("POST", "/payments", wish, key="k") == (400, "missing_parameter")


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b"\xff", b"[" * 200_000])
async def test_a_body_that_is_no_json_object_is_refused(shop: CardShop, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {shop.key}", "Idempotency-Key": "k"}
    address = f"{shop.sandbox.url}/card/v1/payments"
    async with shop.http.post(address, data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, "no_json")


@pytest.mark.parametrize("key", ["", "k" * 256])
async def test_a_payment_and_a_refund_need_an_idempotency_key(shop: CardShop, key: str) -> None:
    assert await shop.refusal("POST", "/payments", WISH, key=key) == (400, "no_idempotency_key")
    made = await shop.opens()
    await shop.pays(made)
    wish = {"amount": 1, "currency": "EUR"}
    refused = await shop.refusal("POST", f"/payments/{made['id']}/refunds", wish, key=key)
    assert refused == (400, "no_idempotency_key")


async def test_a_key_answers_as_it_did_and_shows_how_it_stands_by_now(shop: CardShop) -> None:
    first = await shop.opens()
    assert await shop.opens() == first
    await shop.pays(first)
    again = await shop.opens()
    assert (again["id"], again["state"]) == (first["id"], "paid")
    assert len((await shop.does("GET", "/payments"))["data"]) == 1


async def test_a_key_refuses_another_request_also_one_of_another_kind(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.pays(made)
    other = await shop.refusal("POST", "/payments", WISH | {"amount": 1091}, key="start-attempt-1")
    assert other == (409, "idempotency_key_reused")
    wish = {"amount": 1, "currency": "EUR"}
    path = f"/payments/{made['id']}/refunds"
    assert await shop.refusal("POST", path, wish, key="start-attempt-1") == (409, "idempotency_key_reused")


@pytest.mark.parametrize(("verb", "path"), [("GET", ""), ("POST", "/cancel"), ("POST", "/refunds")])
async def test_a_payment_that_is_not_there_is_said_so(shop: CardShop, verb: str, path: str) -> None:
    wish = {"amount": 1, "currency": "EUR"} if path == "/refunds" else None
    assert await shop.refusal(verb, f"/payments/pay_1{path}", wish, key="k") == (404, "no_such_payment")


async def test_payments_are_listed_as_they_were_made_by_reference_and_by_when_they_were_paid(
    shop: CardShop,
) -> None:
    made = [await shop.opens(reference) for reference in ("c", "a", "b")]
    other = await shop.does("POST", "/payments", WISH | {"reference": "c"}, key="again")

    async def ids(**query: Any) -> list[str]:
        return [one["id"] for one in (await shop.does("GET", "/payments", params=query))["data"]]

    assert await ids() == [one["id"] for one in (*made, other)]
    assert await ids(reference="c") == [made[0]["id"], other["id"]]
    assert await ids(reference="x") == []
    await shop.pays(made[1])
    shop.sandbox.clock.advance(1000)
    await shop.pays(made[0])
    first, second = (await shop.finds(made[1]))["paid_at"], (await shop.finds(made[0]))["paid_at"]
    assert await ids(paid_until=second) == [made[1]["id"]]
    assert await ids(paid_from=first + 1, paid_until=second + 1) == [made[0]["id"]]
    assert await ids(paid_from=first, paid_until=second + 1, reference="b") == []
    assert await shop.refusal("GET", "/payments", params={"paid_from": "noon"}) == (400, "wrong_parameter")


async def test_refunds_are_listed_by_the_second_with_what_they_belong_to(shop: CardShop) -> None:
    made = await shop.opens("a")
    await shop.pays(made)
    paid = await shop.finds(made)
    wish = {"amount": 100, "currency": paid["currency"]}
    refund = await shop.does("POST", f"/payments/{made['id']}/refunds", wish, key="r1")
    at = refund["created"]
    about = {"payment": made["id"], "charge": paid["charge"], "reference": "a"}

    async def listed(start: int, until: int) -> list[Json]:
        found: list[Json] = (await shop.does("GET", "/refunds", params={"from": start, "until": until}))[
            "data"
        ]
        return found

    assert await listed(at, at + 1) == [refund | about]
    assert await listed(0, at) == await listed(at + 1, at + 100) == []
    assert await shop.refusal("GET", "/refunds") == (400, "missing_parameter")
    assert await shop.refusal("GET", "/refunds", params={"from": "noon", "until": 1}) == (
        400,
        "wrong_parameter",
    )


async def test_cancelling_ends_the_link_and_can_be_repeated(shop: CardShop) -> None:
    made = await shop.opens()
    for _ in range(2):
        assert (await shop.does("POST", f"/payments/{made['id']}/cancel"))["state"] == "cancelled"
    assert "This link has ended" in await shop.looks(made)
    assert "This link has ended" in await shop.pays(made)
    assert (await shop.finds(made))["charge"] == ""


async def test_what_is_paid_or_at_the_bank_cannot_be_cancelled(shop: CardShop) -> None:
    paid, late = await shop.opens("a"), await shop.opens("b")
    await shop.pays(paid)
    await shop.pays(late, "0119")
    for made in (paid, late):
        assert await shop.refusal("POST", f"/payments/{made['id']}/cancel") == (409, "not_cancellable")
    assert (await shop.finds(paid))["state"] == "paid"
    assert (await shop.finds(late))["state"] == "processing"


async def test_a_link_ends_by_itself_when_its_time_is_up(shop: CardShop) -> None:
    made = await shop.opens(expires_at=shop.sandbox.clock.unix() + 60)
    shop.sandbox.clock.advance(59)
    assert (await shop.finds(made))["state"] == "open"
    shop.sandbox.clock.advance(2)
    assert (await shop.finds(made))["state"] == "cancelled"
    assert "This link has ended" in await shop.pays(made)


async def test_what_is_at_the_bank_when_the_time_is_up_is_still_paid(shop: CardShop) -> None:
    made = await shop.opens(expires_at=shop.sandbox.clock.unix() + 10)
    await shop.pays(made, "0119")
    shop.sandbox.clock.advance(15)
    assert (await shop.finds(made))["state"] == "processing"
    shop.sandbox.clock.advance(6)
    found = await shop.finds(made)
    assert found["state"] == "paid"
    assert found["charge"].startswith("chg_")
    assert found["paid_at"] == pytest.approx(shop.sandbox.clock.unix(), abs=5)


async def test_the_third_declined_card_is_the_last(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.pays(made, "0002")
    found = await shop.finds(made)
    assert (found["state"], found["declined"], found["cards_declined"]) == ("open", "insufficient_funds", 1)
    await shop.pays(made, "0069")
    assert "three cards" in await shop.pays(made, "0002")
    assert "three cards" in await shop.pays(made, "4242")
    found = await shop.finds(made)
    assert (found["state"], found["charge"], found["cards_declined"]) == ("declined", "", 3)


async def test_a_card_that_pays_clears_what_was_said_of_the_one_before(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.pays(made, "0002")
    await shop.pays(made)
    found = await shop.finds(made)
    assert (found["state"], found["declined"], found["cards_declined"]) == ("paid", "", 1)


async def test_parts_go_back_until_nothing_is_left_and_each_key_once(shop: CardShop) -> None:
    made = await shop.opens()
    await shop.pays(made)
    first = await shop.refunds(made, 500, key="r1")
    assert await shop.refunds(made, 500, key="r1") == first
    assert (first["amount"], first["currency"]) == (500, "EUR")
    assert first["id"].startswith("ref_")
    path = f"/payments/{made['id']}/refunds"
    too_much = await shop.refusal("POST", path, {"amount": 591, "currency": "EUR"}, key="r2")
    assert too_much == (409, "refund_exceeds_payment")
    # What was refused is not remembered: the key is free for a request that can be granted.
    await shop.refunds(made, 590, key="r2")
    found = await shop.finds(made)
    assert (found["state"], found["amount_refunded"], len(found["refunds"])) == ("paid", 1090, 2)
    assert await shop.refusal("POST", path, {"amount": 1, "currency": "EUR"}, key="r3") == (
        409,
        "refund_exceeds_payment",
    )


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ({"amount": 1, "currency": "USD"}, (400, "wrong_currency")),
        ({"amount": 0, "currency": "EUR"}, (409, "refund_exceeds_payment")),
        ({"amount": -5, "currency": "EUR"}, (409, "refund_exceeds_payment")),
        ({"amount": 1}, (400, "missing_parameter")),
        ({"currency": "EUR"}, (400, "missing_parameter")),
        ({"amount": "1", "currency": "EUR"}, (400, "missing_parameter")),
        ({"amount": True, "currency": "EUR"}, (400, "missing_parameter")),
    ],
)
async def test_a_refund_that_is_asked_for_wrongly_is_not_made(
    shop: CardShop, wish: Json, refused: tuple[int, str]
) -> None:
    made = await shop.opens()
    await shop.pays(made)
    assert await shop.refusal("POST", f"/payments/{made['id']}/refunds", wish, key="k") == refused
    assert (await shop.finds(made))["refunds"] == []


async def test_nothing_goes_back_of_what_was_not_paid(shop: CardShop) -> None:
    made = await shop.opens()
    wish = {"amount": 1, "currency": "EUR"}
    assert await shop.refusal("POST", f"/payments/{made['id']}/refunds", wish, key="k") == (409, "not_paid")
