"""Becoming a customer."""

from __future__ import annotations

from dataclasses import dataclass

from domain.customer import Customer, normalise_email
from domain.ids import ChatId, UserId
from domain.ports.clock import Clock
from domain.ports.identity import Mailer, PasswordHasher
from domain.ports.unit_of_work import Work
from domain.services.login import LoggedIn, Login
from domain.services.password_choice import ChosenPassword, choose_password
from domain.services.verification import (
    CodeSpent,
    NoCode,
    Proof,
    Purpose,
    Sent,
    TooManyMails,
    TooSoon,
    Verification,
    WrongCode,
)

CODE_MAIL = "mail-register-code"
TAKEN_MAIL = "mail-already-registered"


@dataclass(frozen=True, slots=True)
class Taken:
    """There is an account for this address already."""


class Registration:
    """Address, (a code by mail,) name, password. With mail, whether an address is taken is told to its owner alone, by mail."""

    def __init__(
        self,
        *,
        verification: Verification,
        login: Login,
        hasher: PasswordHasher,
        mailer: Mailer,
        clock: Clock,
    ) -> None:
        self._verification = verification
        self._login = login
        self._hasher = hasher
        self._mailer = mailer
        self._clock = clock

    @property
    def by_mail(self) -> bool:
        """Whether addresses are confirmed by a code: the shop has a mail server."""
        return self._mailer.configured

    async def send_code(
        self, work: Work, email: str, chat_id: ChatId, language: str
    ) -> Sent | TooSoon | TooManyMails:
        taken = await work.customers.by_email(normalise_email(email)) is not None
        return await self._verification.send(
            work,
            Purpose.REGISTER,
            email,
            chat_id,
            language=language,
            kind=TAKEN_MAIL if taken else CODE_MAIL,
            genuine=not taken,
        )

    async def check_code(
        self, work: Work, email: str, chat_id: ChatId, typed: str
    ) -> Proof | NoCode | WrongCode | CodeSpent:
        return await self._verification.check(work, Purpose.REGISTER, email, chat_id, typed)

    async def choose(self, text: str, email: str) -> ChosenPassword:
        """Slow (Argon2): call it outside of any transaction."""
        return await choose_password(self._hasher, text, email)

    async def register(
        self,
        work: Work,
        *,
        email: str,
        proof: str,
        name: str,
        password_hash: str,
        language: str,
        chat_id: ChatId,
        user_id: UserId,
    ) -> LoggedIn | Taken | CodeSpent:
        """Make the account and log in. CodeSpent if the proof of the address is too old."""
        confirmed = bool(proof) and self._verification.proven(proof, Purpose.REGISTER.value, email, chat_id)
        if self.by_mail and not confirmed:
            return CodeSpent()
        now = self._clock.now()
        customer_id = await work.customers.add(
            email=email.strip(),
            name=name,
            language=language,
            password_hash=password_hash,
            at=now,
            confirmed=confirmed,
        )
        if customer_id is None:
            return Taken()
        customer = Customer(customer_id, email.strip(), name, language, now, now if confirmed else None)
        return await self._login.open(work, customer, chat_id, user_id)
