"""Where what people ask of the shop besides books leads."""

from __future__ import annotations

from bot.actions import (
    Action,
    Browse,
    CheckOut,
    ForgotPassword,
    LogIn,
    LogOut,
    Register,
    ShowAccount,
    ShowCart,
    ShowHelp,
    ShowHome,
    ShowLanguages,
    ShowOrders,
    ShowShelves,
    ShowSupport,
    ShowTerms,
)
from domain.listing import Kind
from domain.search.errands import Errand

LEADS_TO: dict[Errand, Action] = {
    Errand.CART: ShowCart(),
    Errand.CHECKOUT: CheckOut(),
    Errand.ORDERS: ShowOrders(),
    Errand.NEW: Browse(Kind.NEW.value),
    Errand.PICKS: Browse(Kind.PICKS.value),
    Errand.POPULAR: Browse(Kind.POPULAR.value),
    Errand.SHELVES: ShowShelves(),
    Errand.SUPPORT: ShowSupport(),
    Errand.TERMS: ShowTerms(),
    Errand.HELP: ShowHelp(),
    Errand.LOG_IN: LogIn(),
    Errand.LOG_OUT: LogOut(),
    Errand.REGISTER: Register(),
    Errand.ACCOUNT: ShowAccount(),
    Errand.FORGOTTEN: ForgotPassword(),
    Errand.LANGUAGE: ShowLanguages(),
    Errand.HOME: ShowHome(),
}
