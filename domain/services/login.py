"""Logging in. What is wrong with a try is a value, not an error: a try that fails has to be counted, not rolled back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.customer import Customer, normalise_email
from domain.ids import ChatId, CustomerId, SessionId, UserId
from domain.password import normalise_password
from domain.ports.clock import Clock, Ids
from domain.ports.identity import PasswordHasher, Tokens
from domain.ports.unit_of_work import Look, Work
from domain.services.attempts import latest_opening, passwords_in_chat, passwords_of_account
from domain.services.guest_cart import adopt_guest_cart
from domain.session import Session
from domain.shop import Shop


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whose password is about to be checked. For an unknown address there is no customer and no hash."""

    address: str
    customer: Customer | None
    password_hash: str | None = field(repr=False)
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """What the slow part found out. ``rehashed`` is the same password at today's cost, if the stored hash is cheaper."""

    candidate: Candidate
    right: bool
    rehashed: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """Address and password do not belong together; which of them is wrong is not told."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong passwords, for this account or from this chat."""

    until: datetime


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """``token`` is the login to carry. ``left_out`` copies of the guest's cart did not fit into the customer's."""

    customer: Customer
    token: str = field(repr=False)
    left_out: int = 0


class Login:
    """A try has three parts: `find` reads, `check` is slow and holds no transaction, `log_in` counts and opens.

    An unknown address goes the same way as a known one: the same statements, one Argon2 check, the same limits.
    """

    def __init__(self, *, hasher: PasswordHasher, tokens: Tokens, clock: Clock, ids: Ids, shop: Shop) -> None:
        self._hasher = hasher
        self._tokens = tokens
        self._clock = clock
        self._ids = ids
        self._shop = shop

    async def find(self, look: Look, email: str, chat_id: ChatId) -> Candidate:
        address = normalise_email(email)
        found = await look.customers.by_email(address)
        customer, password_hash = found if found is not None else (None, None)
        return Candidate(address, customer, password_hash, await self._locked_until(look, address, chat_id))

    async def find_customer(self, look: Look, customer_id: CustomerId, chat_id: ChatId) -> Candidate:
        """The same for somebody who is logged in and shows once more that they know the password."""
        customer = await look.customers.get(customer_id)
        return await self.find(look, customer.email if customer is not None else "", chat_id)

    async def check(self, candidate: Candidate, password: str) -> PasswordCheck:
        """Slow (Argon2): call it outside of any transaction. A locked account's password is not looked at."""
        if candidate.locked_until is not None:
            return PasswordCheck(candidate, right=False)
        password = normalise_password(password)
        right = await self._hasher.verify(candidate.password_hash, password)
        if right and candidate.password_hash is not None and self._hasher.outdated(candidate.password_hash):
            return PasswordCheck(candidate, right, await self._hasher.hash(password))
        return PasswordCheck(candidate, right)

    async def confirm(self, work: Work, check: PasswordCheck, chat_id: ChatId) -> Customer | Refused | Locked:
        """Count a checked try. It holds only if nothing it relied on changed meanwhile: the limits, the stored hash."""
        now, address = self._clock.now(), check.candidate.address
        account, chat = passwords_of_account(address), passwords_in_chat(chat_id)
        await work.limits.locked(account.key, chat.key)
        locked = await self._locked_until(work, address, chat_id)
        if locked is not None:
            return Locked(locked)
        found = await work.customers.by_email(address)
        customer, password_hash = found if found is not None else (None, None)
        if check.right and customer is not None and password_hash == check.candidate.password_hash:
            await work.limits.clear(account.key)
            if check.rehashed is not None:
                await work.customers.set_password(customer.id, check.rehashed)
            return customer
        await work.limits.hit(account.key, now)
        await work.limits.hit(chat.key, now)
        locked = await self._locked_until(work, address, chat_id)
        if locked is not None:
            return Locked(locked)
        return Refused(min(await account.left(work.limits, now), await chat.left(work.limits, now)))

    async def log_in(
        self, work: Work, check: PasswordCheck, chat_id: ChatId, user_id: UserId
    ) -> LoggedIn | Refused | Locked:
        outcome = await self.confirm(work, check, chat_id)
        if isinstance(outcome, Customer):
            return await self.open(work, outcome, chat_id, user_id)
        return outcome

    async def open(self, work: Work, customer: Customer, chat_id: ChatId, user_id: UserId) -> LoggedIn:
        """Begin a login of a customer who has shown who they are; the guest's cart becomes theirs."""
        # Tokens count in whole seconds; the row says exactly the same.
        now = self._clock.now().replace(microsecond=0)
        session = Session(
            id=SessionId(self._ids.token()),
            customer_id=customer.id,
            chat_id=chat_id,
            issued_at=now,
            expires_at=now + self._shop.login_lifetime,
        )
        await work.sessions.add(session)
        left_out = await adopt_guest_cart(work.carts, customer.id, chat_id, user_id)
        return LoggedIn(customer, self._tokens.issue(session), left_out)

    async def _locked_until(self, look: Look, address: str, chat_id: ChatId) -> datetime | None:
        return await latest_opening(
            look.limits, self._clock.now(), passwords_of_account(address), passwords_in_chat(chat_id)
        )
