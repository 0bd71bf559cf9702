"""The customer's account."""

from __future__ import annotations

from bot.actions import (
    ChangePassword,
    ForgotPassword,
    GiveUp,
    LogIn,
    LogOut,
    LogOutEverywhere,
    Register,
    ShowHome,
    ShowLanguages,
    ShowMyData,
    ShowOrders,
)
from bot.screen import Button, Screen, paragraphs
from bot.texts import Words
from domain.views import AccountView


def account(view: AccountView, words: Words) -> Screen:
    customer = view.customer
    return Screen(
        words.html(
            "account", name=customer.name, email=customer.email, orders=view.orders, open=view.open_orders
        ),
        (
            (
                Button(words.plain("account-orders"), ShowOrders()),
                Button(words.plain("account-language"), ShowLanguages()),
            ),
            (
                Button(words.plain("account-change-password"), ChangePassword()),
                Button(words.plain("account-my-data"), ShowMyData()),
            ),
            (
                Button(words.plain("account-log-out"), LogOut()),
                Button(words.plain("account-log-out-everywhere"), LogOutEverywhere()),
            ),
            (Button(words.plain("home"), ShowHome()),),
        ),
    )


def logged_out(words: Words) -> Screen:
    return Screen(words.html("logged-out"), _doors(words))


def logged_out_everywhere(count: int, words: Words) -> Screen:
    """``count`` logins were ended, this chat's among them."""
    return Screen(
        paragraphs(words.html("logged-out"), words.html("logged-out-count", count=count)), _doors(words)
    )


def nobody(words: Words) -> Screen:
    """Nobody was logged in here."""
    return Screen(words.html("nobody-logged-in"), _doors(words))


def old_password_wanted(words: Words) -> Screen:
    return Screen(words.html("old-password"), (_ways_out(words),))


def old_password_refused(tries_left: int, words: Words) -> Screen:
    return Screen(
        paragraphs(words.html("password-refused", left=tries_left), words.html("old-password")),
        (_ways_out(words),),
    )


def _ways_out(words: Words) -> tuple[Button, ...]:
    return Button(words.plain("login-forgot"), ForgotPassword()), Button(words.plain("cancel"), GiveUp())


def _doors(words: Words) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(words.plain("log-in"), LogIn()), Button(words.plain("register"), Register())),
        (Button(words.plain("home"), ShowHome()),),
    )
