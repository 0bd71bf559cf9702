import json
from datetime import timedelta

import pytest

from domain.cart import CartLine, CartOwner
from domain.errors import NotLoggedIn
from domain.ids import BookId, ChatId, CustomerId, OrderId
from domain.money import Money
from domain.order import Order, OrderEvent, OrderEventKind, OrderLine, OrderState, Way
from domain.ports.dialogues import DialogueKey
from domain.services.account import Deleted, OrdersStillOpen
from domain.services.login import Locked, Refused
from domain.services.personal_data import export
from domain.session import Session
from storage.memory import MemoryCatalogue
from tests.databases import Store
from tests.domain.accounts import ANN, BOB, HERE, ME, PASSWORD, THERE, Accounts
from tests.storage.samples import stocked

EUR = Money(1090, "EUR")


async def deletes(
    accounts: Accounts, customer_id: CustomerId, password: str = PASSWORD, chat: ChatId = HERE
) -> object:
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find_customer(look, customer_id, chat)
    check = await accounts.login.check(candidate, password)
    async with accounts.work() as work:
        return await accounts.account.delete(work, check, chat, ME)


async def orders_a_book(
    accounts: Accounts, customer_id: CustomerId, state: OrderState, number: str = "B-7K4Q"
) -> OrderId:
    line = OrderLine(BookId(1), "Dune", ("Frank Herbert",), "paperback", "F-12", EUR, 2, 2)
    now = accounts.clock.now()
    order = Order(
        id=OrderId(0),
        number=number,
        customer_id=customer_id,
        chat_id=HERE,
        customer_name="Ann",
        language="en",
        state=state,
        way=Way.COUNTER,
        total=EUR * 2,
        lines=(line,),
        checkout_id=f"checkout-{number}",
        pickup_code=f"code-{number}",
        created_at=now,
    )
    async with accounts.work() as work:
        order_id = await work.orders.add(order)
        assert order_id is not None
        await work.orders.record(
            OrderEvent(order_id, now, OrderEventKind.PLACED, state, by_name="Tom of the staff")
        )
    return order_id


@pytest.fixture
async def customer_id(accounts: Accounts) -> CustomerId:
    return await accounts.add()


async def verified(accounts: Accounts, login: object) -> Session:
    session = await accounts.session(login)
    assert session is not None
    return session


async def test_logging_out_ends_this_login_alone(accounts: Accounts, customer_id: CustomerId) -> None:
    here, there = await accounts.logs_in(), await accounts.logs_in(chat=THERE)
    async with accounts.work() as work:
        await accounts.account.log_out(work, await verified(accounts, here))
    assert (await verified(accounts, here)).revoked_at == accounts.clock.now()
    assert (await verified(accounts, there)).revoked_at is None


