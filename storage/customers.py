"""Customers and the hashes of their passwords."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.customer import Customer, normalise_email
from domain.ids import CustomerId
from domain.ports.outbox import mail_lane
from storage.connection import Connection
from storage.outbox import WAITING
from storage.statements import insert, unawaited
from storage.tables import customers, mailed_codes, orders, outbox

_COLUMNS = (
    customers.c.id,
    customers.c.email,
    customers.c.name,
    customers.c.language,
    customers.c.created_at,
    customers.c.confirmed_at,
)
_ID = customers.c.id == bindparam("customer")

# One customer.
GET = sa.select(*_COLUMNS).where(_ID)

# The customer of an address, with the password's hash last.
BY_EMAIL = sa.select(*_COLUMNS, customers.c.password_hash).where(customers.c.email_key == bindparam("key"))

# A customer's password hash alone.
PASSWORD = sa.select(customers.c.password_hash).where(_ID)

# A new customer, unless the address is taken.
ADD = insert(customers).on_conflict_do_nothing(index_elements=["email_key"]).returning(customers.c.id)

SET_PASSWORD = unawaited(sa.update(customers).where(_ID).values(password_hash=bindparam("password")))
SET_LANGUAGE = unawaited(sa.update(customers).where(_ID).values(language=bindparam("tongue")))
CONFIRM = unawaited(sa.update(customers).where(_ID).values(confirmed_at=bindparam("at")))

# Orders that have to be kept lose the person.
FORGET_IN_ORDERS = unawaited(
    sa.update(orders)
    .where(orders.c.customer_id == bindparam("customer"))
    .values(customer_id=None, customer_name="", chat_id=0)
)

# Mails to the person that were not sent yet.
DROP_MAILS = unawaited(
    sa.delete(outbox).where(outbox.c.state == WAITING, outbox.c.lane.in_(bindparam("lanes", expanding=True)))
)

# Codes that were mailed to the person.
DROP_CODES = unawaited(sa.delete(mailed_codes).where(mailed_codes.c.email_key == bindparam("key")))

# The person; the cart and the logins go with the row.
DELETE = unawaited(sa.delete(customers).where(_ID))


class SqlCustomers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, customer_id: CustomerId) -> Customer | None:
        row = (await self._connection.execute(GET, {"customer": customer_id})).one_or_none()
        return None if row is None else Customer(*row)

    async def by_email(self, email: str) -> tuple[Customer, str] | None:
        row = (await self._connection.execute(BY_EMAIL, {"key": normalise_email(email)})).one_or_none()
        return None if row is None else (Customer(*row[:-1]), row[-1])

    async def password_hash(self, customer_id: CustomerId) -> str:
        """Empty if there is no such customer; no password has that hash."""
        found = (await self._connection.execute(PASSWORD, {"customer": customer_id})).scalar_one_or_none()
        return found or ""

    async def add(
        self, *, email: str, name: str, language: str, password_hash: str, at: datetime, confirmed: bool
    ) -> CustomerId | None:
        new = {
            "email": email.strip(),
            "email_key": normalise_email(email),
            "name": name,
            "language": language,
            "password_hash": password_hash,
            "created_at": at,
            "confirmed_at": at if confirmed else None,
        }
        found = (await self._connection.execute(ADD, new)).scalar_one_or_none()
        return None if found is None else CustomerId(found)

    async def set_password(self, customer_id: CustomerId, password_hash: str) -> None:
        await self._connection.execute(SET_PASSWORD, {"customer": customer_id, "password": password_hash})

    async def set_language(self, customer_id: CustomerId, language: str) -> None:
        await self._connection.execute(SET_LANGUAGE, {"customer": customer_id, "tongue": language})

    async def confirm(self, customer_id: CustomerId, at: datetime) -> None:
        await self._connection.execute(CONFIRM, {"customer": customer_id, "at": at})

    async def delete(self, customer_id: CustomerId) -> None:
        customer = await self.get(customer_id)
        if customer is None:
            return
        key = normalise_email(customer.email)
        await self._connection.execute(FORGET_IN_ORDERS, {"customer": customer_id})
        await self._connection.execute(DROP_MAILS, {"lanes": [mail_lane(customer.email), mail_lane(key)]})
        await self._connection.execute(DROP_CODES, {"key": key})
        await self._connection.execute(DELETE, {"customer": customer_id})
