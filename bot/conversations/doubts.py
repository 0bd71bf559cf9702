"""What came of a payment, as somebody of the staff found out at the provider."""

from __future__ import annotations

from bot.actions import StaffDecide, StaffDoubt
from bot.conversation import Notice, Occasion, Route, Routes, Turn
from bot.screen import Result
from bot.screens import doubts as screens
from domain.errors import OrderNotFound
from domain.ids import AttemptId
from domain.services.doubts import Doubts
from domain.staff import Member


class DoubtsConversation:
    def __init__(self, doubts: Doubts) -> None:
        self._doubts = doubts

    def routes(self) -> Routes:
        return Routes(
            actions={
                StaffDoubt: Route(self.show, staff=True),
                StaffDecide: Route(self.decide, staff=True),
            },
            notices={"staff-payment-unheard": self.unheard},
        )

    async def show(self, turn: Turn, action: StaffDoubt) -> Result:
        doubt = await self._doubts.look(turn.work, AttemptId(action.attempt_id))
        return Result(screens.question(doubt, turn.words, turn.now))

    async def decide(self, turn: Turn, action: StaffDecide) -> Result:
        """Said once: a second tap, or one of somebody else, changes nothing and shows how it stands."""
        member = Member(turn.who.user_id, turn.who.first_name or turn.who.full_name)
        attempt_id = AttemptId(action.attempt_id)
        changed = await self._doubts.decide(turn.work, attempt_id, member, paid=action.paid)
        doubt, words = await self._doubts.look(turn.work, attempt_id), turn.words
        said = "doubt-toast-noted" if changed else "doubt-toast-known"
        note = None
        if changed:
            note = words.html("doubt-said-paid" if action.paid else "doubt-said-not-paid", name=member.name)
        return Result(screens.question(doubt, words, turn.now, note), toast=words.plain(said))

    async def unheard(self, occasion: Occasion) -> Notice | None:
        """Nothing if it was heard of meanwhile."""
        try:
            doubt = await self._doubts.look(occasion.look, AttemptId(str(occasion.data.get("attempt"))))
        except OrderNotFound:
            return None
        if doubt.decided:
            return None
        chat = await occasion.look.staff.chat()
        words = occasion.texts.words(chat.language if chat is not None else "")
        return Notice(screens.question(doubt, words, occasion.now, words.html("doubt-unheard")))
