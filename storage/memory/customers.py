"""Customers, logins, mailed codes and counted attempts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from domain.customer import Customer, normalise_email
from domain.ids import ChatId, CustomerId, SessionId
from domain.ports.customers import MailedCode
from domain.ports.outbox import mail_lane
from domain.session import Session
from storage.memory.state import KeptCustomer, State


class MemoryCustomers:
    def __init__(self, state: State) -> None:
        self._state = state

    async def get(self, customer_id: CustomerId) -> Customer | None:
        found = self._state.customers.get(customer_id)
        return None if found is None else found.customer

    async def by_email(self, email: str) -> tuple[Customer, str] | None:
        found = self._of(normalise_email(email))
        return None if found is None else (found.customer, found.password_hash)

    def _of(self, key: str) -> KeptCustomer | None:
        return next((kept for kept in self._state.customers.values() if kept.key == key), None)

    async def password_hash(self, customer_id: CustomerId) -> str:
        found = self._state.customers.get(customer_id)
        return "" if found is None else found.password_hash

    async def add(
        self, *, email: str, name: str, language: str, password_hash: str, at: datetime, confirmed: bool
    ) -> CustomerId | None:
        key = normalise_email(email)
        if self._of(key) is not None:
            return None
        number = CustomerId(next(self._state.numbers))
        customer = Customer(number, email.strip(), name, language, at, at if confirmed else None)
        self._state.customers[number] = KeptCustomer(customer, key, password_hash)
        return number

    async def set_password(self, customer_id: CustomerId, password_hash: str) -> None:
        found = self._state.customers.get(customer_id)
        if found is not None:
            self._state.customers[customer_id] = dataclasses.replace(found, password_hash=password_hash)

    async def set_language(self, customer_id: CustomerId, language: str) -> None:
        found = self._state.customers.get(customer_id)
        if found is not None:
            self._keep(found, dataclasses.replace(found.customer, language=language))

    async def confirm(self, customer_id: CustomerId, at: datetime) -> None:
        found = self._state.customers.get(customer_id)
        if found is not None:
            self._keep(found, dataclasses.replace(found.customer, confirmed_at=at))

    def _keep(self, found: KeptCustomer, customer: Customer) -> None:
        self._state.customers[customer.id] = dataclasses.replace(found, customer=customer)

    async def delete(self, customer_id: CustomerId) -> None:
        state = self._state
        found = state.customers.pop(customer_id, None)
        if found is None:
            return
        for number, kept in state.orders.items():
            if kept.order.customer_id == customer_id:
                nobody = dataclasses.replace(
                    kept.order, customer_id=None, customer_name="", chat_id=ChatId(0)
                )
                state.orders[number] = dataclasses.replace(kept, order=nobody)
        gone = [number for number, one in state.questions.items() if one.customer_id == customer_id]
        for question in gone:
            del state.questions[question]
            state.question_cards.pop(question, None)
        lanes = {mail_lane(found.customer.email), mail_lane(found.key)}
        state.messages = {
            number: kept
            for number, kept in state.messages.items()
            if kept.state != "waiting" or kept.message.lane not in lanes
        }
        state.codes = {name: code for name, code in state.codes.items() if name[0] != found.key}
        state.carts = {name: cart for name, cart in state.carts.items() if cart.customer_id != customer_id}
        state.sessions = {
            name: session for name, session in state.sessions.items() if session.customer_id != customer_id
        }


class MemorySessions:
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, session: Session) -> None:
        self._state.sessions[session.id] = session

    async def get(self, session_id: SessionId) -> Session | None:
        return self._state.sessions.get(session_id)

    async def live(self, customer_id: CustomerId, now: datetime) -> Sequence[Session]:
        found = [
            session
            for session in self._state.sessions.values()
            if session.customer_id == customer_id and session.revoked_at is None and session.expires_at > now
        ]
        return sorted(found, key=lambda session: (-session.issued_at.timestamp(), session.id))

    async def revoke(self, session_id: SessionId, at: datetime) -> None:
        session = self._state.sessions.get(session_id)
        if session is not None and session.revoked_at is None:
            self._state.sessions[session_id] = dataclasses.replace(session, revoked_at=at)

    async def revoke_all(self, customer_id: CustomerId, at: datetime) -> int:
        live = await self.live(customer_id, at)
        for session in live:
            await self.revoke(session.id, at)
        return len(live)

    async def forget_before(self, at: datetime) -> None:
        self._state.sessions = {
            name: session for name, session in self._state.sessions.items() if session.expires_at >= at
        }


class MemoryMailedCodes:
    def __init__(self, state: State) -> None:
        self._state = state

    async def put(self, code: MailedCode) -> None:
        key = normalise_email(code.email)
        self._state.codes[key, code.purpose] = dataclasses.replace(code, email=key)

    async def get(self, email: str, purpose: str) -> MailedCode | None:
        return self._state.codes.get((normalise_email(email), purpose))

    async def count_try(self, email: str, purpose: str) -> int:
        code = await self.get(email, purpose)
        if code is None:
            return 0
        await self.put(dataclasses.replace(code, tries=code.tries + 1))
        return code.tries + 1

    async def remove(self, email: str, purpose: str) -> None:
        self._state.codes.pop((normalise_email(email), purpose), None)

    async def forget_before(self, at: datetime) -> None:
        self._state.codes = {name: code for name, code in self._state.codes.items() if code.expires_at >= at}


class MemoryLimits:
    def __init__(self, state: State) -> None:
        self._state = state

    async def locked(self, *keys: str) -> None:
        """The memory has one writer at a time."""

    async def hits(self, key: str, since: datetime) -> tuple[int, datetime | None]:
        found = [at for name, at in self._state.hits if name == key and at >= since]
        return len(found), min(found, default=None)

    async def hit(self, key: str, at: datetime) -> None:
        self._state.hits.append((key, at))

    async def clear(self, key: str) -> None:
        self._state.hits = [(name, at) for name, at in self._state.hits if name != key]

    async def forget_before(self, at: datetime) -> None:
        self._state.hits = [(name, then) for name, then in self._state.hits if then >= at]
