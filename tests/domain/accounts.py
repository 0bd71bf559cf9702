"""A shop's account services over the memory, with a clock, ids and a hasher that a test can look into."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.customer import Customer
from domain.hours import OpeningHours
from domain.ids import ChatId, CustomerId, UserId
from domain.ports.outbox import Message
from domain.services.account import Account
from domain.services.login import LoggedIn, Login
from domain.services.new_password import NewPassword
from domain.services.registration import Registration
from domain.services.verification import Verification
from domain.session import Claims, Session
from domain.shop import Shop
from identity.clock import SecretIds
from identity.codes import HmacCodes
from identity.tokens import JwtTokens
from storage.memory import MemoryUnitOfWork
from storage.memory.unit_of_work import MemoryWork

SECRET = "a secret of these tests, long enough to sign"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"
ANN, BOB = "ann@example.org", "bob@example.org"
HERE, THERE = ChatId(5), ChatId(6)
ME = UserId(5)


@dataclass
class Hands:
    """A clock that a test turns."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def pass_time(self, **span: float) -> None:
        self.at += timedelta(**span)

    @staticmethod
    def span(**span: float) -> timedelta:
        return timedelta(**span)


@dataclass
class OpenHasher:
    """Keeps passwords readable and counts its work. A hash of another ``make`` is outdated."""

    make: str = "v2"
    verified: list[str | None] = field(default_factory=list)

    async def hash(self, password: str) -> str:
        return f"{self.make}:{password}"

    async def verify(self, password_hash: str | None, password: str) -> bool:
        self.verified.append(password_hash)
        return password_hash is not None and password_hash.split(":", 1)[1] == password

    def outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith(f"{self.make}:")


@dataclass
class Postman:
    configured: bool = True

    async def send(self, mail: object, message_id: str) -> None:
        raise AssertionError("services send nothing themselves")


class Accounts:
    """Everything that has to do with accounts, of one shop."""

    def __init__(self, *, by_mail: bool = True) -> None:
        self.uow = MemoryUnitOfWork()
        self.clock = Hands()
        self.hasher = OpenHasher()
        self.shop = Shop("Shop", "", OpeningHours.parse("", ZoneInfo("UTC")), "EUR")
        ids, mailer = SecretIds(), Postman(by_mail)
        self.tokens = JwtTokens(SECRET, self.clock)
        self.codes = HmacCodes(SECRET)
        self.login = Login(hasher=self.hasher, tokens=self.tokens, clock=self.clock, ids=ids, shop=self.shop)
        self.verification = Verification(codes=self.codes, clock=self.clock, ids=ids, shop=self.shop)
        self.registration = Registration(
            verification=self.verification,
            login=self.login,
            hasher=self.hasher,
            mailer=mailer,
            clock=self.clock,
        )
        self.new_password = NewPassword(
            verification=self.verification,
            login=self.login,
            hasher=self.hasher,
            mailer=mailer,
            clock=self.clock,
            ids=ids,
        )
        self.account = Account(login=self.login, clock=self.clock)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[MemoryWork]:
        """A transaction that is committed."""
        async with self.uow.writing() as work:
            yield work
            await work.commit()

    async def add(self, email: str = ANN, password: str = PASSWORD, *, confirmed: bool = True) -> CustomerId:
        async with self.work() as work:
            customer_id = await work.customers.add(
                email=email,
                name="Ann",
                language="en",
                password_hash=await self.hasher.hash(password),
                at=self.clock.now(),
                confirmed=confirmed,
            )
        assert customer_id is not None
        return customer_id

    async def tries(self, password: str, email: str = ANN, chat: ChatId = HERE) -> object:
        """One try to log in, from the typed password to the outcome."""
        async with self.uow.reading() as look:
            candidate = await self.login.find(look, email, chat)
        check = await self.login.check(candidate, password)
        async with self.work() as work:
            return await self.login.log_in(work, check, chat, ME)

    async def logs_in(self, email: str = ANN, chat: ChatId = HERE, password: str = PASSWORD) -> LoggedIn:
        outcome = await self.tries(password, email, chat)
        assert isinstance(outcome, LoggedIn)
        return outcome

    def claims(self, outcome: object) -> Claims:
        """What the token of a login says."""
        assert isinstance(outcome, LoggedIn)
        claims = self.tokens.verify(outcome.token)
        assert claims is not None
        return claims

    async def session(self, outcome: object) -> Session | None:
        """The row behind a login."""
        async with self.uow.reading() as look:
            return await look.sessions.get(self.claims(outcome).session_id)

    async def customer(self, email: str = ANN) -> Customer:
        async with self.uow.reading() as look:
            found = await look.customers.by_email(email)
        assert found is not None
        return found[0]

    async def mails(self) -> list[Message]:
        """Everything that waits in the outbox, taking it out."""
        async with self.work() as work:
            leased = await work.outbox.lease(self.clock.now(), self.clock.now() + timedelta(seconds=1), 100)
            for item in leased:
                await work.outbox.delivered(item.id, self.clock.now())
        return [item.message for item in leased]

    async def mailed_code(self) -> str:
        """The code in the only mail that waits."""
        (message,) = await self.mails()
        async with self.uow.reading() as look:
            code = await self.verification.code_to_mail(
                look, str(message.data["purpose"]), str(message.data["email"]), str(message.data["nonce"])
            )
        assert code is not None
        return code
