"""Screens of the account and the shop's own pages: they fit, they escape, they say it in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import mails
from bot.actions import Register
from bot.screen import Screen
from bot.screens import account, forgotten, info, login, my_data, new_password, registration, verification
from bot.screens.lengths import visible
from bot.texts import Words
from domain.customer import Customer
from domain.errors import WeakPassword
from domain.ids import CustomerId
from domain.tax import TaxRate
from domain.views import AccountView
from tests.screens.samples import ENGLISH, GERMAN, SHOP, TUESDAY_EVENING

NASTY = '<b>&"'
EMAIL = "a" * 64 + "@" + "b" * 180 + ".example"
WORDS = pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])


def a_customer(**facts: Any) -> Customer:
    usual = Customer(CustomerId(1), "ann@example.org", "Ann", "en", TUESDAY_EVENING, TUESDAY_EVENING)
    return replace(usual, **facts)


def an_account(customer: Customer | None = None, *, orders: int = 0, still_open: int = 0) -> AccountView:
    return AccountView(customer or a_customer(), 2, orders, still_open, 1)


def a_week() -> info.Week:
    days = [(TUESDAY_EVENING + timedelta(days=ahead)).date() for ahead in range(7)]
    return [(day, SHOP.hours.spans(day)) for day in days]


def every_screen(words: Words, name: str, email: str) -> Iterator[Screen]:
    view = an_account(a_customer(name=name, email=email), orders=3, still_open=1)
    later = TUESDAY_EVENING + timedelta(minutes=9)
    quarter = timedelta(minutes=15)
    yield account.account(view, words)
    yield account.logged_out(words)
    yield account.logged_out_everywhere(3, words)
    yield account.nobody(words)
    yield account.old_password_wanted(words)
    yield account.old_password_refused(1, words)
    yield forgotten.email_wanted(words, odd=True)
    yield forgotten.come_by(words)
    yield login.email_wanted(words, odd=True)
    yield login.password_wanted(email, words)
    yield login.refused(email, 4, words)
    yield login.locked(later, TUESDAY_EVENING, by_mail=True, words=words)
    yield my_data.my_data(view, words)
    yield my_data.really_delete(view, words)
    yield my_data.really_delete(an_account(), words)
    yield my_data.password_wanted(words, 4)
    yield my_data.deleted(words)
    for reason in ("short", "long", "common", "email"):
        yield new_password.password_wanted(words, WeakPassword(reason, 8))
        yield registration.password_wanted(words, WeakPassword(reason, 8))
    yield registration.email_wanted(words, by_mail=True, odd=True)
    yield registration.name_wanted(name, words, odd=True)
    yield registration.email_taken(email, words)
    yield verification.code_wanted("register", email, quarter, words, said=words.html("code-odd"))
    yield verification.code_wanted("forgot", email, quarter, words)
    yield verification.code_spent(Register(), words)
    yield verification.too_many_mails(later, TUESDAY_EVENING, words)
    shop = replace(
        SHOP,
        name=name,
        owner=name,
        tax_note=NASTY,
        address=NASTY,
        tax=TaxRate(700),
        tax_name=NASTY,
        tax_id=NASTY,
    )
    yield info.languages([("en", "English"), ("de", "Deutsch")], words)
    yield info.help_page(shop, words)
    yield info.terms(shop, words)
    yield info.privacy(shop, by_mail=True, logged_in=True, words=words)
    yield info.support(shop, a_week(), TUESDAY_EVENING, words)


@WORDS
@pytest.mark.parametrize("name", ["Ann", NASTY, "x" * 64, "مريم"])
def test_every_screen_fits_into_a_message_and_onto_buttons(words: Words, name: str) -> None:
    for screen in every_screen(words, name, EMAIL):
        assert 0 < visible(screen.text) <= 4096
        assert screen.rows, screen.text
        for row in screen.rows:
            assert 1 <= len(row) <= 8
            assert all(button.label.strip() for button in row)
            # On a telephone 375 points wide; a name or an address is cut with an ellipsis there, a word of ours never.
            room = {1: 40, 2: 19, 3: 10}[len(row)]
            own = [button.label for button in row if button.label not in (name, EMAIL)]
            assert max(map(len, own), default=0) <= room, own


@WORDS
def test_what_people_wrote_never_becomes_mark_up(words: Words) -> None:
    for screen in every_screen(words, NASTY, "a&b@example.org"):
        assert NASTY not in screen.text
    assert '&lt;b&gt;&amp;"' in account.account(an_account(a_customer(name=NASTY)), words).text


@WORDS
def test_every_step_has_a_way_out(words: Words) -> None:
    cancel = words.plain("cancel")
    for screen in (
        login.email_wanted(words),
        login.password_wanted(EMAIL, words),
        login.refused(EMAIL, 1, words),
        forgotten.email_wanted(words),
        new_password.password_wanted(words),
        registration.email_wanted(words, by_mail=False),
        registration.name_wanted("", words),
        registration.password_wanted(words),
        verification.code_wanted("register", EMAIL, timedelta(minutes=15), words),
        verification.code_spent(Register(), words),
        my_data.password_wanted(words),
        account.old_password_wanted(words),
    ):
        assert cancel in [button.label for row in screen.rows for button in row]


@pytest.mark.parametrize(
    ("orders", "still_open", "said"),
    [
        (0, 0, "No orders so far."),
        (1, 0, "One order so far, and it is done."),
        (1, 1, "One order so far, still open."),
        (2, 0, "2 orders so far, none of them open."),
        (5, 2, "5 orders so far, 2 of them open."),
    ],
)
def test_the_account_counts_orders_as_people_do(orders: int, still_open: int, said: str) -> None:
    assert said in account.account(an_account(orders=orders, still_open=still_open), ENGLISH).text


def test_contact_shows_the_coming_week_as_a_table() -> None:
    text = info.support(SHOP, a_week(), TUESDAY_EVENING, ENGLISH).text
    assert "Open now, until 18:30." in text
    assert "<pre>Tue 24 Nov  09:00–18:30\nWed 25 Nov  09:00–18:30" in text
    assert "Sun 29 Nov  closed" in text
    night = TUESDAY_EVENING + timedelta(hours=6)
    assert "Next open: Wed 09:00." in info.support(SHOP, a_week(), night, ENGLISH).text


def test_contact_without_hours_or_ways_still_helps() -> None:
    bare = replace(SHOP, contact_email="", contact_phone="", contact_telegram="", address="")
    text = info.support(bare, [(TUESDAY_EVENING.date(), ())], TUESDAY_EVENING, ENGLISH).text
    assert "<pre>" not in text
    assert "Drop in and ask us." in text


@WORDS
def test_mails_are_plain_text_and_name_the_shop(words: Words) -> None:
    shop = replace(SHOP, name="Bücher & <Mehr>")
    for mail in (
        mails.code("register", "ann@example.org", "012345", shop, words),
        mails.code("reset", "ann@example.org", "012345", shop, words),
        mails.already_registered("ann@example.org", shop, words),
        mails.password_changed("ann@example.org", NASTY, "24 November 2026, 17:40", shop, words),
    ):
        assert mail.to == "ann@example.org"
        assert "Bücher & <Mehr>" in mail.text
        assert "\n" not in mail.subject
        assert "&lt;" not in mail.text + mail.subject
        assert shop.contact_phone in mail.text


@WORDS
def test_the_code_stands_in_subject_and_text(words: Words) -> None:
    mail = mails.code("reset", "ann@example.org", "012345", SHOP, words)
    assert "012345" in mail.subject
    assert "012345" in mail.text
