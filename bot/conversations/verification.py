"""The code that came by mail, for registering and for a forgotten password alike; and the mails that bring it."""

from __future__ import annotations

from bot import mails
from bot.actions import ForgotPassword, Register, ResendCode
from bot.conversation import Occasion, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Result
from bot.screens.new_password import password_wanted
from bot.screens.registration import name_wanted
from bot.screens.verification import code_spent, code_wanted
from domain.person_name import read_name
from domain.ports.identity import Mail
from domain.services import verification as service
from domain.services.new_password import RESET_MAIL, NewPassword
from domain.services.registration import CODE_MAIL, TAKEN_MAIL, Registration
from domain.services.verification import Proof, Sent, Verification


class VerificationConversation:
    def __init__(
        self, *, registration: Registration, new_password: NewPassword, verification: Verification
    ) -> None:
        self._registration = registration
        self._new_password = new_password
        self._verification = verification

    def routes(self) -> Routes:
        return Routes(
            actions={ResendCode: Route(self.resend)},
            steps={
                "register.code": Route(self.take_register_code),
                "forgot.code": Route(self.take_reset_code),
            },
            mails={
                CODE_MAIL: self.code_mail,
                RESET_MAIL: self.code_mail,
                TAKEN_MAIL: self.taken_mail,
            },
        )

    async def resend(self, turn: Turn, action: ResendCode) -> Result:
        step, email, words = turn.dialogue.step, _email(turn), turn.words
        if step not in ("register.code", "forgot.code"):
            return Result(toast=words.plain("older-button"))
        work, chat = turn.work, turn.who.chat_id
        if step == "register.code":
            outcome = await self._registration.send_code(work, email, chat, words.language)
        else:
            outcome = await self._new_password.send_code(work, email, chat, words.language)
        turn.enter(step, email=email)
        if isinstance(outcome, Sent):
            screen = code_wanted(step.split(".")[0], email, turn.shop.code_lifetime, words)
            return Result(screen, toast=words.plain("code-sent-again"))
        wait = words.duration(outcome.again_at - turn.now)
        return Result(toast=words.plain("code-again-later", wait=wait))

    async def take_register_code(self, turn: Turn, given: Text) -> Result:
        email = _email(turn)
        outcome = await self._registration.check_code(turn.work, email, turn.who.chat_id, given.text)
        if isinstance(outcome, Proof):
            turn.enter("register.name", email=email, proof=outcome.text)
            return Result(name_wanted(read_name(turn.who.first_name) or "", turn.words))
        return self._not_yet(turn, "register", outcome)

    async def take_reset_code(self, turn: Turn, given: Text) -> Result:
        email = _email(turn)
        outcome = await self._new_password.check_code(turn.work, email, turn.who.chat_id, given.text)
        if isinstance(outcome, Proof):
            turn.enter("forgot.password", email=email, proof=outcome.text)
            return Result(password_wanted(turn.words))
        return self._not_yet(turn, "forgot", outcome)

    def _not_yet(
        self,
        turn: Turn,
        step: str,
        outcome: service.NoCode | service.WrongCode | service.CodeSpent,
    ) -> Result:
        words = turn.words
        if isinstance(outcome, service.CodeSpent):
            return Result(code_spent(Register() if step == "register" else ForgotPassword(), words))
        said = words.html("code-odd")
        if isinstance(outcome, service.WrongCode):
            said = words.html("code-wrong", left=outcome.tries_left)
        return Result(code_wanted(step, _email(turn), turn.shop.code_lifetime, words, said=said))

    async def code_mail(self, occasion: Occasion) -> Mail | None:
        data = occasion.data
        purpose, email, nonce = str(data["purpose"]), str(data["email"]), str(data["nonce"])
        code = await self._verification.code_to_mail(occasion.look, purpose, email, nonce)
        if code is None:
            return None
        words = occasion.texts.words(str(data["language"]))
        return mails.code(purpose, email, code, occasion.shop, words)

    async def taken_mail(self, occasion: Occasion) -> Mail | None:
        words = occasion.texts.words(str(occasion.data["language"]))
        return mails.already_registered(str(occasion.data["email"]), occasion.shop, words)


def _email(turn: Turn) -> str:
    return str(turn.step_data.get("email", ""))
