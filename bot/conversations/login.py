"""Logging in, and giving up a step."""

from __future__ import annotations

from bot import arrival
from bot.actions import GiveUp, LogIn
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Result
from bot.screens import login as screens
from bot.texts import Texts
from domain.customer import plausible_email
from domain.services import login as service
from domain.services.login import Locked, Login, PasswordCheck


class LoginConversation:
    def __init__(self, *, login: Login, texts: Texts, by_mail: bool) -> None:
        """``by_mail``: a forgotten password can be replaced by mail."""
        self._login = login
        self._texts = texts
        self._by_mail = by_mail

    def routes(self) -> Routes:
        return Routes(
            actions={LogIn: Route(self.begin), GiveUp: Route(self.give_up)},
            steps={
                "login.email": Route(self.take_email),
                "login.password": Route(self.take_password, prepare=self.check_password),
            },
            commands={"login": LogIn()},
        )

    async def begin(self, turn: Turn, action: LogIn) -> Result:
        arrival.set_out(turn)
        customer_id = await turn.customer_id()
        if customer_id is not None:
            customer = await turn.work.customers.get(customer_id)
            name = customer.name if customer is not None else ""
            return Result(go=arrival.way_back(turn), toast=turn.words.plain("login-already", name=name))
        turn.enter("login.email")
        return Result(screens.email_wanted(turn.words))

    async def take_email(self, turn: Turn, given: Text) -> Result:
        email = given.text.strip()
        if not plausible_email(email):
            return Result(screens.email_wanted(turn.words, odd=True))
        turn.enter("login.password", email=email)
        return Result(screens.password_wanted(email, turn.words))

    async def check_password(self, before: Before, given: Text) -> PasswordCheck:
        before.message_to_delete = given.message_id
        async with before.reading() as look:
            candidate = await self._login.find(look, _email(before), before.who.chat_id)
        return await self._login.check(candidate, given.text)

    async def take_password(self, turn: Turn, given: Text) -> Result:
        who, words = turn.who, turn.words
        outcome = await self._login.log_in(turn.work, turn.brought(PasswordCheck), who.chat_id, who.user_id)
        if isinstance(outcome, service.LoggedIn):
            return arrival.arrive(turn, self._texts, outcome, "login-welcome")
        if isinstance(outcome, Locked):
            screen = screens.locked(outcome.until, turn.now, by_mail=self._by_mail, words=words)
        else:
            screen = screens.refused(_email(turn), outcome.tries_left, words)
        return Result(screen, toast=" ".join(arrival.deletion_notice(turn)))

    async def give_up(self, turn: Turn, action: GiveUp) -> Result:
        turn.leave()
        return Result(go=arrival.way_back(turn))


def _email(scene: Turn | Before) -> str:
    return str(scene.step_data.get("email", ""))
