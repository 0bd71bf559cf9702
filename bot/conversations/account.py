"""The account, logging out, a changed password."""

from __future__ import annotations

from bot import arrival, mails
from bot.actions import ChangePassword, LogOut, LogOutEverywhere, ShowAccount
from bot.conversation import Before, Occasion, Route, Routes, Turn
from bot.inputs import Text
from bot.screen import Result
from bot.screens import account as screens
from bot.screens import login as login_screens
from bot.screens.new_password import password_wanted
from bot.texts import Texts
from domain.ports.identity import Mail
from domain.services.account import Account
from domain.services.login import Locked, LoggedIn, Login, PasswordCheck, Refused
from domain.services.new_password import CHANGED_MAIL, NewPassword
from domain.services.password_choice import ChosenPassword


class AccountConversation:
    def __init__(self, *, account: Account, login: Login, new_password: NewPassword, texts: Texts) -> None:
        self._account = account
        self._login = login
        self._new_password = new_password
        self._texts = texts

    def routes(self) -> Routes:
        guarded = arrival.ask_to_log_in
        return Routes(
            actions={
                ShowAccount: Route(self.show, recover=guarded),
                LogOut: Route(self.log_out),
                LogOutEverywhere: Route(self.log_out_everywhere),
                ChangePassword: Route(self.ask_for_old, recover=guarded),
            },
            steps={
                "password.old": Route(self.take_old, prepare=self.check_old),
                "password.new": Route(self.take_new, prepare=self.choose_new),
            },
            commands={"logout": LogOut()},
            mails={CHANGED_MAIL: self.changed_mail},
        )

    async def show(self, turn: Turn, action: ShowAccount) -> Result:
        customer_id = await turn.require_customer()
        view = await self._account.view(turn.work, customer_id, turn.who.chat_id, turn.who.user_id)
        return Result(screens.account(view, turn.words))

    async def log_out(self, turn: Turn, action: LogOut) -> Result:
        session = await turn.session()
        if session is None:
            return Result(screens.nobody(turn.words))
        await self._account.log_out(turn.work, session)
        arrival.forget_person(turn)
        return Result(screens.logged_out(turn.words))

    async def log_out_everywhere(self, turn: Turn, action: LogOutEverywhere) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None:
            return Result(screens.nobody(turn.words))
        ended = await self._account.log_out_everywhere(turn.work, customer_id)
        arrival.forget_person(turn)
        return Result(screens.logged_out_everywhere(ended, turn.words))

    async def ask_for_old(self, turn: Turn, action: ChangePassword) -> Result:
        await turn.require_customer()
        arrival.set_out_from(turn, ShowAccount())
        turn.enter("password.old")
        return Result(screens.old_password_wanted(turn.words))

    async def check_old(self, before: Before, given: Text) -> PasswordCheck | None:
        before.message_to_delete = given.message_id
        async with before.reading() as look:
            customer_id = await before.customer_id(look)
            if customer_id is None:
                return None
            candidate = await self._login.find_customer(look, customer_id, before.who.chat_id)
        return await self._login.check(candidate, given.text)

    async def take_old(self, turn: Turn, given: Text) -> Result:
        notice = " ".join(arrival.deletion_notice(turn))
        if await turn.customer_id() is None or turn.prepared is None:
            return _logged_out_meanwhile(turn)
        check, words = turn.brought(PasswordCheck), turn.words
        outcome = await self._new_password.begin_change(turn.work, check, turn.who.chat_id)
        if isinstance(outcome, Locked):
            by_mail = self._new_password.by_mail
            return Result(login_screens.locked(outcome.until, turn.now, by_mail=by_mail, words=words), notice)
        if isinstance(outcome, Refused):
            return Result(screens.old_password_refused(outcome.tries_left, words), notice)
        turn.enter("password.new", proof=outcome.text)
        return Result(password_wanted(words), notice)

    async def choose_new(self, before: Before, given: Text) -> ChosenPassword | None:
        before.message_to_delete = given.message_id
        async with before.reading() as look:
            customer_id = await before.customer_id(look)
            customer = await look.customers.get(customer_id) if customer_id is not None else None
        return None if customer is None else await self._new_password.choose(given.text, customer.email)

    async def take_new(self, turn: Turn, given: Text) -> Result:
        customer_id = await turn.customer_id()
        if customer_id is None or turn.prepared is None:
            return _logged_out_meanwhile(turn)
        chosen, words = turn.brought(ChosenPassword), turn.words
        notice = " ".join(arrival.deletion_notice(turn))
        if chosen.refused is not None:
            return Result(password_wanted(words, chosen.refused), notice)
        outcome = await self._new_password.change(
            turn.work,
            customer_id=customer_id,
            proof=str(turn.step_data.get("proof", "")),
            password_hash=chosen.password_hash,
            chat_id=turn.who.chat_id,
            user_id=turn.who.user_id,
        )
        if isinstance(outcome, LoggedIn):
            return arrival.arrive(turn, self._texts, outcome, "password-set")
        turn.enter("password.old")
        return Result(screens.old_password_wanted(words), notice)

    async def changed_mail(self, occasion: Occasion) -> Mail | None:
        data = occasion.data
        words = occasion.texts.words(str(data["language"]))
        at = f"{words.date(occasion.written_at)}, {words.time(occasion.written_at)}"
        return mails.password_changed(str(data["email"]), str(data["name"]), at, occasion.shop, words)


def _logged_out_meanwhile(turn: Turn) -> Result:
    """The login ended, here or elsewhere, while the password was being typed."""
    turn.leave()
    arrival.come_back_to(turn, ShowAccount())
    return Result(screens.nobody(turn.words), toast=" ".join(arrival.deletion_notice(turn)))
