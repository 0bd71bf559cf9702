"""sendInvoice, createInvoiceLink, answerPreCheckoutQuery.

Rules: telegram-bot-api Client.cpp (get_input_message_invoice, get_labeled_price_part), td InputInvoice.cpp,
LabeledPricePart.cpp, core.telegram.org/bots/api#sendinvoice and core.telegram.org/bots/payments/currencies.json
(amounts worth about US$ 1 to 10,000). What only the server checks has its error names; a title or description that is
too long is what td names so (MessagesManager.cpp: process_send_message_fail_error).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.currencies import LIMITS
from sandbox.errors import ApiError, bad_request
from sandbox.markup import check_pay_buttons, reply_markup
from sandbox.methods.registry import method
from sandbox.methods.sending import send
from sandbox.model import Json
from sandbox.params import Args, leading_integer

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

MAX_TITLE = 32
MAX_DESCRIPTION = 255
MAX_PAYLOAD = 128
MAX_AMOUNT = 999_999_999_999
NEEDS = (
    "need_name", "need_phone_number", "need_email", "need_shipping_address", "send_phone_number_to_provider",
    "send_email_to_provider", "is_flexible",
)  # fmt: skip


def required(args: Args, name: str) -> str:
    """A parameter that must not be empty (Client.cpp: get_required_string_arg)."""
    text = args.text(name)
    if not text:
        raise bad_request(f'Parameter "{name}" is required')
    return text


def invoice_of(args: Args) -> Json:
    """The invoice that a call describes, with everything the Pay sheet shows."""
    title, description, payload = (required(args, name) for name in ("title", "description", "payload"))
    currency = required(args, "currency")
    required(args, "prices")
    prices = _prices(args)
    tips = _tips(args)
    if len(title) > MAX_TITLE or len(description) > MAX_DESCRIPTION:
        raise bad_request("Wrong invoice information specified")
    if len(payload.encode()) > MAX_PAYLOAD:
        raise ApiError(400, "Bad Request: INVOICE_PAYLOAD_INVALID")
    total = sum(price["amount"] for price in prices)
    _check_provider(args, currency, prices, total)
    return {
        "title": title,
        "description": description,
        "start_parameter": args.text("start_parameter"),
        "currency": currency,
        "total_amount": total,
        "payload": payload,
        "prices": prices,
        "photo_url": args.text("photo_url") or None,
        "max_tip_amount": args.integer("max_tip_amount"),
        "suggested_tip_amounts": tips,
        "provider_data": args.text("provider_data"),
        **{name: args.flag(name) for name in NEEDS},
    }


def _prices(args: Args) -> list[Json]:
    value = args.json("prices", "Can't parse prices JSON object")
    if not isinstance(value, list):
        raise bad_request("Expected an Array of labeled prices")
    prices: list[Json] = []
    for one in value:
        prefix = "Can't parse labeled price: "
        if not isinstance(one, dict):
            raise bad_request(prefix + "LabeledPrice must be an Object")
        for name in ("label", "amount"):
            if one.get(name) is None:
                raise bad_request(prefix + f'Can\'t find field "{name}"')
        label, amount = one["label"], one["amount"]
        if not isinstance(label, str):
            raise bad_request(prefix + 'Field "label" must be of type String')
        if not label:
            raise bad_request(prefix + "LabeledPrice label must be non-empty")
        if isinstance(amount, bool) or not re.fullmatch(r"-?\d+", str(amount)):
            raise bad_request(prefix + 'Field "amount" must be a valid Number')
        prices.append({"label": label, "amount": int(amount)})
    if not prices:
        raise bad_request("There must be at least one price")
    if any(abs(price["amount"]) > MAX_AMOUNT for price in prices):
        raise bad_request("Too big amount of the currency specified")
    total = sum(price["amount"] for price in prices)
    if total <= 0:
        raise bad_request("Total price must be positive")
    if total > MAX_AMOUNT:
        raise bad_request("Total price is too big")
    return prices


def _tips(args: Args) -> list[int]:
    value = args.json("suggested_tip_amounts", "Can't parse suggested_tip_amounts JSON object")
    if value is None:
        value = []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of suggested tip amounts")
    highest = args.integer("max_tip_amount")
    if not 0 <= highest <= MAX_AMOUNT:
        raise bad_request("Invalid max_tip_amount of the currency specified")
    tips = [leading_integer(str(one)) for one in value]
    if any(tip <= 0 for tip in tips):
        raise bad_request("Suggested tip amount must be positive")
    if any(tip > highest for tip in tips):
        raise bad_request("Suggested tip amount can't be bigger than max_tip_amount")
    if len(tips) > 4:
        raise bad_request("There can be at most 4 suggested tip amounts")
    return tips


def _check_provider(args: Args, currency: str, prices: list[Json], total: int) -> None:
    token = args.text("provider_token")
    if currency == "XTR":
        if token:
            raise ApiError(400, "Bad Request: PAYMENT_PROVIDER_INVALID")
        if len(prices) != 1 or args.integer("max_tip_amount"):
            raise ApiError(400, "Bad Request: STARS_INVOICE_INVALID")
        return
    if not re.fullmatch(r"\d+:.+", token):
        raise ApiError(400, "Bad Request: PAYMENT_PROVIDER_INVALID")
    limits = LIMITS.get(currency)
    if limits is None:
        raise ApiError(400, "Bad Request: CURRENCY_INVALID")
    if not limits[0] <= total <= limits[1]:
        raise ApiError(400, "Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID")


@method("sendInvoice")
def send_invoice(sandbox: Sandbox, args: Args) -> Any:
    invoice = invoice_of(args)
    check_pay_buttons(reply_markup(args), invoice=True)
    start_parameter = args.text("start_parameter")
    if start_parameter and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start_parameter):
        raise ApiError(400, "Bad Request: START_PARAM_INVALID")
    shown = {
        name: invoice.pop(name)
        for name in ("title", "description", "start_parameter", "currency", "total_amount")
    }
    details = {"invoice_details": {**invoice, "payable": True, "paid": []}}
    return send(sandbox, args, {"invoice": shown}, details=details)


@method("createInvoiceLink")
def create_invoice_link(sandbox: Sandbox, args: Args) -> str:
    return sandbox.payments.link(invoice_of(args))


@method("answerPreCheckoutQuery")
def answer_pre_checkout_query(sandbox: Sandbox, args: Args) -> bool:
    error_message = None
    if not args.flag("ok"):
        error_message = required(args, "error_message")
    sandbox.payments.answer(str(args.integer("pre_checkout_query_id")), error_message)
    return True
