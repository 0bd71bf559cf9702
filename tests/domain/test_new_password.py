from domain.ids import ChatId, CustomerId
from domain.services.login import Locked, LoggedIn, Refused
from domain.services.new_password import CHANGED_MAIL, RESET_MAIL
from domain.services.verification import CodeSpent, Proof, Sent, TooSoon, WrongCode
from tests.domain.accounts import ANN, BOB, HERE, ME, PASSWORD, THERE, Accounts

NEW = "a new and better one"


async def asks(accounts: Accounts, email: str = ANN, chat: ChatId = HERE) -> object:
    async with accounts.work() as work:
        return await accounts.new_password.send_code(work, email, chat, "en")


async def types(accounts: Accounts, code: str, email: str = ANN, chat: ChatId = HERE) -> object:
    async with accounts.work() as work:
        return await accounts.new_password.check_code(work, email, chat, code)


async def resets(
    accounts: Accounts, proof: str, email: str = ANN, chat: ChatId = HERE, password: str = NEW
) -> object:
    chosen = await accounts.new_password.choose(password, email)
    async with accounts.work() as work:
        return await accounts.new_password.reset(
            work, email=email, proof=proof, password_hash=chosen.password_hash, chat_id=chat, user_id=ME
        )


async def confirms_old(
    accounts: Accounts, customer_id: CustomerId, password: str, chat: ChatId = HERE
) -> object:
    async with accounts.uow.reading() as look:
        candidate = await accounts.login.find_customer(look, customer_id, chat)
    check = await accounts.login.check(candidate, password)
    async with accounts.work() as work:
        return await accounts.new_password.begin_change(work, check, chat)


async def changes(
    accounts: Accounts, customer_id: CustomerId, proof: str, chat: ChatId = HERE, password: str = NEW
) -> object:
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


async def proves(accounts: Accounts) -> str:
    """Asks for a code, reads it in the mail and types it: the proof for the next step."""
    assert await asks(accounts) == Sent()
    return shown(await types(accounts, await accounts.mailed_code()))


def shown(proof: object) -> str:
    assert isinstance(proof, Proof)
    return proof.text


async def live(accounts: Accounts, customer_id: CustomerId) -> list[ChatId]:
    async with accounts.uow.reading() as look:
        return [session.chat_id for session in await look.sessions.live(customer_id, accounts.clock.now())]


