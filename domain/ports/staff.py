"""The staff's chat: its link, and the cards in it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.ids import ChatId, OrderId
from domain.staff import LinkCode, StaffCard, StaffChat


class Staff(Protocol):
    async def chat(self) -> StaffChat | None: ...

    async def link(self, chat: StaffChat) -> None:
        """Make this the staff's chat, instead of any before it."""
        ...

    async def unlink(self) -> None: ...

    async def move(self, old: ChatId, new: ChatId) -> None:
        """The group became a supergroup: its id changed; the cards' messages stay behind and are sent anew."""
        ...

    async def put_code(self, code: LinkCode) -> None:
        """Keep a link code, instead of any before it."""
        ...

    async def take_code(self, code_hash: str, now: datetime) -> bool:
        """Use up the code: True once, if it is the one and has not expired."""
        ...

    async def card(self, order_id: OrderId) -> StaffCard | None: ...

    async def put_card(self, card: StaffCard) -> None: ...
