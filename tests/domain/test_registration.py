import pytest

from domain.errors import WeakPassword
from domain.ids import ChatId
from domain.services.login import LoggedIn
from domain.services.password_choice import ChosenPassword
from domain.services.registration import CODE_MAIL, TAKEN_MAIL, Taken
from domain.services.verification import (
    CodeSpent,
    NoCode,
    Proof,
    Sent,
    TooManyMails,
    TooSoon,
    WrongCode,
)
from identity.codes import HmacCodes
from tests.domain.accounts import ANN, BOB, HERE, ME, PASSWORD, THERE, Accounts


async def asks(accounts: Accounts, email: str = ANN, chat: ChatId = HERE) -> object:
    async with accounts.work() as work:
        return await accounts.registration.send_code(work, email, chat, "en")


async def types(accounts: Accounts, code: str, email: str = ANN, chat: ChatId = HERE) -> object:
    async with accounts.work() as work:
        return await accounts.registration.check_code(work, email, chat, code)


async def proves(accounts: Accounts) -> str:
    """Asks for a code, reads it in the mail and types it: the proof for the next step."""
    await asks(accounts)
    proof = await types(accounts, await accounts.mailed_code())
    assert isinstance(proof, Proof)
    return proof.text


async def registers(accounts: Accounts, proof: str = "", email: str = ANN, chat: ChatId = HERE) -> object:
    chosen = await accounts.registration.choose(PASSWORD, email)
    async with accounts.work() as work:
        return await accounts.registration.register(
            work,
            email=email,
            proof=proof,
            name="Ann",
            password_hash=chosen.password_hash,
            language="en",
            chat_id=chat,
            user_id=ME,
        )


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


async def test_a_code_by_mail_then_a_password_make_an_account_that_is_logged_in(accounts: Accounts) -> None:
    outcome = await registers(accounts, await proves(accounts))
    customer = await accounts.customer()
    assert accounts.claims(outcome).customer_id == customer.id
    assert customer.confirmed_at == accounts.clock.now()
    assert await accounts.logs_in()


async def test_without_mail_an_account_needs_no_code_and_is_not_confirmed(mailless: Accounts) -> None:
    assert isinstance(await registers(mailless), LoggedIn)
    assert (await mailless.customer()).confirmed_at is None
    assert await mailless.mails() == []


async def test_without_mail_a_taken_address_is_told_at_the_end(mailless: Accounts) -> None:
    await mailless.add()
    assert await registers(mailless, email=ANN.upper()) == Taken()


async def test_with_mail_nobody_registers_without_a_proof(accounts: Accounts) -> None:
    assert await registers(accounts) == CodeSpent()
    assert await registers(accounts, "9999999999.0123") == CodeSpent()
    assert await registers(accounts, "ä.ü") == CodeSpent()


async def test_a_proof_is_for_one_address_one_chat_and_a_while(accounts: Accounts) -> None:
    proof = await proves(accounts)
    assert await registers(accounts, proof, email=BOB) == CodeSpent()
    assert await registers(accounts, proof, chat=THERE) == CodeSpent()
    accounts.clock.pass_time(minutes=15)
    assert await registers(accounts, proof) == CodeSpent()


async def test_a_known_and_an_unknown_address_read_the_same_all_the_way(accounts: Accounts) -> None:
    await accounts.add(BOB)
    for _ in range(2):
        assert await asks(accounts, ANN) == await asks(accounts, BOB)
    for text in ("no digits", *["123450"] * 6):
        assert await types(accounts, text, ANN) == await types(accounts, text, BOB)


async def test_the_owner_of_a_taken_address_hears_it_by_mail_and_a_new_one_gets_a_code(
    accounts: Accounts,
) -> None:
    await accounts.add(BOB)
    await asks(accounts, ANN)
    await asks(accounts, BOB)
    by_lane = {message.lane: message.kind for message in await accounts.mails()}
    assert by_lane == {f"mail:{ANN}": CODE_MAIL, f"mail:{BOB}": TAKEN_MAIL}


async def test_no_code_opens_an_address_that_is_taken(accounts: Accounts) -> None:
    await accounts.add(BOB)
    await asks(accounts, BOB)
    async with accounts.uow.reading() as look:
        kept = await look.codes.get(BOB, "register")
    assert kept is not None
    hashes = {accounts.codes.hash("register", BOB, f"{n:06}") for n in range(0, 1_000_000, 997)}
    assert kept.code_hash not in hashes
    assert isinstance(await types(accounts, "123456", BOB), WrongCode)


async def test_the_code_stands_nowhere_in_what_is_stored(accounts: Accounts) -> None:
    await asks(accounts)
    async with accounts.uow.reading() as look:
        stored = repr([(kept.message, kept.error) for kept in look.state.messages.values()])
        (kept,) = look.state.codes.values()
    code = await accounts.mailed_code()
    assert code not in stored
    assert code not in kept.code_hash
    other_secret = HmacCodes("not the secret of this shop, but as long").hash("register", ANN, code)
    assert kept.code_hash != other_secret


