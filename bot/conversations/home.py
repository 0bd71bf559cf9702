"""The first screen. /start is nothing else, so it can be sent at any time."""

from __future__ import annotations

from bot.actions import ShowHome
from bot.conversation import Route, Routes, Turn
from bot.screen import Result
from bot.screens.home import home
from domain.services.browsing import Browsing


class HomeConversation:
    def __init__(self, *, browsing: Browsing) -> None:
        self._browsing = browsing

    def routes(self) -> Routes:
        return Routes(actions={ShowHome: Route(self.show)}, commands={"start": ShowHome()})

    async def show(self, turn: Turn, action: ShowHome) -> Result:
        view = await self._browsing.home(turn.work, await turn.owner())
        return Result(home(view, turn.words, turn.shop, turn.now, greet=not turn.greeted))
