"""Becoming a customer, in the chat: with a code by mail, and without mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.persons import Person
from tests.chat.accounts import another, code_by_mail, logs_in, own_messages
from tests.chat.buying import puts_in_cart
from tests.chat.conftest import OpenShop
from tests.chat.shop import PASSWORD, Shop

ANN = "ann@example.org"


@pytest.fixture
async def mailing(open_shop: OpenShop) -> Shop:
    """A shop that sends mails."""
    return await open_shop(mail=True)


async def gives_address(shop: Shop, name: str, email: str) -> Person:
    person = await shop.person(name)
    await person.types("/login")
    await person.taps("I am new here")
    await person.types(email)
    return person


async def test_register_with_a_code_by_mail(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    ann.sees("I have sent a mail to ann@example.org", "15 minutes")
    (mail,) = await mailing.telegram.mails(ANN, wait=5.0)
    code = await code_by_mail(mailing, ANN)
    assert mail["subject"] == f"{code} is your code"
    assert "The Corner Bookshop" in mail["text"]
    assert "12 Mill Lane" in mail["text"]
    await ann.types(f"{code[:3]} {code[3:]}")
    await ann.types("Ann B.")
    await ann.types(PASSWORD)
    ann.sees("Welcome, Ann B.")
    await ann.types("/logout")
    await logs_in(ann, ANN)
    ann.sees("Welcome back, Ann B.")


async def test_a_newcomer_is_greeted_once(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    await ann.types(await code_by_mail(mailing, ANN))
    await ann.taps("Ann")
    await ann.types(PASSWORD)
    assert ann.last["text"].startswith(
        "Welcome, Ann. You have an account now, and you are logged in.\n\nType"
    )
    await ann.types("/logout")
    await logs_in(ann, ANN)
    assert ann.last["text"].startswith("Welcome back, Ann.\n\nType a title")
    await ann.types("/start")
    ann.sees("Ann. Welcome back to The Corner Bookshop.")


async def test_a_mistyped_address_is_changed_where_its_code_is_asked_for(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", "nobody at all")
    ann.sees("That does not look like an email address")
    assert not ann.last["text"].endswith("that it is yours.")
    await ann.types("anm@example.org")
    await ann.taps("Another address")
    await ann.types(ANN)
    await ann.types(await code_by_mail(mailing, ANN))
    ann.sees("What may I call you?")


async def test_reading_about_privacy_in_the_middle_leads_back_into_it_and_on_to_the_checkout(
    shop: Shop,
) -> None:
    ann = await shop.person("Ann")
    await puts_in_cart(ann, "dune")
    await ann.types("/cart")
    await ann.taps("Check out")
    await ann.taps("I am new here")
    await ann.taps("Privacy")
    ann.sees("What we keep, and why")
    await ann.taps("Back")
    ann.sees("Your email address first, please.")
    await ann.types("/language")
    await ann.taps("Deutsch")
    ann.sees("Also auf Deutsch.", "Zuerst Ihre E-Mail-Adresse, bitte.")
    await ann.types(ANN)
    await ann.taps("Ann")
    await ann.types(PASSWORD)
    ann.sees("Willkommen, Ann.", "Ihre Bestellung", "1 × Dune")


async def test_a_restart_between_mail_and_code_is_not_noticed(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    code = await code_by_mail(mailing, ANN)
    await mailing.restart()
    await ann.types(code)
    await mailing.crash()
    await mailing.start()
    await ann.taps("Ann")
    await mailing.restart()
    await ann.types(PASSWORD)
    ann.sees("Welcome, Ann.")


async def test_a_taken_address_reads_the_same_and_its_owner_gets_a_mail(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    await ann.types(await code_by_mail(mailing, ANN))
    await ann.taps("Ann")
    await ann.types(PASSWORD)
    seen = len(await mailing.telegram.mails())
    await mailing.pass_time(timedelta(minutes=2))

    bob = await gives_address(mailing, "Bob", ANN)
    eve = await gives_address(mailing, "Eve", "eve@example.org")
    for text in ("123450", "hello", "123451"):
        assert bob.screen.replace(ANN, "…") == eve.screen.replace("eve@example.org", "…")
        await bob.types(text)
        await eve.types(text)
    await mailing.telegram.mails("eve@example.org", wait=5.0)
    told = (await mailing.telegram.mails(ANN))[1]
    assert told["subject"] == "You already have an account with The Corner Bookshop"
    assert "Forgotten" in told["text"]
    assert len(await mailing.telegram.mails()) == seen + 2


async def test_wrong_codes_are_counted_and_a_new_code_can_be_sent(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    code = await code_by_mail(mailing, ANN)
    for left in ("4 tries left", "3 tries left", "2 tries left", "One try left"):
        await ann.types(another(code))
        ann.sees("That is not the code.", left)
    await ann.types(another(code))
    ann.sees("No code is good any more")
    await ann.taps("New code")
    ann.sees("You can have another in")
    await mailing.pass_time(timedelta(minutes=1))
    first = (await mailing.telegram.mails(ANN))[-1]["id"]
    await ann.taps("New code")
    ann.sees("A new mail is on its way", "I have sent a mail to ann@example.org")
    await ann.types(await code_by_mail(mailing, ANN, after=first))
    ann.sees("What may I call you?")


async def test_text_that_is_no_code_is_no_try(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    code = await code_by_mail(mailing, ANN)
    for text in ("where is it?", "12345", "🦊🦊🦊🦊🦊🦊", "1" * 5000):
        await ann.types(text)
        ann.sees("The code has six digits.")
    await ann.sends_sticker()
    ann.sees("Here I need a few typed words.")
    await ann.types(code)
    ann.sees("What may I call you?")


async def test_a_second_tap_on_send_again_sends_one_mail(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    await mailing.telegram.mails(ANN, wait=5.0)
    await mailing.pass_time(timedelta(minutes=1))
    await ann.taps("New code", times=2)
    await mailing.deliver()
    assert len(await mailing.telegram.mails(ANN)) == 2


async def test_after_five_mails_an_address_gets_no_more_for_a_while(mailing: Shop) -> None:
    ann = await gives_address(mailing, "Ann", ANN)
    for _ in range(4):
        await mailing.pass_time(timedelta(minutes=2))
        await ann.taps("New code")
        ann.sees("A new mail is on its way")
    await mailing.pass_time(timedelta(minutes=2))
    await ann.taps("New code")
    ann.sees("You can have another in")
    await ann.taps("Cancel")
    await ann.types("/login")
    await ann.taps("I am new here")
    await ann.types(ANN)
    ann.sees("I have sent a lot of mails just now")


async def test_without_mail_a_taken_address_is_told_at_the_end(shop: Shop) -> None:
    await shop.customer("Ann")
    bob = await gives_address(shop, "Bob", "ANN@example.org")
    await bob.taps("Bob")
    await bob.types(PASSWORD)
    bob.sees("There is an account for ANN@example.org already.", "Log in", "Forgotten")
    assert PASSWORD not in own_messages(bob)
    await bob.taps("Another address")
    await bob.types("bob@example.org")
    await bob.taps("Bob")
    await bob.types(PASSWORD)
    bob.sees("Welcome, Bob.")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 8 characters"),
        ("x y" * 100, "at most 128 characters"),
        ("x y" * 1666, "at most 128 characters"),
        ("Password1", "everybody tries first"),
        (ANN, "Your address is the first thing"),
    ],
)
async def test_a_weak_password_is_refused_clearly_and_a_better_one_taken(
    shop: Shop, password: str, why: str
) -> None:
    ann = await gives_address(shop, "Ann", ANN)
    await ann.taps("Ann")
    await ann.types(password)
    ann.sees(why, "a password of at least 8 characters")
    assert not [text for text in own_messages(ann) if text and text in password and text != ANN]
    await ann.types("🦊 öäü пароль")
    ann.sees("Welcome, Ann.")
    await ann.types("/logout")
    await logs_in(ann, ANN, "🦊 öäü пароль")
    ann.sees("Welcome back, Ann.")


@pytest.mark.parametrize("name", ['<b>&"', "مريم", "x" * 64, "Zoë 🦊", "{ $name }"])
async def test_people_are_called_what_they_are_called(shop: Shop, name: str) -> None:
    person = await gives_address(shop, "Ann", ANN)
    await person.types(name)
    await person.types(PASSWORD)
    person.sees(f"Welcome, {name}.")
    await person.types("/start")
    await person.taps(name[:20])
    person.sees(name, ANN)


async def test_a_telegram_name_that_is_odd_can_be_used(shop: Shop) -> None:
    person = await gives_address(shop, '<i>&"', ANN)
    await person.taps('<i>&"')
    await person.types(PASSWORD)
    person.sees('Welcome, <i>&".')


@pytest.mark.parametrize("name", ["x" * 65, "x" * 5000, "\u200b"])
async def test_what_is_no_name_is_asked_for_again(shop: Shop, name: str) -> None:
    person = await gives_address(shop, "Ann", ANN)
    await person.types(name)
    person.sees("A name has between 1 and 64 characters.", "What may I call you?")


async def test_an_old_name_button_registers_nobody(shop: Shop) -> None:
    ann = await gives_address(shop, "Ann", ANN)
    offered = ann.button("Ann")
    await ann.types("Annabel")
    await ann.presses(offered)
    await ann.types(PASSWORD)
    async with shop.app.unit_of_work.reading() as look:
        found = await look.customers.by_email(ANN)
    assert found is None or found[0].name == "Annabel"


async def test_who_is_logged_in_does_not_register_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/login")
    new_here = ann.button("I am new here")
    await shop.register(ann, ANN)
    await ann.presses(new_here)
    ann.sees("You are logged in as Ann.")


async def test_registering_in_german(open_shop: OpenShop) -> None:
    shop = await open_shop(mail=True)
    anna = await shop.person("Anna", language="de")
    await anna.types("/login")
    await anna.taps("Ich bin neu hier")
    await anna.types("anna@example.org")
    anna.sees("Ich habe eine E-Mail an anna@example.org geschickt", "15 Minuten")
    (mail,) = await shop.telegram.mails("anna@example.org", wait=5.0)
    assert "ist Ihr Code" in mail["subject"]
    await anna.types(await code_by_mail(shop, "anna@example.org"))
    await anna.taps("Anna")
    await anna.types(PASSWORD)
    anna.sees("Willkommen, Anna.")