async def test_a_mail_that_is_tried_again_brings_the_same_code(accounts: Accounts) -> None:
    await asks(accounts)
    (message,) = await accounts.mails()
    nonce = str(message.data["nonce"])
    async with accounts.uow.reading() as look:
        first, again = [
            await accounts.verification.code_to_mail(look, "register", ANN, nonce) for _ in range(2)
        ]
    assert first == again
    assert first is not None
    assert len(first) == 6


async def test_a_mail_whose_code_was_replaced_or_is_too_old_is_not_sent(accounts: Accounts) -> None:
    await asks(accounts)
    accounts.clock.pass_time(minutes=1)
    await asks(accounts)
    old, new = (
        str(message.data["nonce"]) for message in (await accounts.mails())[:1] + (await accounts.mails())[:1]
    )
    async with accounts.uow.reading() as look:
        assert await accounts.verification.code_to_mail(look, "register", ANN, old) is None
        assert await accounts.verification.code_to_mail(look, "register", ANN, new) is not None
    accounts.clock.pass_time(minutes=15)
    async with accounts.uow.reading() as look:
        assert await accounts.verification.code_to_mail(look, "register", ANN, new) is None


@pytest.mark.parametrize("spelling", ["{0}", " {0} ", "{1} {2}", "{1}-{2}", "{1}\n{2}"])
async def test_a_code_is_read_however_it_is_spaced(accounts: Accounts, spelling: str) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    assert isinstance(await types(accounts, spelling.format(code, code[:3], code[3:])), Proof)


async def test_a_code_is_read_in_other_digits(accounts: Accounts) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert isinstance(await types(accounts, arabic), Proof)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "where is it?", "🦊" * 6, "1" * 5000])
async def test_what_is_no_code_is_not_counted_as_a_try(accounts: Accounts, text: str) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    for _ in range(6):
        assert await types(accounts, text) == NoCode()
    assert isinstance(await types(accounts, code), Proof)


async def test_five_wrong_codes_end_the_code(accounts: Accounts) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    outcomes = [await types(accounts, wrong(code)) for _ in range(5)]
    assert outcomes == [WrongCode(4), WrongCode(3), WrongCode(2), WrongCode(1), CodeSpent()]
    assert await types(accounts, code) == CodeSpent()


async def test_a_code_works_once(accounts: Accounts) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    assert isinstance(await types(accounts, code), Proof)
    assert await types(accounts, code) == CodeSpent()


async def test_a_code_is_good_for_fifteen_minutes(accounts: Accounts) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    accounts.clock.pass_time(minutes=15)
    assert await types(accounts, code) == CodeSpent()


async def test_a_code_is_good_only_in_the_chat_that_asked_and_tries_elsewhere_do_not_wear_it_out(
    accounts: Accounts,
) -> None:
    await asks(accounts)
    code = await accounts.mailed_code()
    for _ in range(6):
        assert await types(accounts, wrong(code), chat=THERE) == CodeSpent()
    assert await types(accounts, code, chat=THERE) == CodeSpent()
    assert isinstance(await types(accounts, code), Proof)


async def test_another_mail_comes_after_a_minute_and_replaces_the_code(accounts: Accounts) -> None:
    await asks(accounts)
    first = await accounts.mailed_code()
    assert await asks(accounts) == TooSoon(accounts.clock.now() + accounts.clock.span(seconds=60))
    accounts.clock.pass_time(seconds=60)
    assert await asks(accounts) == Sent()
    second = await accounts.mailed_code()
    assert first == second or isinstance(await types(accounts, first), WrongCode)
    assert isinstance(await types(accounts, second), Proof)


async def test_an_address_gets_five_mails_an_hour(accounts: Accounts) -> None:
    start = accounts.clock.now()
    for chat in range(5):
        assert await asks(accounts, chat=ChatId(chat)) == Sent()
        accounts.clock.pass_time(minutes=2)
    assert await asks(accounts, chat=ChatId(9)) == TooManyMails(start + accounts.clock.span(hours=1))
    accounts.clock.pass_time(minutes=50)
    assert await asks(accounts, chat=ChatId(9)) == Sent()


async def test_a_chat_causes_ten_mails_an_hour(accounts: Accounts) -> None:
    outcomes = [await asks(accounts, f"guess{n}@example.org") for n in range(11)]
    assert outcomes[:10] == [Sent()] * 10
    assert isinstance(outcomes[10], TooManyMails)
    assert await asks(accounts, chat=THERE) == Sent()


async def test_an_address_that_was_taken_meanwhile_is_told_to_its_owner(accounts: Accounts) -> None:
    proof = await proves(accounts)
    await accounts.add()
    assert await registers(accounts, proof) == Taken()


async def test_a_weak_password_gets_no_hash(accounts: Accounts) -> None:
    chosen = await accounts.registration.choose("password", ANN)
    assert chosen == ChosenPassword(refused=WeakPassword("common"))
