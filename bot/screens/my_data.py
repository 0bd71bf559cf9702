"""What the shop keeps about a customer, and an end of it."""

from __future__ import annotations

from bot.actions import (
    ConfirmDeletion,
    DeleteAccount,
    ExportMyData,
    ForgotPassword,
    GiveUp,
    ShowAccount,
    ShowHome,
    ShowMyData,
    ShowOrders,
    ShowPrivacy,
)
from bot.screen import Button, Screen, paragraphs
from bot.texts import Words
from domain.views import AccountView


def my_data(view: AccountView, words: Words) -> Screen:
    customer = view.customer
    confirmed = customer.confirmed_at is not None
    return Screen(
        paragraphs(
            words.html("data-heading"),
            words.html(
                "data-account",
                name=customer.name,
                email=customer.email,
                confirmed="yes" if confirmed else "no",
                since=words.date(customer.created_at),
                language=words.language_name(customer.language),
            ),
            words.html(
                "data-counts",
                orders=view.orders,
                open=view.open_orders,
                copies=view.cart_copies,
                logins=view.logins,
            ),
            words.html("data-export-offer"),
        ),
        (
            (Button(words.plain("data-export"), ExportMyData()),),
            (
                Button(words.plain("info-privacy"), ShowPrivacy()),
                Button(words.plain("data-delete"), DeleteAccount()),
            ),
            (Button(words.plain("back"), ShowAccount()), Button(words.plain("home"), ShowHome())),
        ),
    )


def really_delete(view: AccountView, words: Words) -> Screen:
    if view.open_orders:
        return orders_first(view.open_orders, words)
    return Screen(
        words.html("data-really-delete"),
        (
            (Button(words.plain("data-delete-go-on"), ConfirmDeletion()),),
            (Button(words.plain("data-export"), ExportMyData()), Button(words.plain("back"), ShowMyData())),
        ),
    )


def orders_first(count: int, words: Words) -> Screen:
    """The account cannot go while ``count`` orders are open."""
    return Screen(
        words.html("data-orders-first", count=count),
        ((Button(words.plain("account-orders"), ShowOrders()), Button(words.plain("back"), ShowMyData())),),
    )


def password_wanted(words: Words, tries_left: int | None = None) -> Screen:
    """``tries_left``: the last one was wrong."""
    wrong = None if tries_left is None else words.html("password-refused", left=tries_left)
    return Screen(
        paragraphs(wrong, words.html("data-delete-password")),
        ((Button(words.plain("login-forgot"), ForgotPassword()), Button(words.plain("cancel"), GiveUp())),),
    )


def deleted(words: Words) -> Screen:
    return Screen(words.html("data-deleted"), ((Button(words.plain("home"), ShowHome()),),))
