"""``/close`` in the staff's chat: the day's money, as a message and as a table."""

from __future__ import annotations

from datetime import date, timedelta

from bot.actions import StaffClose
from bot.close_table import close_csv
from bot.conversation import Before, Route, Routes, Turn
from bot.screen import Button, Document, Result, Row, Screen
from bot.screens.closing import closing
from bot.texts import Words
from domain.closing import DayClose
from domain.services.closing import DailyClose


class ClosingConversation:
    def __init__(self, *, daily_close: DailyClose) -> None:
        self._daily_close = daily_close

    def routes(self) -> Routes:
        return Routes(
            actions={StaffClose: Route(self.show, prepare=self.reckon, staff=True)},
            group_commands={"close": StaffClose()},
        )

    async def reckon(self, before: Before, action: StaffClose) -> DayClose:
        """Asks the gateways, so it is done outside of the transaction."""
        today = self._daily_close.today(before.now)
        return await self._daily_close.close(before.reading, min(_day(action.day) or today, today))

    async def show(self, turn: Turn, action: StaffClose) -> Result:
        close, words = turn.brought(DayClose), turn.words
        today = self._daily_close.today(turn.now)
        screen = Screen(closing(close, words, turn.shop.tax_name), (_days(close.day, today, words),))
        table = Document(
            words.plain("close-file", day=close.day.isoformat()), close_csv(close, turn.shop.zone)
        )
        # A table beside the close that was asked for; turning to another day shows that day alone.
        return Result(screen, documents=() if action.day else (table,))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _days(day: date, today: date, words: Words) -> Row:
    before = day - timedelta(days=1)
    row = [Button(f"‹ {words.day(before)}", StaffClose(before.isoformat()))]
    if day < today:
        after = day + timedelta(days=1)
        row.append(Button(f"{words.day(after)} ›", StaffClose(after.isoformat())))
    return tuple(row)
