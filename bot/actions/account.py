"""Buttons of a customer's account."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class ShowAccount(Action):
    tag = "ac"


@dataclass(frozen=True, slots=True)
class LogIn(Action):
    tag = "li"


@dataclass(frozen=True, slots=True)
class Register(Action):
    tag = "re"


@dataclass(frozen=True, slots=True)
class ForgotPassword(Action):
    tag = "fp"


@dataclass(frozen=True, slots=True)
class ResendCode(Action):
    tag = "rc"
    anywhere = False


@dataclass(frozen=True, slots=True)
class UseName(Action):
    """Take the name that was offered."""

    tag = "un"
    anywhere = False


@dataclass(frozen=True, slots=True)
class GiveUp(Action):
    """Leave the present step and go back to where it was entered from."""

    tag = "x"


@dataclass(frozen=True, slots=True)
class LogOut(Action):
    tag = "lo"


@dataclass(frozen=True, slots=True)
class LogOutEverywhere(Action):
    tag = "le"


@dataclass(frozen=True, slots=True)
class ChangePassword(Action):
    tag = "cp"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    tag = "md"


@dataclass(frozen=True, slots=True)
class ExportMyData(Action):
    tag = "me"


@dataclass(frozen=True, slots=True)
class DeleteAccount(Action):
    """Asks whether to."""

    tag = "da"


@dataclass(frozen=True, slots=True)
class ConfirmDeletion(Action):
    tag = "dx"
    anywhere = False
