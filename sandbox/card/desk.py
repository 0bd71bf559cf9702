"""The customer's page of the card gateway (``/card/pay/<id>``), and what tests and people may ask of it (``/sandbox/card/...``)."""

from __future__ import annotations

from aiohttp import web

from sandbox.card.account import PAID, CardAccount, CardError, CardPayment
from sandbox.card.api import FAULTS, OPERATIONS, CardApi, CardFault
from sandbox.card.events import CardEvents
from sandbox.card.page import CARDS, pay_page
from sandbox.errors import PersonError
from sandbox.model import Json
from sandbox.person.routes import Asked, refuse_strangers, route
from sandbox.store import Store

TELLING = ("once", "twice", "never")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What the page may load and where it may lead to: nothing of anybody else's, and nobody shows it in a frame of theirs."""


class CardPage:
    """Served without the API's key: whoever has the link may pay."""

    def __init__(self, account: CardAccount, store: Store) -> None:
        self._account = account
        self._store = store

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/card/pay/{id}", self._show)
        router.add_post("/card/pay/{id}", self._pay)

    async def _show(self, request: web.Request) -> web.Response:
        try:
            payment = self._account.find(request.match_info["id"])
        except CardError:
            raise web.HTTPNotFound from None
        self._store.flush()  # what the page says is true after a crash as well
        return _html(pay_page(payment))

    async def _pay(self, request: web.Request) -> web.Response:
        try:
            refuse_strangers(request)
        except PersonError:
            raise web.HTTPForbidden from None
        card = CARDS.get(str((await request.post()).get("card", "")))
        if card is None:
            raise web.HTTPBadRequest
        payment_id = request.match_info["id"]
        try:
            if card.declines:
                self._account.decline(payment_id, card.declines)
            else:
                self._account.pay(payment_id, telling=card.telling, after=card.after)
        except CardError as error:
            if error.status == 404:
                raise web.HTTPNotFound from None
            # Paid or cancelled meanwhile: the page says so.
        self._store.flush()
        raise web.HTTPSeeOther(request.path)


def _html(text: str) -> web.Response:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/html", headers=headers)


class CardGateway:
    """The gateway's parts, as the sandbox has them."""

    def __init__(self, account: CardAccount, events: CardEvents, api: CardApi, store: Store) -> None:
        self.account = account
        self.events = events
        self.api = api
        self.page = CardPage(account, store)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        self.api.add_routes(router)
        self.page.add_routes(router)

    def view(self, payment: CardPayment) -> Json:
        return payment.view() | {"telling": payment.telling}


def _refused(error: CardError) -> PersonError:
    return PersonError(error.status, error.sentence)


@route("GET", "/card/payments")
def payments(asked: Asked) -> Json:
    gateway = asked.sandbox.card
    return {"payments": [gateway.view(payment) for payment in gateway.account.matching()]}


@route("POST", "/card/payments/{id}/pay")
def pay(asked: Asked) -> Json:
    telling = asked.text("telling", "once")
    if telling not in TELLING:
        raise PersonError(400, f"telling is one of {', '.join(TELLING)}")
    gateway = asked.sandbox.card
    try:
        paid = gateway.account.pay(
            asked.text("id"), telling=telling, after=asked.seconds("after", 0.0, 86_400.0)
        )
    except CardError as error:
        raise _refused(error) from None
    return gateway.view(paid)


@route("POST", "/card/payments/{id}/decline")
def decline(asked: Asked) -> Json:
    gateway = asked.sandbox.card
    reason, last = asked.text("reason", "insufficient_funds"), asked.flag("last")
    try:
        return gateway.view(gateway.account.decline(asked.text("id"), reason, last=last))
    except CardError as error:
        raise _refused(error) from None


@route("POST", "/card/payments/{id}/refund")
def refund(asked: Asked) -> Json:
    """What the shop's owner does at the provider's own desk, beside the bot."""
    gateway = asked.sandbox.card
    try:
        payment = gateway.account.find(asked.text("id"))
        amount = asked.integer("amount", payment.amount - payment.refunded)
        gateway.account.refund(
            f"desk {payment.id} {len(payment.refunds)}", payment.id, amount, payment.currency
        )
    except CardError as error:
        raise _refused(error) from None
    return gateway.view(payment)


@route("POST", "/card/payments/{id}/tell")
def tell(asked: Asked) -> Json:
    """Tell the shop (again) how a payment stands, whatever was told before."""
    gateway = asked.sandbox.card
    try:
        payment = gateway.account.find(asked.text("id"))
    except CardError as error:
        raise _refused(error) from None
    kind = "payment.paid" if payment.state == PAID else f"payment.{payment.state}"
    payment.telling = "once"
    gateway.events.add(kind, payment, asked.sandbox.clock.unix())
    return gateway.view(payment)


@route("GET", "/card/events")
def events(asked: Asked) -> Json:
    return {"events": asked.sandbox.card.events.view()}


@route("PUT", "/card/webhook")
def webhook(asked: Asked) -> Json:
    asked.sandbox.card.events.to(asked.text("url"))
    return {"url": asked.sandbox.card.events.url}


@route("GET", "/card/calls")
def calls(asked: Asked) -> Json:
    return {"calls": list(asked.sandbox.card.api.calls)}


@route("POST", "/card/faults")
def fault(asked: Asked) -> Json:
    kind, operation = asked.text("kind"), asked.text("operation")
    if kind not in FAULTS or operation not in ("", *OPERATIONS):
        raise PersonError(
            400, f"kind: {', '.join(FAULTS)}; operation: {', '.join(OPERATIONS)}, or none for any"
        )
    times = asked.integer("times", 1)
    if times < 1:
        raise PersonError(400, "times is 1 or more")
    wish = CardFault(kind, operation, times, asked.seconds("seconds", 60.0, 600.0))
    asked.sandbox.card.api.faults.append(wish)
    return vars(wish)


@route("DELETE", "/card/faults")
def clear_faults(asked: Asked) -> Json:
    asked.sandbox.card.api.faults.clear()
    return {}
