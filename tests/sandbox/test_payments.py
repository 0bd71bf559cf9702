"""sendInvoice, createInvoiceLink, answerPreCheckoutQuery, and how people pay."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox import payments
from sandbox.client import SandboxClient, SandboxError
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json

TOKEN = "284685063:TEST:abc"
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def invoice(**changes: Any) -> Json:
    return {
        "title": "Order B-7K4Q",
        "description": "Your books",
        "payload": "attempt-1",
        "provider_token": TOKEN,
        "currency": "EUR",
        "prices": [{"label": "The Dispossessed", "amount": 1090}],
        **changes,
    }


@pytest.fixture
async def sent(bot: Bot, ann: Person) -> Json:
    message: Json = await bot("sendInvoice", chat_id=ann.id, **invoice())
    await ann.looks()
    await bot.updates()
    return message


async def approve(bot: Bot, **answer: Any) -> Json:
    """Answers the next pre-checkout query; returns it."""
    while True:
        for update in await bot.updates():
            if "pre_checkout_query" in update:
                query: Json = update["pre_checkout_query"]
                await bot(
                    "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], **(answer or {"ok": True})
                )
                return query


async def pay(bot: Bot, person: Person, **wish: Any) -> tuple[Json, Json]:
    """Pays and approves; returns the query and the payment."""
    paying = asyncio.create_task(person.pays(**wish))
    query = await approve(bot)
    return query, await paying


async def test_an_invoice_shows_a_pay_sheet(bot: Bot, sent: Json, ann: Person) -> None:
    """core.telegram.org/bots/api#invoice: title, description, start_parameter, currency, total_amount."""
    assert sent["invoice"] == {
        "title": "Order B-7K4Q",
        "description": "Your books",
        "start_parameter": "",
        "currency": "EUR",
        "total_amount": 1090,
    }
    details = ann.messages[-1]["invoice_details"]
    assert details["prices"] == [{"label": "The Dispossessed", "amount": 1090}]
    assert (details["payable"], details["paid"]) == (True, [])


@pytest.mark.parametrize("name", ["title", "description", "payload", "currency", "prices"])
async def test_each_part_of_an_invoice_is_required(bot: Bot, ann: Person, name: str) -> None:
    """telegram-bot-api Client.cpp get_required_string_arg: 'Parameter "…" is required'."""
    refusal = await bot.refusal("sendInvoice", chat_id=ann.id, **invoice(**{name: ""}))
    assert refusal == f'Bad Request: parameter "{name}" is required'


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "x" * 33}, "wrong invoice information specified"),
        ({"description": "x" * 256}, "wrong invoice information specified"),
        ({"payload": "ü" * 65}, "INVOICE_PAYLOAD_INVALID"),
        ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
        ({"provider_token": "abc"}, "PAYMENT_PROVIDER_INVALID"),
        ({"currency": "EURO"}, "CURRENCY_INVALID"),
        ({"prices": "["}, "can't parse prices JSON object"),
        ({"prices": {}}, "expected an Array of labeled prices"),
        ({"prices": []}, "there must be at least one price"),
        ({"prices": [{"amount": 1}]}, "can't parse labeled price: Can't find field \"label\""),
        (
            {"prices": [{"label": "", "amount": 1}]},
            "can't parse labeled price: LabeledPrice label must be non-empty",
        ),
        (
            {"prices": [{"label": "x", "amount": 1.5}]},
            'can\'t parse labeled price: Field "amount" must be a valid Number',
        ),
        ({"prices": [{"label": "x", "amount": -1}]}, "total price must be positive"),
        ({"prices": [{"label": "x", "amount": 10**12}]}, "too big amount of the currency specified"),
        ({"prices": [{"label": "x", "amount": 50}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"prices": [{"label": "x", "amount": 10_000_000}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"max_tip_amount": -1}, "invalid max_tip_amount of the currency specified"),
        (
            {"max_tip_amount": 5, "suggested_tip_amounts": [6]},
            "suggested tip amount can't be bigger than max_tip_amount",
        ),
        (
            {"max_tip_amount": 5, "suggested_tip_amounts": [1] * 5},
            "there can be at most 4 suggested tip amounts",
        ),
        ({"start_parameter": "a b"}, "START_PARAM_INVALID"),
        ({"currency": "XTR"}, "PAYMENT_PROVIDER_INVALID"),
        (
            {"currency": "XTR", "provider_token": "", "prices": [{"label": "x", "amount": 1}] * 2},
            "STARS_INVOICE_INVALID",
        ),
    ],
)
async def test_wrong_invoices_are_refused(bot: Bot, ann: Person, changes: Json, error: str) -> None:
    """core.telegram.org/bots/api#sendinvoice: title 1-32, description 1-255 characters, payload 1-128 bytes; telegram-bot-api
    Client.cpp get_labeled_price_part; td InputInvoice.cpp, LabeledPricePart.cpp; the server's own names for the rest."""
    assert await bot.refusal("sendInvoice", chat_id=ann.id, **invoice(**changes)) == f"Bad Request: {error}"


