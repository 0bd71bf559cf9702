"""The mailbox."""

from __future__ import annotations

import time

from aiohttp import web

from sandbox.mail import attachment_bytes
from sandbox.model import Json
from sandbox.person.routes import Asked, route


@route("GET", "/mail")
async def mails(asked: Asked) -> Json:
    box = asked.sandbox.mailbox
    to, after = asked.text("to"), asked.integer("after", 0)
    deadline = time.monotonic() + asked.seconds("wait")
    while not (found := box.matching(to, after)):
        left = deadline - time.monotonic()
        if left <= 0 or not await box.wait(left):
            break
    return {"mails": found}


@route("DELETE", "/mail")
def clear(asked: Asked) -> Json:
    asked.sandbox.mailbox.clear()
    return {}


@route("GET", "/mail/{id}")
def mail(asked: Asked) -> Json:
    return asked.sandbox.mailbox.find(asked.integer("id")).view()


@route("GET", "/mail/{id}/raw")
def raw(asked: Asked) -> web.Response:
    found = asked.sandbox.mailbox.find(asked.integer("id"))
    return web.Response(body=found.raw.encode("latin-1"), content_type="text/plain")


@route("GET", "/mail/{id}/attachments/{number}")
def attachment(asked: Asked) -> web.Response:
    kind, data = attachment_bytes(asked.sandbox.mailbox.find(asked.integer("id")), asked.integer("number"))
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=data, content_type=kind, headers=headers)