async def test_logging_out_everywhere_says_how_many_logins_ended(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    await accounts.logs_in()
    accounts.clock.pass_time(days=31)  # that one has run out by itself
    await accounts.logs_in()
    await accounts.logs_in(chat=THERE)
    async with accounts.work() as work:
        assert await accounts.account.log_out_everywhere(work, customer_id) == 2
        assert await accounts.account.log_out_everywhere(work, customer_id) == 0


async def test_the_account_at_a_glance(accounts: Accounts, customer_id: CustomerId) -> None:
    await accounts.logs_in()
    await orders_a_book(accounts, customer_id, OrderState.READY, "B-AAAA")
    await orders_a_book(accounts, customer_id, OrderState.COLLECTED, "B-CCCC")
    async with accounts.uow.reading() as look:
        view = await accounts.account.view(look, customer_id, HERE, ME)
        with pytest.raises(NotLoggedIn):
            await accounts.account.view(look, CustomerId(999), HERE, ME)
    assert (view.customer.email, view.orders, view.open_orders, view.logins) == (ANN, 2, 1, 1)


async def test_deleting_takes_the_person_out_of_everything_that_is_kept(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    here, there = await accounts.logs_in(), await accounts.logs_in(chat=THERE)
    order_id = await orders_a_book(accounts, customer_id, OrderState.COLLECTED)
    owner = CartOwner(customer_id, HERE, ME)
    async with accounts.work() as work:
        cart = await work.carts.locked(owner)
        await work.carts.put(cart.id, CartLine(BookId(1), 1, EUR, 3))
    assert await deletes(accounts, customer_id) == Deleted()
    async with accounts.uow.reading() as look:
        order = await look.orders.get(order_id)
        assert order is not None
        assert (order.customer_id, order.customer_name) == (None, "")
        assert order.chat_id != HERE
        assert order.lines[0].title == "Dune"
        assert await look.customers.by_email(ANN) is None
        assert await look.carts.of(owner) is None
        assert not look.state.customers
        assert not look.state.sessions
        assert "ann@" not in repr(look.state).lower()
    assert await accounts.session(here) is None
    assert await accounts.session(there) is None


async def test_a_deleted_account_can_be_registered_anew_and_is_another(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    await deletes(accounts, customer_id)
    assert await accounts.add() != customer_id


async def test_the_dialogues_on_the_persons_other_devices_are_forgotten(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    await accounts.logs_in(chat=THERE)
    key = DialogueKey(THERE, 0, ME)
    async with accounts.work() as work:
        dialogue = await work.dialogues.locked(key, accounts.clock.now())
        dialogue.screen = "Welcome back, Ann."
        await work.dialogues.save(dialogue, accounts.clock.now())
    await deletes(accounts, customer_id)
    async with accounts.uow.reading() as look:
        assert await look.dialogues.read(key) is None


@pytest.mark.parametrize(
    "state", [OrderState.AWAITING_PAYMENT, OrderState.RESERVED, OrderState.PAID, OrderState.READY]
)
async def test_an_open_order_keeps_the_account(
    accounts: Accounts, customer_id: CustomerId, state: OrderState
) -> None:
    await orders_a_book(accounts, customer_id, state)
    assert await deletes(accounts, customer_id) == OrdersStillOpen(1)
    assert await accounts.logs_in()


async def test_a_wrong_password_deletes_nothing_and_counts(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    outcomes = [await deletes(accounts, customer_id, "wrong password") for _ in range(5)]
    assert outcomes[:4] == [Refused(4), Refused(3), Refused(2), Refused(1)]
    assert isinstance(outcomes[4], Locked)
    assert isinstance(await deletes(accounts, customer_id), Locked)
    accounts.clock.pass_time(minutes=15)
    assert await deletes(accounts, customer_id) == Deleted()


async def test_the_export_has_everything_about_the_person_and_nobody_else(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    await accounts.add(BOB)
    await accounts.logs_in()
    for n in range(60):
        await orders_a_book(accounts, customer_id, OrderState.COLLECTED, f"B-{n:04}")
    (dune,) = await stocked(Store(accounts.uow, MemoryCatalogue(accounts.uow)), "dune")
    async with accounts.work() as work:
        cart = await work.carts.locked(CartOwner(customer_id, HERE, ME))
        await work.carts.put(cart.id, CartLine(dune, 3, EUR, 3))
    async with accounts.uow.reading() as look:
        found = await export(look, customer_id, HERE, ME, accounts.clock.now())
    text = json.dumps(found)
    assert found["account"]["email"] == ANN
    assert found["cart"] == [
        {
            "title": "Dune",
            "isbn": None,
            "quantity": 3,
            "price_last_shown": {"amount": "10.90", "currency": "EUR"},
        }
    ]
    assert len(found["orders"]) == 60
    assert {order["number"] for order in found["orders"]} == {f"B-{n:04}" for n in range(60)}
    assert found["orders"][0]["lines"][0]["total"] == {"amount": "21.80", "currency": "EUR"}
    until = accounts.clock.now() + timedelta(days=30)
    assert [login["until"] for login in found["logins"]] == [until.isoformat()]
    for secret in (BOB, PASSWORD, "v2:", "Tom of the staff"):
        assert secret not in text


async def test_there_is_no_export_of_nobody(accounts: Accounts) -> None:
    async with accounts.uow.reading() as look:
        with pytest.raises(NotLoggedIn):
            await export(look, CustomerId(999), HERE, ME, accounts.clock.now())


async def test_orders_of_the_deleted_are_still_counted_in_the_shops_books(
    accounts: Accounts, customer_id: CustomerId
) -> None:
    await orders_a_book(accounts, customer_id, OrderState.COLLECTED)
    await deletes(accounts, customer_id)
    async with accounts.uow.reading() as look:
        totals = [kept.order.total for kept in look.state.orders.values()]
    assert totals == [EUR * 2]
