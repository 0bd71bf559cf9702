"""The staff's chat: its link, and the cards in it."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from domain.ids import ChatId, OrderId
from domain.staff import LinkCode, StaffCard, StaffChat
from storage.memory.state import State


class MemoryStaff:
    def __init__(self, state: State) -> None:
        self._state = state

    async def chat(self) -> StaffChat | None:
        return self._state.staff_chat

    async def link(self, chat: StaffChat) -> None:
        self._state.staff_chat = chat

    async def unlink(self) -> None:
        self._state.staff_chat = None

    async def move(self, old: ChatId, new: ChatId) -> None:
        chat = self._state.staff_chat
        if chat is not None and chat.chat_id == old:
            self._state.staff_chat = dataclasses.replace(chat, chat_id=new)

    async def put_code(self, code: LinkCode) -> None:
        self._state.link_code = code

    async def take_code(self, code_hash: str, now: datetime) -> bool:
        code = self._state.link_code
        if code is None or code.code_hash != code_hash or code.expires_at <= now:
            return False
        self._state.link_code = None
        return True

    async def card(self, order_id: OrderId) -> StaffCard | None:
        return self._state.cards.get(order_id)

    async def put_card(self, card: StaffCard) -> None:
        self._state.cards[card.order_id] = card
