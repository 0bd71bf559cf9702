"""My data: see it, take it along, have it deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from bot import arrival
from bot.actions import (
    ConfirmDeletion,
    DeleteAccount,
    ExportMyData,
    ShowMyData,
)
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Document, Result
from bot.screens import login as login_screens
from bot.screens import my_data as screens
from domain.ids import CustomerId
from domain.services.account import Account, OrdersStillOpen
from domain.services.login import Locked, Login, PasswordCheck, Refused
from domain.services.personal_data import export


@dataclass(frozen=True, slots=True)
class _Export:
    customer_id: CustomerId
    document: bytes = field(repr=False)


class MyDataConversation:
    def __init__(self, *, account: Account, login: Login, by_mail: bool) -> None:
        """``by_mail``: a forgotten password can be replaced by mail."""
        self._account = account
        self._login = login
        self._by_mail = by_mail

    def routes(self) -> Routes:
        guarded = arrival.ask_to_log_in
        return Routes(
            actions={
                ShowMyData: Route(self.show, recover=guarded),
                ExportMyData: Route(self.send_export, prepare=self.write_export, recover=guarded),
                DeleteAccount: Route(self.ask, recover=guarded),
                ConfirmDeletion: Route(self.ask_for_password, recover=guarded),
            },
            steps={
                "delete.password": Route(self.delete, prepare=self.check_password),
            },
        )

    async def show(self, turn: Turn, action: ShowMyData) -> Result:
        customer_id = await turn.require_customer()
        view = await self._account.view(turn.work, customer_id, turn.who.chat_id, turn.who.user_id)
        return Result(screens.my_data(view, turn.words))

    async def write_export(self, before: Before, action: ExportMyData) -> _Export | None:
        who = before.who
        async with before.reading() as look:
            customer_id = await before.customer_id(look)
            if customer_id is None:
                return None
            facts = await export(look, customer_id, who.chat_id, who.user_id, before.now)
        return _Export(customer_id, json.dumps(facts, ensure_ascii=False, indent=2).encode())

    async def send_export(self, turn: Turn, action: ExportMyData) -> Result:
        customer_id = await turn.require_customer()
        written, words = turn.brought(_Export), turn.words
        if written.customer_id != customer_id:
            return Result(go=ShowMyData())
        document = Document(
            _file_name(turn.now), written.document, words.plain("data-export-caption", shop=turn.shop.name)
        )
        return Result(go=ShowMyData(), documents=(document,), toast=words.plain("data-exported"), fresh=True)

    async def ask(self, turn: Turn, action: DeleteAccount) -> Result:
        customer_id = await turn.require_customer()
        view = await self._account.view(turn.work, customer_id, turn.who.chat_id, turn.who.user_id)
        return Result(screens.really_delete(view, turn.words))

    async def ask_for_password(self, turn: Turn, action: ConfirmDeletion) -> Result:
        customer_id = await turn.require_customer()
        view = await self._account.view(turn.work, customer_id, turn.who.chat_id, turn.who.user_id)
        if view.open_orders:
            return Result(screens.orders_first(view.open_orders, turn.words))
        arrival.set_out_from(turn, ShowMyData())
        turn.enter("delete.password")
        return Result(screens.password_wanted(turn.words))

    async def check_password(self, before: Before, given: Text) -> PasswordCheck | None:
        before.message_to_delete = given.message_id
        async with before.reading() as look:
            customer_id = await before.customer_id(look)
            if customer_id is None:
                return None
            candidate = await self._login.find_customer(look, customer_id, before.who.chat_id)
        return await self._login.check(candidate, given.text)

    async def delete(self, turn: Turn, given: Text) -> Result:
        who, words = turn.who, turn.words
        notice = " ".join(arrival.deletion_notice(turn))
        if await turn.customer_id() is None or turn.prepared is None:
            turn.leave()
            return Result(go=ShowMyData(), toast=notice)
        check = turn.brought(PasswordCheck)
        outcome = await self._account.delete(turn.work, check, who.chat_id, who.user_id)
        if isinstance(outcome, Locked):
            locked = login_screens.locked(outcome.until, turn.now, by_mail=self._by_mail, words=words)
            return Result(locked, notice)
        if isinstance(outcome, Refused):
            return Result(screens.password_wanted(words, outcome.tries_left), notice)
        if isinstance(outcome, OrdersStillOpen):
            turn.leave()
            return Result(screens.orders_first(outcome.count, words), notice)
        arrival.forget_person(turn)
        return Result(screens.deleted(words), notice)


def _file_name(now: datetime) -> str:
    return f"my-data-{now:%Y-%m-%d}.json"
