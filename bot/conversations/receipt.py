"""A receipt, as a document that one would keep."""

from __future__ import annotations

from bot.actions import SendReceipt, ShowOrder, ShowOrders
from bot.conversation import Before, Route, Routes, Turn
from bot.screen import Document, Result
from bot.screens import receipt as screens
from domain.errors import OrderNotFound, ShopError
from domain.ids import OrderId
from domain.payment import EntryKind
from domain.ports.receipts import ReceiptPrinter
from domain.services.orders import CustomerOrders


class ReceiptConversation:
    def __init__(self, *, orders: CustomerOrders, printer: ReceiptPrinter) -> None:
        self._orders = orders
        self._printer = printer

    def routes(self) -> Routes:
        return Routes(
            actions={SendReceipt: Route(self.send, prepare=self.print, recover=self.gone)},
        )

    async def print(self, before: Before, action: SendReceipt) -> tuple[Document, ...]:
        """Drawn outside of the transaction; nothing for whoever may not have it, or as long as nothing was paid."""
        async with before.reading() as look:
            customer_id = await before.customer_id(look)
            order = await look.orders.get(OrderId(action.order_id))
            if customer_id is None or order is None or order.customer_id != customer_id:
                return ()
            entries = await look.payments.journal(order.id)
        if not any(entry.kind is EntryKind.PAID for entry in entries):
            return ()
        words = before.words
        printed = await self._printer.print(screens.receipt(order, entries, words, before.shop, before.now))
        return (Document(screens.file_name(order, words), printed),)

    async def send(self, turn: Turn, action: SendReceipt) -> Result:
        documents: tuple[Document, ...] = turn.brought(tuple)
        customer_id = await turn.customer_id()
        if customer_id is not None:
            await self._orders.view(turn.work, customer_id, OrderId(action.order_id))
        return Result(go=ShowOrder(action.order_id), documents=documents)

    async def gone(self, turn: Turn, action: SendReceipt, error: ShopError) -> Result | None:
        if isinstance(error, OrderNotFound):
            return Result(go=ShowOrders(), toast=turn.words.plain("toast-no-such-order"))
        return None