async def test_a_code_by_mail_sets_a_new_password_and_ends_all_other_logins(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    await accounts.logs_in(chat=THERE)
    outcome = await resets(accounts, await proves(accounts))
    assert accounts.claims(outcome).chat_id == HERE
    assert await live(accounts, customer_id) == [HERE]
    assert await accounts.tries(PASSWORD, chat=THERE) == Refused(4)
    assert isinstance(await accounts.tries(NEW, chat=THERE), LoggedIn)


async def test_known_and_unknown_addresses_read_the_same_and_only_the_known_gets_mail(
    accounts: Accounts,
) -> None:
    await accounts.add(BOB)
    for _ in range(2):
        assert await asks(accounts, ANN) == await asks(accounts, BOB)
    for _ in range(6):
        assert await types(accounts, "123450", ANN) == await types(accounts, "123450", BOB)
    assert [(message.lane, message.kind) for message in await accounts.mails()] == [
        (f"mail:{BOB}", RESET_MAIL)
    ]


async def test_a_proof_for_registering_resets_nothing(accounts: Accounts) -> None:
    async with accounts.work() as work:
        await accounts.registration.send_code(work, ANN, HERE, "en")
    code = await accounts.mailed_code()
    async with accounts.work() as work:
        proof = shown(await accounts.registration.check_code(work, ANN, HERE, code))
    await accounts.add()
    assert await resets(accounts, proof) == CodeSpent()


async def test_a_proof_resets_once(accounts: Accounts) -> None:
    await accounts.add()
    proof = await proves(accounts)
    await resets(accounts, proof)
    assert await resets(accounts, proof, password="yet another one") == CodeSpent()
    assert isinstance(await accounts.tries(NEW), LoggedIn)


async def test_a_proof_is_void_in_another_chat_and_after_a_while(accounts: Accounts) -> None:
    await accounts.add()
    await accounts.add(BOB)
    proof = await proves(accounts)
    assert await resets(accounts, proof, chat=THERE) == CodeSpent()
    assert await resets(accounts, proof, email=BOB) == CodeSpent()
    accounts.clock.pass_time(minutes=15)
    assert await resets(accounts, proof) == CodeSpent()
    assert isinstance(await accounts.tries(PASSWORD), LoggedIn)


async def test_a_hand_in_the_database_writes_no_proof(accounts: Accounts) -> None:
    await accounts.add()
    until = int(accounts.clock.now().timestamp()) + 60
    for forged in ("", ".", f"{until}.", f"{until}." + "0" * 64, f"-{until}.x", "9" * 30 + ".x"):
        assert await resets(accounts, forged) == CodeSpent()


async def test_a_reset_lifts_the_lock_and_confirms_the_address(accounts: Accounts) -> None:
    await accounts.add(confirmed=False)
    for _ in range(5):
        await accounts.tries("wrong password", chat=THERE)
    proof = await proves(accounts)
    await resets(accounts, proof)
    assert isinstance(await accounts.tries(NEW, chat=THERE), LoggedIn)
    assert (await accounts.customer()).confirmed_at is not None


async def test_a_reset_code_and_a_register_code_do_not_get_into_each_others_way(accounts: Accounts) -> None:
    async with accounts.work() as work:
        assert await accounts.registration.send_code(work, ANN, HERE, "en") == Sent()
    assert await asks(accounts) == Sent()
    assert isinstance(await asks(accounts), TooSoon)
    assert isinstance(await types(accounts, "123450"), WrongCode)


async def test_a_change_takes_the_old_password_and_ends_the_other_logins(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    here, there = await accounts.logs_in(), await accounts.logs_in(chat=THERE)
    proof = shown(await confirms_old(accounts, customer_id, PASSWORD))
    outcome = await changes(accounts, customer_id, proof)
    assert await live(accounts, customer_id) == [HERE]
    for old in (here, there):
        session = await accounts.session(old)
        assert session is not None
        assert session.revoked_at is not None
    assert accounts.claims(outcome).customer_id == customer_id
    assert isinstance(await accounts.tries(NEW), LoggedIn)


async def test_the_owner_hears_by_mail_that_the_password_was_changed(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    proof = shown(await confirms_old(accounts, customer_id, PASSWORD))
    await changes(accounts, customer_id, proof)
    (message,) = await accounts.mails()
    assert (message.lane, message.kind) == (f"mail:{ANN}", CHANGED_MAIL)
    assert NEW not in repr(message)


async def test_without_mail_a_changed_password_sends_none(mailless: Accounts) -> None:
    customer_id = await mailless.add()
    proof = shown(await confirms_old(mailless, customer_id, PASSWORD))
    assert isinstance(await changes(mailless, customer_id, proof), LoggedIn)
    assert await mailless.mails() == []


async def test_wrong_old_passwords_are_counted_like_logins(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    outcomes = [await confirms_old(accounts, customer_id, "wrong password") for _ in range(5)]
    assert outcomes[:4] == [Refused(4), Refused(3), Refused(2), Refused(1)]
    assert isinstance(outcomes[4], Locked)
    assert isinstance(await accounts.tries(PASSWORD), Locked)


async def test_the_old_password_opens_the_change_for_a_while_and_once(accounts: Accounts) -> None:
    customer_id = await accounts.add()
    proof = shown(await confirms_old(accounts, customer_id, PASSWORD))
    accounts.clock.pass_time(minutes=15)
    assert await changes(accounts, customer_id, proof) == CodeSpent()
    fresh = shown(await confirms_old(accounts, customer_id, PASSWORD))
    assert isinstance(await changes(accounts, customer_id, fresh), LoggedIn)
    assert await changes(accounts, customer_id, fresh, password="yet another one") == CodeSpent()


async def test_an_outdated_hash_that_is_renewed_on_the_way_does_not_void_the_proof(
    accounts: Accounts,
) -> None:
    customer_id = await accounts.add()
    accounts.hasher.make = "v3"
    proof = shown(await confirms_old(accounts, customer_id, PASSWORD))
    assert isinstance(await changes(accounts, customer_id, proof), LoggedIn)
