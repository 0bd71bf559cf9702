"""``/close`` in the staff's chat: the day's money, as a message and as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.actions import StaffClose, StaffTakeIn
from bot.close_table import close_csv
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import Command
from bot.screen import Button, Document, Html, Result, Row, Screen
from bot.screens.closing import closing, taking_in
from bot.screens.doubts import to_decide
from bot.texts import Words
from bot.typed_day import typed_day
from domain.closing import DayClose
from domain.services.closing import DailyClose
from domain.services.taking_in import TakingIn

_TYPED = 40
"""Characters of what was typed that are said back."""


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """``day`` None: what was typed is no day. ``close`` None: there is none of that day yet."""

    day: date | None
    close: DayClose | None = None


class ClosingConversation:
    def __init__(self, *, daily_close: DailyClose, taking_in: TakingIn) -> None:
        self._daily_close = daily_close
        self._taking_in = taking_in

    def routes(self) -> Routes:
        return Routes(
            actions={
                StaffClose: Route(self.show, prepare=self.reckon, staff=True),
                StaffTakeIn: Route(self.take_in, prepare=self.reckon, staff=True),
            },
            group_commands={"close": _of_day},
        )

    async def reckon(self, before: Before, action: StaffClose | StaffTakeIn) -> _Reckoned:
        """Asks the gateways, so it is done outside of the transaction."""
        today = self._daily_close.today(before.now)
        day = typed_day(action.day, today) if action.day else today
        if day is None or day > today:
            return _Reckoned(day)
        return _Reckoned(day, await self._daily_close.close(before.reading, day))

    async def show(self, turn: Turn, action: StaffClose) -> Result:
        reckoned, words = turn.brought(_Reckoned), turn.words
        close = reckoned.close
        if close is None:
            return Result(Screen(_no_close(action.day, reckoned.day, words)))
        table = Document(
            words.plain("close-file", day=close.day.isoformat()), close_csv(close, turn.shop.zone, words)
        )
        # A table beside the close that was asked for; turning to another day shows that day alone.
        return Result(self._screen(turn, close), documents=() if turn.tapped else (table,))

    async def take_in(self, turn: Turn, action: StaffTakeIn) -> Result:
        """What the gateway said a moment ago, outside of the transaction, is counted in it, once."""
        close, words = turn.brought(_Reckoned).close, turn.words
        compared = close.compared if close is not None else None
        if close is None or compared is None:
            return Result(toast=words.plain("close-toast-nothing-to-take-in", number=action.number))
        wanted = [one for one in compared.differences if one.number == action.number and one.can_be_taken_in]
        await self._taking_in.take_in(turn.work, wanted)
        rest = tuple(one for one in compared.differences if one not in wanted)
        fresh = replace(
            await self._daily_close.read(turn.work, close.day), compared=replace(compared, differences=rest)
        )
        toast = "close-toast-taken-in" if wanted else "close-toast-nothing-to-take-in"
        return Result(self._screen(turn, fresh), toast=words.plain(toast, number=action.number))

    def _screen(self, turn: Turn, close: DayClose) -> Screen:
        words, today = turn.words, self._daily_close.today(turn.now)
        text = closing(close, words, turn.shop.tax_name)
        rows = (*taking_in(close, words), *to_decide(close.doubts, words), _days(close.day, today, words))
        return Screen(text, rows)


def _of_day(command: Command) -> StaffClose:
    return StaffClose(command.argument.strip())


def _no_close(typed: str, day: date | None, words: Words) -> Html:
    if day is None:
        return words.html("close-no-such-day", typed=typed[:_TYPED])
    return words.html("close-not-yet", day=words.date(day))


def _days(day: date, today: date, words: Words) -> Row:
    before = day - timedelta(days=1)
    row = [Button(f"‹ {words.day(before)}", StaffClose(before.isoformat()))]
    if day < today:
        after = day + timedelta(days=1)
        row.append(Button(f"{words.day(after)} ›", StaffClose(after.isoformat())))
    return tuple(row)
