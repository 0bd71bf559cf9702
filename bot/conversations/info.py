"""The shop's own pages, and the person's language."""

from __future__ import annotations

from datetime import timedelta

from bot import arrival
from bot.actions import (
    Action,
    SetLanguage,
    ShowHelp,
    ShowHome,
    ShowLanguages,
    ShowPrivacy,
    ShowSupport,
    ShowTerms,
)
from bot.conversation import Route, Routes, Turn
from bot.screen import Result
from bot.screens import info as screens
from bot.texts import Texts
from domain.services.account import Account

_DAYS_AHEAD = 7


class InfoConversation:
    def __init__(self, *, account: Account, texts: Texts, by_mail: bool) -> None:
        """``by_mail``: the shop sends mails."""
        self._account = account
        self._texts = texts
        self._by_mail = by_mail

    def routes(self) -> Routes:
        return Routes(
            actions={
                ShowLanguages: Route(self.languages),
                SetLanguage: Route(self.set_language),
                ShowHelp: Route(self.help),
                ShowTerms: Route(self.terms),
                ShowPrivacy: Route(self.privacy),
                ShowSupport: Route(self.support),
            },
            commands={
                "language": ShowLanguages(),
                "help": ShowHelp(),
                "terms": ShowTerms(),
                "privacy": ShowPrivacy(),
                "support": ShowSupport(),
            },
        )

    async def languages(self, turn: Turn, action: ShowLanguages) -> Result:
        names = [(code, self._own_name(code)) for code in self._texts.languages]
        step = arrival.interrupted(turn)
        return Result(screens.languages(names, turn.words, step, arrival.again(step)))

    async def set_language(self, turn: Turn, action: SetLanguage) -> Result:
        if action.language not in self._texts.languages:
            return Result(go=ShowLanguages())
        turn.dialogue.language = action.language
        turn.words = self._texts.words(action.language)
        customer_id = await turn.customer_id()
        if customer_id is not None:
            await self._account.set_language(turn.work, customer_id, action.language)
        go_on = arrival.again(action.step) or ShowHome()
        return Result(go=go_on, toast=turn.words.plain("info-language-set"))

    async def help(self, turn: Turn, action: ShowHelp) -> Result:
        return Result(screens.help_page(turn.shop, turn.words, _interrupted(turn)))

    async def terms(self, turn: Turn, action: ShowTerms) -> Result:
        return Result(screens.terms(turn.shop, turn.words, _interrupted(turn)))

    async def privacy(self, turn: Turn, action: ShowPrivacy) -> Result:
        logged_in = await turn.customer_id() is not None
        return Result(
            screens.privacy(
                turn.shop,
                by_mail=self._by_mail,
                logged_in=logged_in,
                words=turn.words,
                back=_interrupted(turn),
            )
        )

    async def support(self, turn: Turn, action: ShowSupport) -> Result:
        hours = turn.shop.hours
        today = turn.now.astimezone(hours.zone).date()
        days = [today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
        week = [(day, hours.spans(day)) for day in days]
        staffed = await turn.work.staff.chat() is not None
        return Result(
            screens.support(turn.shop, week, turn.now, turn.words, _interrupted(turn), staffed=staffed)
        )

    def _own_name(self, code: str) -> str:
        """What a language calls itself, as a label: ``Deutsch``."""
        name = self._texts.words(code).language_name(code)
        return name[:1].upper() + name[1:]


def _interrupted(turn: Turn) -> Action | None:
    return arrival.again(arrival.interrupted(turn))
