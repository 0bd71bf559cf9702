"""A forgotten password: address, code by mail, a new one."""

from __future__ import annotations

from bot import arrival
from bot.actions import ForgotPassword
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Result
from bot.screens import forgotten as screens
from bot.screens.new_password import password_wanted
from bot.screens.verification import code_spent, code_wanted, too_many_mails
from bot.texts import Texts
from domain.customer import plausible_email
from domain.services.login import LoggedIn
from domain.services.new_password import NewPassword
from domain.services.password_choice import ChosenPassword
from domain.services.verification import TooManyMails


class ForgottenConversation:
    """The code's step is `bot.conversations.verification`'s; it leads to the new password's."""

    def __init__(self, *, new_password: NewPassword, texts: Texts) -> None:
        self._new_password = new_password
        self._texts = texts

    def routes(self) -> Routes:
        return Routes(
            actions={ForgotPassword: Route(self.begin)},
            steps={
                "forgot.email": Route(self.take_email),
                "forgot.password": Route(self.take_password, prepare=self.choose_password),
            },
        )

    async def begin(self, turn: Turn, action: ForgotPassword) -> Result:
        arrival.set_out(turn)
        if not self._new_password.by_mail:
            arrival.rest(turn)
            return Result(screens.come_by(turn.words))
        known = await self._known_address(turn)
        if known:
            return await self._send(turn, known)
        turn.enter("forgot.email")
        return Result(screens.email_wanted(turn.words))

    async def _known_address(self, turn: Turn) -> str:
        """The address, if it was just typed or somebody who is logged in was asked for the password."""
        if turn.dialogue.step == "login.password":
            return str(turn.step_data.get("email", ""))
        if turn.dialogue.step in ("password.old", "delete.password"):
            customer_id = await turn.customer_id()
            customer = await turn.work.customers.get(customer_id) if customer_id is not None else None
            return customer.email if customer is not None else ""
        return ""

    async def take_email(self, turn: Turn, given: Text) -> Result:
        email = given.text.strip()
        if not plausible_email(email):
            return Result(screens.email_wanted(turn.words, odd=True))
        return await self._send(turn, email)

    async def _send(self, turn: Turn, email: str) -> Result:
        words = turn.words
        outcome = await self._new_password.send_code(turn.work, email, turn.who.chat_id, words.language)
        if isinstance(outcome, TooManyMails):
            return Result(too_many_mails(outcome.again_at, turn.now, words))
        turn.enter("forgot.code", email=email)
        return Result(code_wanted("forgot", email, turn.shop.code_lifetime, words))

    async def choose_password(self, before: Before, given: Text) -> ChosenPassword:
        before.message_to_delete = given.message_id
        return await self._new_password.choose(given.text, str(before.step_data.get("email", "")))

    async def take_password(self, turn: Turn, given: Text) -> Result:
        chosen, facts, words = turn.brought(ChosenPassword), turn.step_data, turn.words
        notice = " ".join(arrival.deletion_notice(turn))
        if chosen.refused is not None:
            return Result(password_wanted(words, chosen.refused), toast=notice)
        email = str(facts["email"])
        outcome = await self._new_password.reset(
            turn.work,
            email=email,
            proof=str(facts["proof"]),
            password_hash=chosen.password_hash,
            chat_id=turn.who.chat_id,
            user_id=turn.who.user_id,
        )
        if isinstance(outcome, LoggedIn):
            return arrival.arrive(turn, self._texts, outcome, "password-set")
        turn.enter("forgot.code", email=email)
        return Result(code_spent(ForgotPassword(), words), toast=notice)
