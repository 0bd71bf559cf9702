"""A new password: forgotten, or changed. All other logins end with it."""

from __future__ import annotations

import hashlib

from domain.customer import Customer, normalise_email
from domain.ids import ChatId, CustomerId, UserId
from domain.ports.clock import Clock, Ids
from domain.ports.identity import Mailer, PasswordHasher
from domain.ports.outbox import Message, mail_lane
from domain.ports.unit_of_work import Work
from domain.services.attempts import passwords_of_account
from domain.services.login import Locked, LoggedIn, Login, PasswordCheck, Refused
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

RESET_MAIL = "mail-reset-code"
CHANGED_MAIL = "mail-password-changed"
_CHANGE = "change"


class NewPassword:
    """Both ways end in a proof (by a code, or by the old password) that holds as long as the stored hash is the same, so it
    is good for one change."""

    def __init__(
        self,
        *,
        verification: Verification,
        login: Login,
        hasher: PasswordHasher,
        mailer: Mailer,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._verification = verification
        self._login = login
        self._hasher = hasher
        self._mailer = mailer
        self._clock = clock
        self._ids = ids

    @property
    def by_mail(self) -> bool:
        """Whether a forgotten password can be replaced in the chat: it takes a mail."""
        return self._mailer.configured

    async def send_code(
        self, work: Work, email: str, chat_id: ChatId, language: str
    ) -> Sent | TooSoon | TooManyMails:
        """The same for an unknown address, to which nothing is sent."""
        known = await work.customers.by_email(normalise_email(email)) is not None
        return await self._verification.send(
            work,
            Purpose.RESET,
            email,
            chat_id,
            language=language,
            kind=RESET_MAIL if known else None,
            genuine=known,
        )

    async def check_code(
        self, work: Work, email: str, chat_id: ChatId, typed: str
    ) -> Proof | NoCode | WrongCode | CodeSpent:
        found = await work.customers.by_email(normalise_email(email))
        bound_to = _print(found[1]) if found is not None else ""
        return await self._verification.check(work, Purpose.RESET, email, chat_id, typed, bound_to=bound_to)

    async def choose(self, text: str, email: str) -> ChosenPassword:
        """Slow (Argon2): call it outside of any transaction."""
        return await choose_password(self._hasher, text, email)

    async def reset(
        self, work: Work, *, email: str, proof: str, password_hash: str, chat_id: ChatId, user_id: UserId
    ) -> LoggedIn | CodeSpent:
        """Set it and log in. Whoever reads the mailbox is the owner, so a lock on the account ends, and the address counts
        as confirmed."""
        address, now = normalise_email(email), self._clock.now()
        found = await work.customers.by_email(address)
        if found is None:
            return CodeSpent()
        customer, old_hash = found
        if not self._verification.proven(proof, Purpose.RESET.value, email, chat_id, _print(old_hash)):
            return CodeSpent()
        if customer.confirmed_at is None:
            await work.customers.confirm(customer.id, now)
        await work.limits.clear(passwords_of_account(address).key)
        await self._set(work, customer, password_hash)
        return await self._login.open(work, customer, chat_id, user_id)

    async def begin_change(
        self, work: Work, check: PasswordCheck, chat_id: ChatId
    ) -> Proof | Refused | Locked:
        """The old password was typed. The proof lets the next step set a new one."""
        outcome = await self._login.confirm(work, check, chat_id)
        if not isinstance(outcome, Customer):
            return outcome
        stored = await work.customers.password_hash(outcome.id)
        return self._verification.proof(_CHANGE, outcome.email, chat_id, _print(stored))

    async def change(
        self,
        work: Work,
        *,
        customer_id: CustomerId,
        proof: str,
        password_hash: str,
        chat_id: ChatId,
        user_id: UserId,
    ) -> LoggedIn | CodeSpent:
        """Set it; this chat gets a new login. CodeSpent if the old password was typed too long ago."""
        customer = await work.customers.get(customer_id)
        stored = await work.customers.password_hash(customer_id)
        if customer is None or not self._verification.proven(
            proof, _CHANGE, customer.email, chat_id, _print(stored)
        ):
            return CodeSpent()
        await self._set(work, customer, password_hash)
        return await self._login.open(work, customer, chat_id, user_id)

    async def _set(self, work: Work, customer: Customer, password_hash: str) -> None:
        now = self._clock.now()
        await work.customers.set_password(customer.id, password_hash)
        await work.sessions.revoke_all(customer.id, now)
        if self._mailer.configured:
            data: dict[str, str | int | bool | None] = {
                "email": customer.email,
                "name": customer.name,
                "language": customer.language,
            }
            lane = mail_lane(normalise_email(customer.email))
            await work.outbox.put(
                Message(f"password-changed:{self._ids.token()}", lane, CHANGED_MAIL, data), now
            )


def _print(password_hash: str) -> str:
    """A short name for a stored hash: when the hash changes, so does it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()
