"""Invoices paid: from Pay through the bot's approval and the bank to the message with `successful_payment`.

core.telegram.org/bots/payments: the bot has 10 seconds to answer a pre-checkout query; an invoice can be paid again.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from sandbox.callbacks import TOO_OLD
from sandbox.errors import PersonError, bad_request
from sandbox.model import Chat, Json, Message, User
from sandbox.world import World

APPROVAL_SECONDS = 10.0
FINAL = ("paid", "refused", "expired", "declined")
OUTCOMES = ("paid", "declined")
DELIVERIES = ("now", "held", "twice", "none")


@dataclass
class Payment:
    id: str
    user: int
    chat: int
    """Where the message about the payment goes."""
    message_id: int
    """The invoice's, 0 for a link."""
    currency: str
    total_amount: int
    payload: str
    outcome: str = "paid"
    bank_delay: float = 0.0
    delivery: str = "now"
    order_info: Json | None = None
    state: str = "asking"
    error_message: str | None = None
    at: float = 0.0
    query_id: str = ""
    telegram_payment_charge_id: str = ""
    provider_payment_charge_id: str = ""
    paid_message: int = 0
    update_id: int = 0
    held: Json | None = field(default=None, repr=False)


class Payments:
    """All payments, by id; kept over restarts (one that was under way then has expired)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_id: dict[str, Payment] = {}
        self._answers: dict[str, asyncio.Future[str | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._links: dict[str, Json] = {}
        for key, row in world.store.load("payment"):
            payment = Payment(**row)
            if payment.state not in FINAL:
                payment.state = "expired"
            self._by_id[key] = payment
        for key, row in world.store.load("invoice_link"):
            self._links[key] = row

    def link(self, invoice: Json) -> str:
        """A link that opens the Pay sheet of that invoice."""
        slug = "$" + secrets.token_urlsafe(12)
        self._links[slug] = invoice
        self._world.store.put("invoice_link", slug, invoice)
        return f"https://t.me/{slug}"

    def linked(self, url: str) -> Json:
        """The invoice of a link; 404 if the sandbox did not make it."""
        try:
            return self._links[url.rsplit("/", 1)[-1]]
        except KeyError:
            raise PersonError(404, "there is no such invoice") from None

    def find(self, payment_id: str) -> Payment:
        try:
            return self._by_id[payment_id]
        except KeyError:
            raise PersonError(404, "there is no such payment") from None

    def all(self) -> list[Json]:
        return [self.view(payment) for payment in self._by_id.values()]

    def pay_message(self, user: User, message: Message, wish: Json) -> Payment:
        """Presses Pay under an invoice. Who is not in its chat pays from a forwarded copy."""
        invoice = message.details.get("invoice_details")
        if invoice is None:
            raise PersonError(400, "that message is no invoice")
        chat = self._world.chats[message.chat_id]
        if user.id not in self._world.audience(chat):
            if message.content["invoice"]["start_parameter"]:
                raise PersonError(409, "a forwarded copy of this invoice opens the bot instead of paying")
            chat = self._world.private_chat(user.id)
        elif not invoice["payable"]:
            raise PersonError(409, "this copy of the invoice opens the bot instead of paying")
        return self._pay(user, chat, message, {**message.content["invoice"], **invoice}, wish)

    def pay_link(self, user: User, url: str, wish: Json) -> Payment:
        """Pays an invoice that was opened by its link."""
        return self._pay(user, self._world.private_chat(user.id), None, self.linked(url), wish)

    def _pay(self, user: User, chat: Chat, message: Message | None, invoice: Json, wish: Json) -> Payment:
        outcome, delivery = str(wish.get("outcome", "paid")), str(wish.get("delivery", "now"))
        if outcome not in OUTCOMES or delivery not in DELIVERIES:
            raise PersonError(400, f"an outcome is one of {OUTCOMES}, a delivery one of {DELIVERIES}")
        tip = int(wish.get("tip", 0))
        if not 0 <= tip <= invoice.get("max_tip_amount", 0):
            raise PersonError(400, "that tip is not possible here")
        world = self._world
        payment = Payment(
            str(world.next_number("payment")),
            user.id,
            chat.id,
            message.message_id if message is not None else 0,
            invoice["currency"],
            invoice["total_amount"] + tip,
            invoice["payload"],
            outcome,
            float(wish.get("bank_delay", 0.0)),
            delivery,
            wish.get("order_info"),
            at=world.clock.now(),
            query_id=str(secrets.randbits(62)),
        )
        self._by_id[payment.id] = payment
        self._tell(payment)
        world.meet(user.id)
        query: Json = {
            "id": payment.query_id,
            "from": user.view(),
            "currency": payment.currency,
            "total_amount": payment.total_amount,
            "invoice_payload": payment.payload,
        }
        if payment.order_info:
            query["order_info"] = payment.order_info
        self._answers[payment.query_id] = asyncio.get_running_loop().create_future()
        payment.update_id = world.updates.add("pre_checkout_query", query)
        task = asyncio.create_task(self._run(payment, message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return payment

    def answer(self, query_id: str, error_message: str | None) -> None:
        """The bot approves (None) or refuses. 400 for a query that is unknown, answered or older than 10 s."""
        waiting = self._answers.get(query_id)
        if waiting is None or waiting.done():
            raise bad_request(TOO_OLD)
        payment = next(one for one in self._by_id.values() if one.query_id == query_id)
        if self._world.clock.now() > payment.at + APPROVAL_SECONDS:
            raise bad_request(TOO_OLD)
        waiting.set_result(error_message)

    async def _run(self, payment: Payment, message: Message | None) -> None:
        waiting = self._answers[payment.query_id]
        try:
            async with asyncio.timeout(APPROVAL_SECONDS):
                error = await waiting
        except TimeoutError:
            self._finish(payment, "expired")
            return
        finally:
            self._answers.pop(payment.query_id, None)
        if error is not None:
            payment.error_message = error
            self._finish(payment, "refused")
            return
        self._finish(payment, "paying")
        if payment.bank_delay:
            await asyncio.sleep(payment.bank_delay)
        if payment.outcome == "declined":
            self._finish(payment, "declined")
            return
        self._charge(payment, message)

    def _charge(self, payment: Payment, invoice: Message | None) -> None:
        world = self._world
        payment.telegram_payment_charge_id = (
            f"{world.bot.id}_{payment.user}_{payment.id}_{secrets.token_hex(4)}"
        )
        payment.provider_payment_charge_id = f"ch_{secrets.token_hex(12)}"
        chat = world.chats[payment.chat]
        user = world.users[payment.user]
        user.started = True
        world.save_user(user)
        successful: Json = {
            "currency": payment.currency,
            "total_amount": payment.total_amount,
            "invoice_payload": payment.payload,
            "telegram_payment_charge_id": payment.telegram_payment_charge_id,
            "provider_payment_charge_id": payment.provider_payment_charge_id,
        }
        if payment.order_info:
            successful["order_info"] = payment.order_info
        here = invoice is not None and invoice.chat_id == chat.id
        message = world.post(
            chat,
            user.id,
            {"successful_payment": successful},
            quiet=payment.delivery in ("held", "none"),
            reply_to=invoice.message_id if invoice is not None and here else 0,
        )
        payment.paid_message = message.message_id
        if payment.delivery == "twice":
            world.updates.repeat(world.updates.last_id)
        elif payment.delivery == "held":
            payment.held = world.views.bot_message(message)
        if invoice is not None and "invoice_details" in invoice.details:
            details = invoice.details["invoice_details"]
            details["paid"] = [*details["paid"], {"user": user.id, "at": world.clock.unix()}]
            world.save_message(invoice)
            world.tell_message("edit", invoice)
        self._finish(payment, "paid")

    def deliver(self, payment: Payment) -> int:
        """Sends the held update, or the one that was sent once more; returns its id."""
        if payment.state != "paid" or payment.delivery == "none":
            raise PersonError(409, "there is nothing to deliver for this payment")
        world = self._world
        if payment.held is not None:
            payment.update_id = world.updates.add("message", payment.held)
            payment.held = None
            self._save(payment)
        else:
            update = next(
                (
                    number
                    for number, body in reversed(world.updates.recent.items())
                    if self._is_about(body, payment)
                ),
                None,
            )
            if update is None:
                raise PersonError(409, "the update is no longer known")
            world.updates.repeat(update)
            payment.update_id = update
        return payment.update_id

    def _is_about(self, update: Json, payment: Payment) -> bool:
        paid: Json = update.get("message", {}).get("successful_payment", {})
        return paid.get("telegram_payment_charge_id") == payment.telegram_payment_charge_id

    def view(self, payment: Payment) -> Json:
        """A payment as docs/sandbox.md shows it."""
        hidden = ("held", "payload", "query_id", "paid_message")
        shown = {key: value for key, value in vars(payment).items() if key not in hidden}
        message = self._world.message(payment.chat, payment.paid_message) if payment.paid_message else None
        shown["message"] = self._world.views.person_message(message, payment.user) if message else None
        return shown

    async def wait(self, payment: Payment, seconds: float) -> None:
        """Waits for a final state, at most that long."""
        deadline = asyncio.get_running_loop().time() + seconds
        while payment.state not in FINAL:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return
            changed = self._changed
            try:
                async with asyncio.timeout(left):
                    await changed.wait()
            except TimeoutError:
                return

    async def close(self) -> None:
        """Stops the payments that are under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _finish(self, payment: Payment, state: str) -> None:
        payment.state = state
        self._tell(payment)
        self._world.store.flush()

    def _save(self, payment: Payment) -> None:
        self._world.store.put("payment", payment.id, payment)

    def _tell(self, payment: Payment) -> None:
        self._save(payment)
        self._world.events.tell("payment", self.view(payment), frozenset({payment.user}))
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