async def test_limits_are_inclusive(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendinvoice: 32, 255 characters and 128 bytes are allowed; discounts are negative prices."""
    prices = [{"label": "book", "amount": 1090}, {"label": "discount", "amount": -90}]
    changes = {"title": "x" * 32, "description": "x" * 255, "payload": "x" * 128, "prices": prices}
    message = await bot("sendInvoice", chat_id=ann.id, **invoice(**changes))
    assert message["invoice"]["total_amount"] == 1000


async def test_the_pay_button_comes_first(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendinvoice: "If not empty, the first button must be a Pay button"; the server's
    REPLY_MARKUP_BUY_EMPTY and BUTTON_TYPE_INVALID."""
    back, button = {"text": "Back", "callback_data": "b"}, {"text": "Pay", "pay": True}
    refused = [([[back]], "REPLY_MARKUP_BUY_EMPTY"), ([[back], [button]], "BUTTON_TYPE_INVALID")]
    for rows, error in refused:
        refusal = await bot.refusal(
            "sendInvoice", chat_id=ann.id, **invoice(), reply_markup={"inline_keyboard": rows}
        )
        assert refusal == f"Bad Request: {error}"
    rows = [[button], [back]]
    message = await bot("sendInvoice", chat_id=ann.id, **invoice(), reply_markup={"inline_keyboard": rows})
    assert message["reply_markup"] == {"inline_keyboard": rows}
    await ann.looks()
    tapped = await ann.client.request(
        "POST", f"/chats/{ann.id}/messages/{message['message_id']}/tap", {"user": ann.id, "label": "Pay"}
    )
    assert tapped == {"kind": "pay"}


async def test_a_payment_is_asked_approved_and_told(bot: Bot, sent: Json, ann: Person) -> None:
    """core.telegram.org/bots/payments: pre_checkout_query, answerPreCheckoutQuery, successful_payment."""
    query, payment = await pay(bot, ann)
    assert (query["from"]["id"], query["currency"], query["total_amount"]) == (ann.id, "EUR", 1090)
    assert query["invoice_payload"] == "attempt-1"
    assert payment["state"] == "paid"
    (update,) = await bot.updates()
    paid = update["message"]["successful_payment"]
    assert paid == {
        "currency": "EUR",
        "total_amount": 1090,
        "invoice_payload": "attempt-1",
        "telegram_payment_charge_id": payment["telegram_payment_charge_id"],
        "provider_payment_charge_id": payment["provider_payment_charge_id"],
    }
    assert update["message"]["chat"]["id"] == update["message"]["from"]["id"] == ann.id
    invoice_message = next(one for one in ann.messages if "invoice" in one)
    assert invoice_message["invoice_details"]["paid"] == [
        {"user": ann.id, "at": invoice_message["invoice_details"]["paid"][0]["at"]}
    ]


async def test_an_invoice_can_be_paid_again(bot: Bot, sent: Json, ann: Person) -> None:
    """core.telegram.org/bots/api#sendinvoice: an invoice stays payable; each payment has its own charge id."""
    _, first = await pay(bot, ann)
    _, second = await pay(bot, ann)
    assert first["telegram_payment_charge_id"] != second["telegram_payment_charge_id"]


async def test_the_bot_can_refuse_with_a_reason(bot: Bot, sent: Json, ann: Person) -> None:
    """core.telegram.org/bots/api#answerprecheckoutquery: ok False needs error_message, which the person reads."""
    paying = asyncio.create_task(ann.pays())
    await approve(bot, ok=False, error_message="The last copy is gone")
    payment = await paying
    assert (payment["state"], payment["error_message"]) == ("refused", "The last copy is gone")
    refusal = await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id="1", ok=False)
    assert refusal == 'Bad Request: parameter "error_message" is required'


async def test_the_bank_can_decline_after_the_approval(bot: Bot, sent: Json, ann: Person) -> None:
    """Nothing is taken and no successful_payment comes."""
    declining = asyncio.create_task(ann.declines())
    await approve(bot)
    assert (await declining)["state"] == "declined"
    assert await bot("getUpdates", offset=bot.offset) == []


async def test_an_unanswered_question_expires_after_ten_seconds(
    bot: Bot, sent: Json, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """core.telegram.org/bots/api#answerprecheckoutquery: "The Bot API must receive an answer within 10 seconds"."""
    assert payments.APPROVAL_SECONDS == 10
    monkeypatch.setattr(payments, "APPROVAL_SECONDS", 0.05)
    payment = await ann.pays()
    assert payment["state"] == "expired"
    (update,) = await bot.updates()
    query_id = update["pre_checkout_query"]["id"]
    assert await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=query_id, ok=True) == TOO_OLD


