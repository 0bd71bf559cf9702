from domain.services.login import Locked, LoggedIn, Refused
from domain.services.new_password import CHANGED_MAIL, RESET_MAIL
from domain.services.verification import CodeSpent, Proof, Sent, TooSoon, WrongCode
from tests.domain.accounts import ANN, BOB, HERE, ME, PASSWORD, THERE

NEW = "a new and better one"


async def asks(accounts, email=ANN, chat=HERE):
    async with accounts.work() as work:
        return await accounts.new_password.send_code(work, email, chat, "en")


async def types(accounts, code, email=ANN, chat=HERE):
    async with accounts.work() as work:
        return await accounts.new_password.check_code(work, email, chat, code)


async def resets(accounts, proof, email=ANN, chat=HERE, password=NEW):
    chosen = await accounts.new_password.choose(password, email)
    async with accounts.work() as work:
        return await accounts.new_password.reset(
            work, email=email, proof=proof, password_hash=chosen.password_hash, chat_id=chat, user_id=ME
        )


async def confirms_old(accounts, customer_id, password, chat=HERE):
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find_customer(look, customer_id, chat)
    check = await accounts.login.check(candidate, password)
    async with accounts.work() as work:
        return await accounts.new_password.begin_change(work, check, chat)


async def changes(accounts, customer_id, proof, chat=HERE, password=NEW):
    chosen = await accounts.new_password.choose(password, ANN)
    async with accounts.work() as work:
        return await accounts.new_password.change(
            work,
            customer_id=customer_id,
            proof=proof,
            password_hash=chosen.password_hash,
            chat_id=chat,
            user_id=ME,
        )


async def live(accounts, customer_id):
    async with accounts.uow.reading() as look:
        return [session.chat_id for session in await look.sessions.live(customer_id, accounts.clock.now())]


async def test_a_code_by_mail_sets_a_new_password_and_ends_all_other_logins(accounts):
    customer_id = await accounts.add()
    await accounts.logs_in(chat=THERE)
    assert await asks(accounts) == Sent()
    proof = await types(accounts, await accounts.mailed_code())
    outcome = await resets(accounts, proof.text)
    assert accounts.tokens.verify(outcome.token).chat_id == HERE
    assert await live(accounts, customer_id) == [HERE]
    assert await accounts.tries(PASSWORD, chat=THERE) == Refused(4)
    assert isinstance(await accounts.tries(NEW, chat=THERE), LoggedIn)


async def test_known_and_unknown_addresses_read_the_same_and_only_the_known_gets_mail(accounts):
    await accounts.add(BOB)
    for step in (
        lambda email: asks(accounts, email),
        lambda email: asks(accounts, email),
        *[lambda email: types(accounts, "123450", email)] * 6,
    ):
        assert await step(ANN) == await step(BOB)
    assert [(message.lane, message.kind) for message in await accounts.mails()] == [
        (f"mail:{BOB}", RESET_MAIL)
    ]


async def test_a_proof_for_registering_resets_nothing(accounts):
    async with accounts.work() as work:
        await accounts.registration.send_code(work, ANN, HERE, "en")
    code = await accounts.mailed_code()
    async with accounts.work() as work:
        proof = await accounts.registration.check_code(work, ANN, HERE, code)
    await accounts.add()
    assert await resets(accounts, proof.text) == CodeSpent()


async def test_a_proof_resets_once(accounts):
    await accounts.add()
    await asks(accounts)
    proof = await types(accounts, await accounts.mailed_code())
    await resets(accounts, proof.text)
    assert await resets(accounts, proof.text, password="yet another one") == CodeSpent()
    assert isinstance(await accounts.tries(NEW), LoggedIn)


async def test_a_proof_is_void_in_another_chat_and_after_a_while(accounts):
    await accounts.add()
    await accounts.add(BOB)
    await asks(accounts)
    proof = await types(accounts, await accounts.mailed_code())
    assert await resets(accounts, proof.text, chat=THERE) == CodeSpent()
    assert await resets(accounts, proof.text, email=BOB) == CodeSpent()
    accounts.clock.pass_time(minutes=15)
    assert await resets(accounts, proof.text) == CodeSpent()
    assert isinstance(await accounts.tries(PASSWORD), LoggedIn)


