"""Invoices: pay, decline, look at payments."""

from __future__ import annotations

from sandbox.model import Json
from sandbox.payments import Payment
from sandbox.person.routes import Asked, route


async def _shown(asked: Asked, payment: Payment) -> Json:
    asked.sandbox.world.store.flush()
    if wait := asked.seconds("wait"):
        await asked.sandbox.payments.wait(payment, wait)
    return asked.sandbox.payments.view(payment)


@route("POST", "/chats/{chat}/messages/{message_id}/pay")
async def pay(asked: Asked) -> Json:
    return await _shown(asked, asked.sandbox.payments.pay_message(asked.user(), asked.message(), asked.body))


@route("POST", "/invoices/pay")
async def pay_link(asked: Asked) -> Json:
    return await _shown(asked, asked.sandbox.payments.pay_link(asked.user(), asked.text("url"), asked.body))


@route("GET", "/invoices")
def invoice(asked: Asked) -> Json:
    return asked.sandbox.payments.linked(asked.text("url"))


@route("GET", "/payments")
def payments(asked: Asked) -> Json:
    return {"payments": asked.sandbox.payments.all()}


@route("GET", "/payments/{id}")
async def payment(asked: Asked) -> Json:
    return await _shown(asked, asked.sandbox.payments.find(asked.text("id")))


@route("POST", "/payments/{id}/deliver")
def deliver(asked: Asked) -> Json:
    found = asked.sandbox.payments.find(asked.text("id"))
    asked.sandbox.payments.deliver(found)
    return asked.sandbox.payments.view(found)
