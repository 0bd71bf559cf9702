"""Customers, their logins, codes and limits."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from domain.cart import CartOwner
from domain.customer import Customer
from domain.ids import ChatId, CustomerId, SessionId, UserId
from domain.ports.customers import MailedCode
from domain.ports.outbox import mail_lane
from tests.databases import Store
from tests.storage.samples import (
    LATER,
    NOW,
    SOON,
    customer,
    line,
    message,
    order,
    placed,
    session,
    stocked,
)

NOBODY = CustomerId(4711)


async def test_a_customer_is_found_by_id_and_by_the_address_however_it_is_written(store: Store) -> None:
    number = await customer(store, " Ann@Example.ORG ")
    ann = Customer(number, "Ann@Example.ORG", "Ann", "en", NOW, NOW)
    async with store.uow.reading() as look:
        assert await look.customers.get(number) == ann
        assert await look.customers.by_email("ann@example.org ") == (ann, "hash")
        assert await look.customers.password_hash(number) == "hash"


async def test_an_address_belongs_to_one_customer(store: Store) -> None:
    await customer(store, "ann@example.org")
    async with store.uow.writing() as work:
        again = await work.customers.add(
            email="ANN@example.org", name="Eve", language="de", password_hash="x", at=NOW, confirmed=False
        )
        assert again is None
        await work.commit()


async def test_nobody_is_found_where_nobody_is(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.customers.get(NOBODY) is None
        assert await work.customers.by_email("nobody@example.org") is None
        assert await work.customers.password_hash(NOBODY) == ""
        await work.customers.set_password(NOBODY, "x")
        await work.customers.set_language(NOBODY, "de")
        await work.customers.confirm(NOBODY, NOW)
        await work.customers.delete(NOBODY)


async def test_password_language_and_confirmation_can_be_changed(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await work.customers.add(
            email="a@b.example", name="Ann", language="en", password_hash="x", at=NOW, confirmed=False
        )
        assert number is not None
        await work.customers.set_password(number, "new")
        await work.customers.set_language(number, "de")
        assert await work.customers.get(number) == Customer(number, "a@b.example", "Ann", "de", NOW, None)
        await work.customers.confirm(number, LATER)
        assert await work.customers.password_hash(number) == "new"
        found = await work.customers.get(number)
        assert found is not None
        assert found.confirmed_at == LATER


async def test_a_deleted_customer_leaves_orders_without_a_person_and_nothing_else(store: Store) -> None:
    [book] = await stocked(store, "dune")
    ann, eve = await customer(store), await customer(store, "eve@example.org")
    hers, other = await placed(
        store,
        order(line(book), number="B-1", customer_id=ann),
        order(line(book), number="B-2", customer_id=eve),
    )
    owner = CartOwner(ann, ChatId(5), UserId(5))
    async with store.uow.writing() as work:
        await work.carts.locked(owner)
        await work.sessions.add(session(ann))
        await work.codes.put(MailedCode("ann@example.org", "reset", "h", ChatId(5), LATER))
        await work.outbox.put(message("m1", lane=mail_lane("ann@example.org")), NOW)
        await work.outbox.put(message("m2", lane=mail_lane("eve@example.org")), NOW)
        await work.commit()
    async with store.uow.writing() as work:
        await work.customers.delete(ann)
        await work.commit()
    async with store.uow.writing() as work:
        assert await work.customers.get(ann) is None
        assert await work.customers.by_email("ann@example.org") is None
        assert await work.carts.of(owner) is None
        assert await work.sessions.get(SessionId("session-1")) is None
        assert await work.codes.get("ann@example.org", "reset") is None
        kept = await work.orders.get(hers)
        assert kept is not None
        assert (kept.customer_id, kept.customer_name, kept.chat_id, kept.number) == (None, "", 0, "B-1")
        assert kept.lines == (line(book),)
        untouched = await work.orders.get(other)
        assert untouched is not None
        assert (untouched.customer_id, untouched.customer_name) == (eve, "Ann")
        leased = await work.outbox.lease(SOON, LATER, 10)
        assert [item.message.key for item in leased] == ["m2"]


async def test_a_deleted_customers_id_never_comes_back(store: Store) -> None:
    ann = await customer(store)
    async with store.uow.writing() as work:
        await work.customers.delete(ann)
        await work.commit()
    assert await customer(store) != ann


async def test_a_login_is_kept_whole_and_revoked_once(store: Store) -> None:
    ann = await customer(store)
    login = session(ann)
    async with store.uow.writing() as work:
        await work.sessions.add(login)
        assert await work.sessions.get(login.id) == login
        await work.sessions.revoke(login.id, SOON)
        await work.sessions.revoke(login.id, LATER)
        assert await work.sessions.get(login.id) == dataclasses.replace(login, revoked_at=SOON)
        assert await work.sessions.get(SessionId("other")) is None


async def test_live_logins_are_neither_revoked_nor_expired_and_the_newest_comes_first(store: Store) -> None:
    ann, eve = await customer(store), await customer(store, "eve@example.org")
    old = session(ann, "old", issued_at=NOW - timedelta(days=1))
    young = session(ann, "young")
    async with store.uow.writing() as work:
        for login in (
            old,
            young,
            session(ann, "revoked", revoked_at=NOW),
            session(ann, "expired", expires_at=SOON),
            session(eve, "hers"),
        ):
            await work.sessions.add(login)
        assert list(await work.sessions.live(ann, SOON)) == [young, old]
        assert await work.sessions.revoke_all(ann, SOON) == 2
        assert list(await work.sessions.live(ann, SOON)) == []
        assert len(await work.sessions.live(eve, SOON)) == 1
        assert await work.sessions.revoke_all(ann, SOON) == 0


async def test_a_newer_code_takes_the_place_of_the_one_before(store: Store) -> None:
    first = MailedCode("Ann@example.org", "register", "old", ChatId(1), SOON)
    second = MailedCode("ann@example.org", "register", "new", ChatId(2), LATER)
    reset = MailedCode("ann@example.org", "reset", "r", ChatId(2), LATER)
    async with store.uow.writing() as work:
        await work.codes.put(first)
        assert await work.codes.count_try("ann@example.org", "register") == 1
        assert await work.codes.count_try("ANN@example.org", "register") == 2
        await work.codes.put(reset)
        await work.codes.put(second)
        assert await work.codes.get("ANN@example.org", "register") == second
        await work.codes.remove("ann@example.org", "register")
        assert await work.codes.get("ann@example.org", "register") is None
        assert await work.codes.get("ann@example.org", "reset") == reset


async def test_a_try_at_a_code_that_is_not_there_counts_nothing(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.codes.count_try("ann@example.org", "register") == 0
        assert await work.codes.get("ann@example.org", "register") is None


async def test_attempts_are_counted_in_their_window_by_their_key(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.limits.hits("login:5", NOW) == (0, None)
        for at in (SOON, NOW, LATER):
            await work.limits.hit("login:5", at)
        await work.limits.hit("login:6", NOW)
        assert await work.limits.hits("login:5", NOW) == (3, NOW)
        assert await work.limits.hits("login:5", SOON) == (2, SOON)
        await work.limits.clear("login:5")
        assert await work.limits.hits("login:5", NOW) == (0, None)
        assert await work.limits.hits("login:6", NOW) == (1, NOW)


async def test_old_attempts_are_forgotten(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.limits.hit("login:5", NOW)
        await work.limits.hit("login:5", LATER)
        await work.limits.forget_before(SOON)
        assert await work.limits.hits("login:5", NOW) == (1, LATER)


async def test_codes_and_logins_that_have_run_out_are_forgotten(store: Store) -> None:
    number = await customer(store)
    old, new = session(number, id=SessionId("old"), expires_at=NOW), session(number, id=SessionId("new"))
    async with store.uow.writing() as work:
        for purpose, until in (("register", NOW), ("reset", LATER)):
            await work.codes.put(MailedCode("ann@example.org", purpose, "hash", ChatId(5), until))
        for login in (old, new):
            await work.sessions.add(login)
        await work.codes.forget_before(SOON)
        await work.sessions.forget_before(SOON)
        assert await work.codes.get("ann@example.org", "register") is None
        assert await work.codes.get("ann@example.org", "reset") is not None
        assert await work.sessions.get(SessionId("old")) is None
        assert await work.sessions.get(SessionId("new")) == new
