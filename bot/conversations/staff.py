"""The staff's chat: linking the group, and working the orders.

A tap changes the order; the card follows by the outbox, which edits it where it is. So the card is right whoever changed the
order, and a tap whose answer got lost leaves no card behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable

from bot.actions import (
    LinkGroup,
    ShowHome,
    StaffAccept,
    StaffCancel,
    StaffCancelFor,
    StaffFind,
    StaffHandOver,
    StaffHelp,
    StaffOrders,
    StaffReady,
    StaffRefunded,
    StaffShow,
)
from bot.conversation import Before, Notice, Occasion, Route, Routes, Turn
from bot.inputs import ChatMoved
from bot.screen import Result, Screen, paragraphs
from bot.screens import staff as screens
from domain.errors import OrderNotFound
from domain.ids import ChatId, OrderId, UserId
from domain.money import Money
from domain.order import OrderState, Tender
from domain.payment import Balance
from domain.ports.outbox import STAFF_LANE, Message, chat_lane
from domain.ports.unit_of_work import Look
from domain.services.desk import Desk
from domain.staff import Member, StaffChat

PAGE = 9

_MEMBERS = frozenset({"creator", "administrator", "member", "restricted"})
"""Bot API, ChatMember.status: those who are in the group."""


class StaffConversation:
    """``status(chat, user)`` is Telegram's word for what somebody is in a group, empty if it cannot be told; ``bot_id`` is
    the bot itself."""

    def __init__(
        self, desk: Desk, status: Callable[[ChatId, UserId], Awaitable[str]], bot_id: UserId
    ) -> None:
        self._desk = desk
        self._status = status
        self._bot_id = bot_id

    def routes(self) -> Routes:
        return Routes(
            actions={
                StaffShow: Route(self.show, staff=True),
                StaffOrders: Route(self.orders, staff=True),
                StaffHelp: Route(self.help, staff=True),
                StaffAccept: Route(self.accept, staff=True),
                StaffReady: Route(self.ready, staff=True),
                StaffHandOver: Route(self.hand_over, staff=True),
                StaffCancel: Route(self.ask_reason, staff=True),
                StaffCancelFor: Route(self.cancel, staff=True),
                StaffRefunded: Route(self.refunded, staff=True),
                StaffFind: Route(self.find, prepare=self.look_at_person),
                LinkGroup: Route(self.link, prepare=self.look_at_group, anywhere_chat=True),
            },
            group_commands={"orders": StaffOrders(), "start": StaffHelp(), "help": StaffHelp()},
            group_inputs={ChatMoved: Route(self.moved)},
            deep_links={"link": LinkGroup, "pickup": StaffFind},
            notices={"staff-card": self.card, "staff-reminder": self.reminder},
        )

    # --- working an order ---------------------------------------------------------------------------------------------

    async def show(self, turn: Turn, action: StaffShow) -> Result:
        await self._redraw(turn, OrderId(action.order_id), anew=action.anew)
        return Result()

    async def orders(self, turn: Turn, action: StaffOrders) -> Result:
        page = max(action.page, 0)
        orders, total = await turn.work.orders.open_ones(offset=page * PAGE, limit=PAGE)
        return Result(screens.open_orders(orders, total, page, PAGE, turn.words, turn.now))

    async def help(self, turn: Turn, action: StaffHelp) -> Result:
        return Result(screens.help_page(turn.shop, turn.words))

    async def accept(self, turn: Turn, action: StaffAccept) -> Result:
        done = await self._desk.accept(turn.work, OrderId(action.order_id), _member(turn), turn.now)
        return self._said(
            turn, "staff-toast-accepted" if done.changed else "staff-toast-accepted-already", done.number
        )

    async def ready(self, turn: Turn, action: StaffReady) -> Result:
        done = await self._desk.ready(turn.work, OrderId(action.order_id), _member(turn), turn.now)
        return self._said(
            turn, "staff-toast-ready" if done.changed else "staff-toast-done-already", done.number
        )

    async def hand_over(self, turn: Turn, action: StaffHandOver) -> Result:
        tender = Tender(action.tender) if action.tender in tuple(Tender) else None
        done = await self._desk.hand_over(
            turn.work, OrderId(action.order_id), _member(turn), tender, turn.now
        )
        return self._said(
            turn, "staff-toast-handed-over" if done.changed else "staff-toast-done-already", done.number
        )

    async def ask_reason(self, turn: Turn, action: StaffCancel) -> Result:
        order = await turn.work.orders.get(OrderId(action.order_id))
        if order is None:
            raise OrderNotFound
        if not order.open:
            await self._redraw(turn, order.id)
            return self._said(turn, "staff-toast-done-already", order.number)
        balance = await _balance(turn.work, order.id, order.total)
        return Result(screens.cancel_reasons(order, balance, turn.words, turn.now))

    async def cancel(self, turn: Turn, action: StaffCancelFor) -> Result:
        reason = action.reason if action.reason in screens.REASONS else "other"
        done = await self._desk.cancel(turn.work, OrderId(action.order_id), _member(turn), reason, turn.now)
        return self._said(
            turn, "staff-toast-cancelled" if done.changed else "staff-toast-done-already", done.number
        )

    async def refunded(self, turn: Turn, action: StaffRefunded) -> Result:
        done = await self._desk.refunded_at_provider(
            turn.work, OrderId(action.order_id), _member(turn), action.owed, turn.now
        )
        return self._said(
            turn, "staff-toast-refunded" if done.changed else "staff-toast-done-already", done.number
        )

    def _said(self, turn: Turn, message: str, number: str) -> Result:
        return Result(toast=turn.words.plain(message, number=number))

    async def _redraw(self, turn: Turn, order_id: OrderId, *, anew: bool = False) -> None:
        """The card drawn once more. The update's own moment makes the message's key: a repeated update adds none."""
        key = f"staff-card:{order_id}:{turn.who.user_id}:{turn.now.timestamp()}"
        message = Message(key, STAFF_LANE, "staff-card", {"order": order_id, "anew": anew})
        await turn.work.outbox.put(message, turn.now)

    async def look_at_person(self, before: Before, action: StaffFind) -> bool:
        """Whether it is one of the staff who holds the camera."""
        async with before.reading() as look:
            chat = await look.staff.chat()
        return chat is not None and await self._status(chat.chat_id, before.who.user_id) in _MEMBERS

    async def find(self, turn: Turn, action: StaffFind) -> Result:
        """Bring the card of a scanned order to the end of the staff's chat. To anybody else the code says nothing."""
        order = await turn.work.orders.by_pickup_code(action.code) if turn.brought(bool) else None
        if order is None:
            said = "staff-code-unknown" if turn.brought(bool) else "staff-code-is-for-the-counter"
            return Result(go=ShowHome(), toast=turn.words.plain(said))
        await self._redraw(turn, order.id, anew=True)
        return Result(Screen(turn.words.html("staff-code-found", number=order.number)))

    # --- the group ----------------------------------------------------------------------------------------------------

    async def look_at_group(self, before: Before, action: LinkGroup) -> bool:
        return before.who.private or await self._status(before.who.chat_id, self._bot_id) == "administrator"

    async def link(self, turn: Turn, action: LinkGroup) -> Result:
        if turn.who.private:
            return Result(Screen(turn.words.html("staff-link-group-only")))
        if not await turn.work.staff.take_code(code_hash(action.code), turn.now):
            return Result(Screen(turn.words.html("staff-link-wrong")))
        language = turn.words.language
        await turn.work.staff.link(StaffChat(turn.who.chat_id, turn.who.chat_title, turn.now, language))
        text = turn.words.html("staff-linked", shop=turn.shop.name)
        if not turn.brought(bool):
            text = paragraphs(text, turn.words.html("staff-linked-privacy"))
        return Result(Screen(text))

    async def moved(self, turn: Turn, moved: ChatMoved) -> Result:
        """The group became a supergroup: orders follow it."""
        await turn.work.staff.move(moved.old, moved.new)
        await turn.work.outbox.move_lane(chat_lane(moved.old), chat_lane(moved.new))
        return Result()

    # --- what comes by itself -----------------------------------------------------------------------------------------

    async def card(self, occasion: Occasion) -> Notice | None:
        order_id = OrderId(int(occasion.data["order"] or 0))
        order = await occasion.look.orders.get(order_id)
        if order is None:
            return None
        known = await occasion.look.staff.card(order_id)
        if known is None and (
            order.state is OrderState.AWAITING_PAYMENT or await _never_theirs(occasion.look, order_id)
        ):
            return None
        chat = await occasion.look.staff.chat()
        words = occasion.texts.words(chat.language if chat is not None else "")
        balance = await _balance(occasion.look, order_id, order.total)
        by_itself = await self._desk.goes_back_by_itself(occasion.look, order)
        screen = screens.order_card(order, balance, words, occasion.now, by_itself=by_itself)
        return Notice(screen, card=order_id, anew=bool(occasion.data.get("anew")))

    async def reminder(self, occasion: Occasion) -> Notice | None:
        order = await occasion.look.orders.get(OrderId(int(occasion.data["order"] or 0)))
        if order is None or order.accepted_at is not None or not order.open:
            return None
        chat = await occasion.look.staff.chat()
        words = occasion.texts.words(chat.language if chat is not None else "")
        since = words.moment(order.created_at, occasion.now)
        return Notice(screens.reminder(order, since, words))


async def _never_theirs(look: Look, order_id: OrderId) -> bool:
    """An order that ended before it was paid or reserved: the staff never heard of it and need not."""
    order = await look.orders.get(order_id)
    if order is None or order.state not in (OrderState.EXPIRED, OrderState.CANCELLED):
        return False
    states = {event.state for event in await look.orders.events(order_id)}
    return not states & {
        OrderState.PAID,
        OrderState.RESERVED,
        OrderState.READY,
    } and not await look.payments.journal(order_id)


async def _balance(look: Look, order_id: OrderId, total: Money) -> Balance:
    return Balance.of(list(await look.payments.journal(order_id)), total.currency)


def _member(turn: Turn) -> Member:
    return Member(turn.who.user_id, turn.who.first_name or turn.who.full_name)


def code_hash(code: str) -> str:
    """How a link code is kept. It has 128 bits, so a plain hash gives nothing away."""
    return hashlib.sha256(f"link:{code}".encode()).hexdigest()