async def test_a_late_or_second_approval_is_refused(
    bot: Bot, telegram: SandboxClient, sent: Json, ann: Person
) -> None:
    """QUERY_ID_INVALID in the words of telegram-bot-api Client.cpp."""
    paying = asyncio.create_task(ann.pays(wait=2, bank_delay=0.2))
    query = await approve(bot)
    assert await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True) == TOO_OLD
    assert (await paying)["state"] == "paid"
    late = asyncio.create_task(ann.pays(wait=0.5))
    while not (update := (await bot.updates())[-1]).get("pre_checkout_query"):
        pass
    await telegram.advance(11)
    refusal = await bot.refusal(
        "answerPreCheckoutQuery", pre_checkout_query_id=update["pre_checkout_query"]["id"], ok=True
    )
    assert refusal == TOO_OLD
    assert (await late)["state"] == "asking"


@pytest.mark.parametrize(("delivery", "count"), [("now", 1), ("twice", 2), ("none", 0)])
async def test_the_news_of_a_payment_comes_as_wished(
    bot: Bot, sent: Json, ann: Person, delivery: str, count: int
) -> None:
    """docs/sandbox.md: `delivery` concerns the update with successful_payment; twice means the same update again."""
    await pay(bot, ann, delivery=delivery)
    updates = await bot("getUpdates", offset=bot.offset)
    assert len(updates) == count
    assert len({update["update_id"] for update in updates}) <= 1
    assert "successful_payment" in ann.messages[-1]


async def test_a_held_payment_is_delivered_late_and_again(
    bot: Bot, telegram: SandboxClient, sent: Json, ann: Person
) -> None:
    """docs/sandbox.md: held until `…/deliver`; called again, the same update comes once more."""
    _, payment = await pay(bot, ann, delivery="held")
    assert await bot("getUpdates", offset=bot.offset) == []
    await telegram.request("POST", f"/payments/{payment['id']}/deliver")
    (update,) = await bot.updates()
    assert update["message"]["successful_payment"]["invoice_payload"] == "attempt-1"
    await telegram.request("POST", f"/payments/{payment['id']}/deliver")
    assert await bot("getUpdates", offset=bot.offset) == [update]


async def test_somebody_else_pays_a_forwarded_copy(
    bot: Bot, telegram: SandboxClient, sent: Json, ann: Person
) -> None:
    """core.telegram.org/bots/api#sendinvoice: without a start_parameter "forwarded copies of the sent message will have a
    Pay button, allowing multiple users to pay directly from the forwarded message"."""
    tom = await telegram.person("Tom")
    body = {"user": tom.id, "outcome": "paid", "wait": 5}
    paying = asyncio.create_task(
        telegram.request("POST", f"/chats/{ann.id}/messages/{sent['message_id']}/pay", body)
    )
    query = await approve(bot)
    assert query["from"]["id"] == tom.id
    payment = await paying
    assert (payment["chat"], payment["state"]) == (tom.id, "paid")
    (update,) = await bot.updates()
    assert update["message"]["chat"]["id"] == tom.id


async def test_with_a_start_parameter_a_copy_opens_the_bot(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#sendinvoice: "If non-empty, forwarded copies … will have a URL button with a deep link"."""
    message = await bot("sendInvoice", chat_id=ann.id, **invoice(start_parameter="order1"))
    tom = await telegram.person("Tom")
    with pytest.raises(SandboxError, match="409"):
        await telegram.request(
            "POST", f"/chats/{ann.id}/messages/{message['message_id']}/pay", {"user": tom.id}
        )


async def test_a_link_opens_an_invoice(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#createinvoicelink."""
    link = await bot("createInvoiceLink", **invoice())
    assert link.startswith("https://t.me/$")
    assert (await telegram.request("GET", f"/invoices?url={link}"))["title"] == "Order B-7K4Q"
    paying = asyncio.create_task(
        telegram.request("POST", "/invoices/pay", {"user": ann.id, "url": link, "wait": 5})
    )
    await approve(bot)
    assert (await paying)["state"] == "paid"


async def test_a_tip_adds_to_the_amount(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendinvoice: max_tip_amount, suggested_tip_amounts."""
    await bot("sendInvoice", chat_id=ann.id, **invoice(max_tip_amount=200, suggested_tip_amounts=[100]))
    await ann.looks()
    query, payment = await pay(bot, ann, tip=100)
    assert query["total_amount"] == payment["total_amount"] == 1190
    with pytest.raises(SandboxError, match="tip is not possible"):
        await ann.pays(tip=201)


async def test_in_a_group_the_payment_shows_there(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/payments: invoices can be sent to groups; the service message appears in that chat."""
    group = await telegram.group("Readers", ann)
    await bot("sendInvoice", chat_id=group, **invoice())
    there = ann.at(group)
    await there.looks()
    _, payment = await pay(bot, there)
    assert payment["chat"] == group
    assert "successful_payment" in there.messages[-1]


async def test_the_page_hears_of_each_step(bot: Bot, sandbox: Sandbox, sent: Json, ann: Person) -> None:
    """docs/sandbox.md: the event `payment` brings each change."""
    before = sandbox.world.events.last
    await pay(bot, ann)
    told = [
        event.data["state"] for event in sandbox.world.events.after(before) or [] if event.name == "payment"
    ]
    assert told == ["asking", "paying", "paid"]