async def test_a_hand_in_the_database_writes_no_proof(accounts):
    await accounts.add()
    until = int(accounts.clock.now().timestamp()) + 60
    for forged in ("", ".", f"{until}.", f"{until}." + "0" * 64, f"-{until}.x", "9" * 30 + ".x"):
        assert await resets(accounts, forged) == CodeSpent()


async def test_a_reset_lifts_the_lock_and_confirms_the_address(accounts):
    await accounts.add(confirmed=False)
    for _ in range(5):
        await accounts.tries("wrong password", chat=THERE)
    await asks(accounts)
    proof = await types(accounts, await accounts.mailed_code())
    await resets(accounts, proof.text)
    assert isinstance(await accounts.tries(NEW, chat=THERE), LoggedIn)
    async with accounts.uow.reading() as look:
        customer, _ = await look.customers.by_email(ANN)
    assert customer.confirmed_at is not None


async def test_a_reset_code_and_a_register_code_do_not_get_into_each_others_way(accounts):
    async with accounts.work() as work:
        assert await accounts.registration.send_code(work, ANN, HERE, "en") == Sent()
    assert await asks(accounts) == Sent()
    assert isinstance(await asks(accounts), TooSoon)
    assert isinstance(await types(accounts, "123450"), WrongCode)


async def test_a_change_takes_the_old_password_and_ends_the_other_logins(accounts):
    customer_id = await accounts.add()
    here, there = await accounts.logs_in(), await accounts.logs_in(chat=THERE)
    proof = await confirms_old(accounts, customer_id, PASSWORD)
    outcome = await changes(accounts, customer_id, proof.text)
    assert await live(accounts, customer_id) == [HERE]
    async with accounts.uow.reading() as look:
        for old in (here, there):
            session = await look.sessions.get(accounts.tokens.verify(old.token).session_id)
            assert session.revoked_at is not None
    assert accounts.tokens.verify(outcome.token).customer_id == customer_id
    assert isinstance(await accounts.tries(NEW), LoggedIn)


async def test_the_owner_hears_by_mail_that_the_password_was_changed(accounts):
    customer_id = await accounts.add()
    proof = await confirms_old(accounts, customer_id, PASSWORD)
    await changes(accounts, customer_id, proof.text)
    (message,) = await accounts.mails()
    assert (message.lane, message.kind) == (f"mail:{ANN}", CHANGED_MAIL)
    assert NEW not in repr(message)


async def test_without_mail_a_changed_password_sends_none(mailless):
    customer_id = await mailless.add()
    proof = await confirms_old(mailless, customer_id, PASSWORD)
    assert isinstance(await changes(mailless, customer_id, proof.text), LoggedIn)
    assert await mailless.mails() == []


async def test_wrong_old_passwords_are_counted_like_logins(accounts):
    customer_id = await accounts.add()
    outcomes = [await confirms_old(accounts, customer_id, "wrong password") for _ in range(5)]
    assert outcomes[:4] == [Refused(4), Refused(3), Refused(2), Refused(1)]
    assert isinstance(outcomes[4], Locked)
    assert isinstance(await accounts.tries(PASSWORD), Locked)


async def test_the_old_password_opens_the_change_for_a_while_and_once(accounts):
    customer_id = await accounts.add()
    proof = await confirms_old(accounts, customer_id, PASSWORD)
    assert isinstance(proof, Proof)
    accounts.clock.pass_time(minutes=15)
    assert await changes(accounts, customer_id, proof.text) == CodeSpent()
    fresh = await confirms_old(accounts, customer_id, PASSWORD)
    assert isinstance(await changes(accounts, customer_id, fresh.text), LoggedIn)
    assert await changes(accounts, customer_id, fresh.text, password="yet another one") == CodeSpent()


async def test_an_outdated_hash_that_is_renewed_on_the_way_does_not_void_the_proof(accounts):
    customer_id = await accounts.add()
    accounts.hasher.make = "v3"
    proof = await confirms_old(accounts, customer_id, PASSWORD)
    assert isinstance(await changes(accounts, customer_id, proof.text), LoggedIn)
