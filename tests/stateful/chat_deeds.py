"""People who tap, a card gateway, Telegram's faults, and a program that ends at any point, at random, through the whole bot."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.cancelling import CancelUntil
from domain.order import Order
from domain.payment import Entry
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.reading import plain, rows_of, shown_text
from sandbox.sandbox import Sandbox
from tests.chat.shop import settings_for
from tests.crash.tills import CardTill
from tests.stateful.fragile_shop import FragileShop

PICK = st.integers(0, 50)
TROUBLE = st.sampled_from(
    ["", "", "", "429", "500", "502", "drop_before", "drop_after", "update_duplicate", "crash"]
)
"""What the next tap or payment meets: one call of the bot fails, before or after its effect; an update comes twice; a crash."""
WAYS = ("Reserve", "in Telegram", "· by card")


class ChatDeedsMachine(RuleBasedStateMachine):
    """``fresh`` makes a database with a few books and returns its address; set by whoever runs it."""

    fresh: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.shop: FragileShop
        self.people: list[Person] = []
        self.held: list[str] = []
        self.troubles: Counter[str] = Counter()
        self.run(self._open(type(self).fresh()))

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self._close())
        self.runner.close()

    async def _open(self, url: str) -> None:
        sandbox = await self.stack.enter_async_context(Sandbox.running())

        async def settle(update_id: int) -> None:
            await self.shop.settle(update_id)

        client = await self.stack.enter_async_context(SandboxClient(sandbox.url, settle=settle))
        settings = settings_for(
            sandbox,
            Path("unused"),
            card=True,
            max_open_orders=1000,
            remind_staff_minutes=1440,
            cancel_paid_until=CancelUntil.COLLECTED,
            cancel_keeps_percent=10,
        )
        self.shop = FragileShop(sandbox, client, settings.model_copy(update={"database": url}))
        await self.shop.start()
        self.card = CardTill(sandbox)

    async def _close(self) -> None:
        await self.shop.crash()
        await self.stack.aclose()

    @initialize()
    def people_come(self) -> None:
        async def come() -> None:
            (self.tom,) = await self.shop.staff("Tom")
            self.people = [await self.shop.customer(name) for name in ("Ann", "Ben")]

        self.run(come())

    # --- what people do -----------------------------------------------------------------------------------------------

    async def _in_trouble(self, trouble: str, at: int, what: Callable[[], Awaitable[Any]]) -> None:
        """Do something while that goes wrong; then the shop is open again."""
        self.troubles[trouble] += 1
        telegram = self.shop.telegram
        if trouble == "crash":
            self.shop.dies_after(1 + at % 6)
        elif trouble:
            method = ("", "sendMessage", "sendPhoto", "editMessageText", "answerCallbackQuery")[at % 5]
            more: dict[str, Any] = {"method": method, "skip": at % 2, "retry_after": 0}
            if trouble.startswith("update"):
                more = {}
            await telegram.fault(trouble, **more)
        await what()
        self.shop.dies_after(0)
        await telegram.clear_faults()
        await self.shop.reopens_if_dead()

    async def _tap(self, person: Person, label: str, message: int = 0) -> bool:
        """Tap the newest button with that label, whatever comes of it. False if nobody sees one."""
        await person.looks()
        for one in reversed(person.messages):
            if message and one["message_id"] != message:
                continue
            for row in rows_of(one):
                for key in row:
                    if label in plain(str(key["text"])):
                        path = f"/chats/{person.chat}/messages/{one['message_id']}/tap"
                        body = {"user": person.id, "label": key["text"]}
                        await self.shop.telegram.request("POST", path, body)
                        await self.shop.settle(0)
                        return True
        return False

    @rule(who=PICK, book=st.integers(1, 2), way=st.sampled_from(WAYS), trouble=TROUBLE, at=PICK)
    def orders(self, who: int, book: int, way: str, trouble: str, at: int) -> None:
        async def does() -> None:
            person = self.people[who % len(self.people)]
            await person.starts(f"book_{book}")
            for label in ("Add to cart", "Cart", "Check out"):
                if not await self._tap(person, label):
                    return  # it is sold out
            before = len(await self._orders())
            await self._in_trouble(trouble, at, lambda: self._tap(person, way))
            assert len(await self._orders()) <= before + 1

        self.run(does())

    @rule(who=PICK, trouble=TROUBLE, at=PICK, outcome=st.sampled_from(["paid", "paid", "paid", "declined"]),
          delivery=st.sampled_from(["now", "now", "twice", "held"]))  # fmt: skip
    def pays_an_invoice(self, who: int, trouble: str, at: int, outcome: str, delivery: str) -> None:
        person = self.people[who % len(self.people)]

        async def does() -> None:
            await person.looks()
            invoice = next((one for one in reversed(person.messages) if "invoice" in one), None)
            if invoice is None:
                return
            path = f"/chats/{person.chat}/messages/{invoice['message_id']}/pay"
            body = {"user": person.id, "outcome": outcome, "delivery": delivery}
            payment: dict[str, Any] = {}

            async def pays() -> None:
                payment.update(await self.shop.telegram.request("POST", path, body))
                await self.shop.settle(0)

            await self._in_trouble(trouble, at, pays)
            await self._bank_is_done(payment["id"])
            if delivery == "held":
                self.held.append(payment["id"])

        self.run(does())

    async def _bank_is_done(self, payment_id: str) -> None:
        payments = self.shop.sandbox.payments
        await payments.wait(payments.find(payment_id), 12.0)
        await self.shop.settle(0)

    @precondition(lambda self: self.held)
    @rule(trouble=TROUBLE, at=PICK)
    def the_held_update_comes(self, trouble: str, at: int) -> None:
        self.run(self._in_trouble(trouble, at, lambda: self._release(self.held.pop(0))))

    async def _release(self, payment_id: str) -> None:
        payments = self.shop.sandbox.payments
        if payments.find(payment_id).state == "paid":
            await self.shop.telegram.request("POST", f"/payments/{payment_id}/deliver", {})
            await self.shop.settle(0)

    @precondition(lambda self: self.unpaid_pages())
    @rule(which=PICK, tells=st.integers(0, 2), trouble=TROUBLE, at=PICK)
    def pays_by_card(self, which: int, tells: int, trouble: str, at: int) -> None:
        """The gateway tells it never, once or twice."""
        pages = self.unpaid_pages()
        page = pages[which % len(pages)]
        self.shop.sandbox.card.account.pay(page, telling="never")

        async def hears() -> None:
            for _ in range(tells):
                if not self.shop.dead:
                    await self.shop.hears("sandbox_card", *self.card.event_of(page))

        self.run(self._in_trouble(trouble, at, hears))

    @rule(who=PICK, by_card=st.booleans(), told=st.booleans(), trouble=TROUBLE, at=PICK)
    def buys_and_pays(self, who: int, by_card: bool, told: bool, trouble: str, at: int) -> None:
        """The usual case, so that what comes after it is met often."""
        self.orders(who, 1 + who % 2, WAYS[2 if by_card else 1], "", 0)
        if not by_card:
            self.pays_an_invoice(who, trouble, at, "paid", "now" if told else "held")
        elif pages := self.unpaid_pages():
            self.pays_by_card(len(pages) - 1, int(told), trouble, at)

    @rule(trouble=TROUBLE, at=PICK)
    def the_staff_hand_over(self, trouble: str, at: int) -> None:
        for label in ("Accept", "Ready", "Paid cash" if at % 2 else "Handed over"):
            self.the_staff_tap(label, trouble, at)

    def unpaid_pages(self) -> list[str]:
        return [one.id for one in self.shop.sandbox.card.account.matching() if one.state == "open"]

    @rule(who=PICK, trouble=TROUBLE, at=PICK)
    def cancels(self, who: int, trouble: str, at: int) -> None:
        """The newest order that can be cancelled."""
        person = self.people[who % len(self.people)]

        async def does() -> None:
            if await self._tap(person, "Cancel order"):
                await self._in_trouble(trouble, at, lambda: self._tap(person, "Yes, cancel it"))

        self.run(does())

    @rule(
        label=st.sampled_from(["Accept", "Ready", "Handed over", "Paid cash", "Cancel…", "Refunded"]),
        trouble=TROUBLE,
        at=PICK,
    )
    def the_staff_tap(self, label: str, trouble: str, at: int) -> None:
        async def does() -> None:
            if label == "Cancel…":
                await self._tap(self.tom, label)
            chosen = "The copy is damaged" if label == "Cancel…" else label
            await self._in_trouble(trouble, at, lambda: self._tap(self.tom, chosen))

        self.run(does())

    @rule(minutes=st.sampled_from([1, 1, 3, 16]), trouble=st.sampled_from(["", "", "500", "crash"]), at=PICK)
    def time_passes(self, minutes: int, trouble: str, at: int) -> None:
        self.run(self._in_trouble(trouble, at, lambda: self.shop.waits(timedelta(minutes=minutes))))

    @rule()
    def it_crashes_and_opens_again(self) -> None:
        async def does() -> None:
            await self.shop.crash()
            await self.shop.start()
            await self.shop.settle(0)

        self.run(does())

    # --- looking ------------------------------------------------------------------------------------------------------

    async def _orders(self) -> list[Order]:
        found: list[Order] = []
        async with self.shop.app.unit_of_work.reading() as look:
            for person in self.people:
                customer = await look.customers.by_email(f"{person.name.lower()}@example.org")
                assert customer is not None
                found += (await look.orders.of_customer(customer[0].id, offset=0, limit=1000))[0]
        return found

    async def _entries(self, orders: list[Order]) -> list[Entry]:
        async with self.shop.app.unit_of_work.reading() as look:
            return [entry for order in orders for entry in await look.payments.journal(order.id)]

    async def _read(self, person: Person) -> list[str]:
        path = f"/chats/{person.chat}/messages?user={person.id}&limit=200"
        answer = await self.shop.telegram.request("GET", path)
        return [shown_text(one) for one in answer["messages"]]
