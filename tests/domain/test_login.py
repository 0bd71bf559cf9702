from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cart import MAX_OF_ONE_BOOK, CartLine, CartOwner
from domain.ids import BookId, ChatId, UserId
from domain.money import Money
from domain.services.login import Locked, LoggedIn, Refused
from tests.domain.accounts import ANN, HERE, ME, NOON, PASSWORD, THERE, Accounts


async def test_the_right_password_opens_a_login_in_this_chat(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    outcome = await accounts.logs_in()
    claims = accounts.claims(outcome)
    assert (claims.customer_id, claims.chat_id) == (customer_id, HERE)
    session = await accounts.session(outcome)
    assert session is not None
    assert session.expires_at == claims.expires_at == NOON + accounts.shop.login_lifetime
    assert session.revoked_at is None


async def test_capitals_and_spaces_in_the_address_do_not_matter(accounts: Accounts) -> None:
    await accounts.add()
    assert isinstance(await accounts.tries(PASSWORD, " Ann@Example.ORG "), LoggedIn)


async def test_an_accented_password_fits_however_the_keyboard_wrote_it(accounts: Accounts) -> None:
    await accounts.add(password="caf\u00e9 au lait")
    assert isinstance(await accounts.tries("cafe\u0301 au lait"), LoggedIn)


async def test_a_wrong_password_and_an_unknown_address_have_the_same_outcome(accounts: Accounts) -> None:
    await accounts.add()
    wrong = [await accounts.tries("wrong password", chat=ChatId(chat)) for chat in range(6)]
    unknown = [
        await accounts.tries("wrong password", "nobody@example.org", ChatId(10 + chat)) for chat in range(6)
    ]
    assert wrong == unknown
    assert wrong == [
        Refused(4),
        Refused(3),
        Refused(2),
        Refused(1),
        *[Locked(NOON + timedelta(minutes=15))] * 2,
    ]


async def test_an_unknown_address_costs_one_password_check_like_a_known_one(accounts: Accounts) -> None:
    await accounts.add()
    await accounts.tries("wrong password")
    await accounts.tries("wrong password", "nobody@example.org")
    assert accounts.hasher.verified == [f"v2:{PASSWORD}", None]


async def test_after_five_wrong_passwords_the_right_one_is_refused_too(accounts: Accounts) -> None:
    await accounts.add()
    for _ in range(5):
        await accounts.tries("wrong password")
    checked = len(accounts.hasher.verified)
    assert await accounts.tries(PASSWORD) == Locked(NOON + timedelta(minutes=15))
    assert await accounts.tries(PASSWORD, chat=THERE) == Locked(NOON + timedelta(minutes=15))
    assert len(accounts.hasher.verified) == checked


async def test_the_lock_ends_with_its_window(accounts: Accounts) -> None:
    await accounts.add()
    for _ in range(5):
        await accounts.tries("wrong password")
    accounts.clock.pass_time(minutes=15, microseconds=-1)
    assert isinstance(await accounts.tries(PASSWORD), Locked)
    accounts.clock.pass_time(microseconds=1)
    assert isinstance(await accounts.tries(PASSWORD), LoggedIn)


async def test_a_try_that_is_refused_by_a_lock_does_not_make_it_longer(accounts: Accounts) -> None:
    await accounts.add()
    for _ in range(5):
        await accounts.tries("wrong password")
    accounts.clock.pass_time(minutes=10)
    for _ in range(5):
        await accounts.tries("wrong password")
    accounts.clock.pass_time(minutes=5)
    assert isinstance(await accounts.tries(PASSWORD), LoggedIn)


async def test_the_right_password_forgives_the_wrong_ones_before(accounts: Accounts) -> None:
    await accounts.add()
    for _ in range(4):
        await accounts.tries("wrong password")
    await accounts.logs_in()
    assert await accounts.tries("wrong password") == Refused(4)


async def test_one_chat_cannot_go_through_many_accounts(accounts: Accounts) -> None:
    await accounts.add()
    outcomes = [await accounts.tries("wrong password", f"guess{n}@example.org") for n in range(10)]
    assert outcomes[-2:] == [Refused(1), Locked(NOON + timedelta(minutes=15))]
    assert isinstance(await accounts.tries(PASSWORD), Locked)
    assert isinstance(await accounts.tries(PASSWORD, chat=THERE), LoggedIn)


async def test_logging_in_to_ones_own_account_buys_no_more_guesses_at_others(accounts: Accounts) -> None:
    await accounts.add()
    for n in range(9):
        await accounts.tries("wrong password", f"guess{n}@example.org")
    await accounts.logs_in()
    assert isinstance(await accounts.tries("wrong password", "guess9@example.org"), Locked)


async def test_a_password_changed_between_the_check_and_the_login_counts_as_wrong(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find(look, ANN, HERE)
    check = await accounts.login.check(candidate, PASSWORD)
    async with accounts.work() as work:
        await work.customers.set_password(customer_id, "v2:another one")
    async with accounts.work() as work:
        assert await accounts.login.log_in(work, check, HERE, ME) == Refused(4)


async def test_a_lock_that_fell_between_the_check_and_the_login_holds(accounts: Accounts) -> None:
    await accounts.add()
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find(look, ANN, HERE)
    check = await accounts.login.check(candidate, PASSWORD)
    for _ in range(5):
        await accounts.tries("wrong password", chat=THERE)
    async with accounts.work() as work:
        assert isinstance(await accounts.login.log_in(work, check, HERE, ME), Locked)


async def test_an_outdated_hash_is_renewed_at_the_next_login(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    accounts.hasher.make = "v3"
    await accounts.logs_in()
    async with accounts.uow.reading() as look:
        assert await look.customers.password_hash(customer_id) == f"v3:{PASSWORD}"


async def test_a_wrong_password_renews_nothing(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    accounts.hasher.make = "v3"
    await accounts.tries("wrong password")
    async with accounts.uow.reading() as look:
        assert await look.customers.password_hash(customer_id) == f"v2:{PASSWORD}"


async def test_neither_passwords_nor_hashes_nor_tokens_stand_in_a_repr(accounts: Accounts) -> None:
    await accounts.add()
    accounts.hasher.make = "v3"
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find(look, ANN, HERE)
    check = await accounts.login.check(candidate, PASSWORD)
    async with accounts.work() as work:
        outcome = await accounts.login.log_in(work, check, HERE, ME)
    assert isinstance(outcome, LoggedIn)
    said = repr((candidate, check, outcome))
    assert PASSWORD not in said
    assert outcome.token not in said


async def test_no_limits_row_names_an_address(accounts: Accounts) -> None:
    await accounts.tries("wrong password", "nobody@example.org")
    async with accounts.uow.reading() as look:
        rows = [key for key, _ in look.state.hits]
    assert len(rows) == 2
    assert not [key for key in rows if "nobody" in key or "example" in key]


# --- the guest's cart -----------------------------------------------------------------------------------------------

GUEST = CartOwner(None, HERE, ME)


async def fill(accounts: Accounts, owner: CartOwner, *quantities: tuple[int, int]) -> None:
    async with accounts.work() as work:
        cart = await work.carts.locked(owner)
        for book_id, quantity in quantities:
            await work.carts.put(cart.id, CartLine(BookId(book_id), quantity, Money(1090, "EUR"), 3))


async def contents(accounts: Accounts, owner: CartOwner) -> dict[int, int]:
    async with accounts.uow.reading() as look:
        cart = await look.carts.of(owner)
    return {} if cart is None else {line.book_id: line.quantity for line in cart.lines}


async def test_a_guests_cart_becomes_the_customers(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    owner = CartOwner(customer_id, HERE, ME)
    await fill(accounts, GUEST, (1, 2), (2, 1))
    await fill(accounts, owner, (2, 4), (3, 1))
    outcome = await accounts.logs_in()
    assert outcome.left_out == 0
    assert await contents(accounts, owner) == {1: 2, 2: 5, 3: 1}
    assert await contents(accounts, GUEST) == {}


async def test_what_does_not_fit_is_counted(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    owner = CartOwner(customer_id, HERE, ME)
    await fill(accounts, owner, (1, 15), *((n, 1) for n in range(2, 50)))
    await fill(accounts, GUEST, (1, 8), (55, 1), (56, 2), (57, 1))
    outcome = await accounts.logs_in()
    assert outcome.left_out == 3 + 2 + 1
    merged = await contents(accounts, owner)
    assert merged[1] == MAX_OF_ONE_BOOK
    assert merged[55] == 1
    assert len(merged) == 50


async def test_another_persons_cart_in_the_same_chat_stays_theirs(accounts: Accounts) -> None:
    await accounts.add()
    other = replace(GUEST, user_id=UserId(ME + 1))
    await fill(accounts, other, (1, 1))
    await accounts.logs_in()
    assert await contents(accounts, other) == {1: 1}


@pytest.mark.parametrize("empty", [True, False])
async def test_without_a_guests_cart_nothing_is_merged(accounts: Accounts, empty: bool) -> None:
    customer_id = await accounts.add()
    if empty:
        await fill(accounts, GUEST)
    assert (await accounts.logs_in()).left_out == 0
    assert await contents(accounts, CartOwner(customer_id, HERE, ME)) == {}
