"""Becoming a customer: address, (code,) name, password."""

from __future__ import annotations

from bot import arrival
from bot.actions import Register, ShowAccount, UseName
from bot.conversation import Before, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Result
from bot.screens import registration as screens
from bot.screens.verification import code_spent, code_wanted, too_many_mails
from bot.texts import Texts
from domain.customer import plausible_email
from domain.person_name import read_name
from domain.services.login import LoggedIn
from domain.services.password_choice import ChosenPassword
from domain.services.registration import Registration, Taken
from domain.services.verification import TooManyMails


class RegistrationConversation:
    """The code's step is `bot.conversations.verification`'s; it leads to the name's."""

    def __init__(self, *, registration: Registration, texts: Texts) -> None:
        self._registration = registration
        self._texts = texts

    def routes(self) -> Routes:
        return Routes(
            actions={Register: Route(self.begin), UseName: Route(self.use_name)},
            steps={
                "register.email": Route(self.take_email),
                "register.name": Route(self.take_name),
                "register.password": Route(self.take_password, prepare=self.choose_password),
            },
        )

    async def begin(self, turn: Turn, action: Register) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is not None:
            customer = await turn.work.customers.get(customer_id)
            name = customer.name if customer is not None else ""
            return Result(go=ShowAccount(), toast=turn.words.plain("login-already", name=name))
        arrival.set_out(turn)
        turn.enter("register.email")
        return Result(screens.email_wanted(turn.words, by_mail=self._registration.by_mail))

    async def take_email(self, turn: Turn, given: Text) -> Result:
        email, words = given.text.strip(), turn.words
        by_mail = self._registration.by_mail
        if not plausible_email(email):
            return Result(screens.email_wanted(words, by_mail=by_mail, odd=True))
        if not by_mail:
            turn.enter("register.name", email=email, proof="")
            return Result(screens.name_wanted(_offered(turn), words))
        outcome = await self._registration.send_code(turn.work, email, turn.who.chat_id, turn.words.language)
        if isinstance(outcome, TooManyMails):
            return Result(too_many_mails(outcome.again_at, turn.now, words))
        # Sent just now or a moment ago: either way there is a mail to look for.
        turn.enter("register.code", email=email)
        return Result(code_wanted("register", email, turn.shop.code_lifetime, words))

    async def take_name(self, turn: Turn, given: Text) -> Result:
        name = read_name(given.text)
        if name is None:
            return Result(screens.name_wanted(_offered(turn), turn.words, odd=True))
        return self._ask_for_password(turn, name)

    async def use_name(self, turn: Turn, action: UseName) -> Result:
        if turn.dialogue.step != "register.name":
            return Result(go=Register())
        name = _offered(turn)
        if not name:
            turn.enter("register.name", **turn.step_data)
            return Result(screens.name_wanted("", turn.words))
        return self._ask_for_password(turn, name)

    def _ask_for_password(self, turn: Turn, name: str) -> Result:
        turn.enter("register.password", **{**turn.step_data, "name": name})
        return Result(screens.password_wanted(turn.words))

    async def choose_password(self, before: Before, given: Text) -> ChosenPassword:
        before.message_to_delete = given.message_id
        return await self._registration.choose(given.text, str(before.step_data.get("email", "")))

    async def take_password(self, turn: Turn, given: Text) -> Result:
        chosen, facts, words = turn.brought(ChosenPassword), turn.step_data, turn.words
        notice = " ".join(arrival.deletion_notice(turn))
        if chosen.refused is not None:
            return Result(screens.password_wanted(words, chosen.refused), notice)
        outcome = await self._registration.register(
            turn.work,
            email=str(facts["email"]),
            proof=str(facts["proof"]),
            name=str(facts["name"]),
            password_hash=chosen.password_hash,
            language=words.language,
            chat_id=turn.who.chat_id,
            user_id=turn.who.user_id,
        )
        if isinstance(outcome, LoggedIn):
            return arrival.arrive(turn, self._texts, outcome, "register-welcome")
        if isinstance(outcome, Taken):
            arrival.rest(turn)
            return Result(screens.email_taken(str(facts["email"]), words), notice)
        turn.enter("register.code", email=str(facts["email"]))
        return Result(code_spent(Register(), words), notice)


def _offered(turn: Turn) -> str:
    return read_name(turn.who.first_name) or ""
