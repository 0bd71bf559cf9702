"""Buttons about the shop itself."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.action import Action


@dataclass(frozen=True, slots=True)
class ShowLanguages(Action):
    tag = "ls"


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    """``step`` is the account's step that was interrupted for it (see `bot.arrival`): it goes on there. Empty: none."""

    tag = "lg"
    language: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class ShowHelp(Action):
    tag = "he"


@dataclass(frozen=True, slots=True)
class ShowTerms(Action):
    tag = "te"


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Action):
    tag = "pr"


@dataclass(frozen=True, slots=True)
class ShowSupport(Action):
    tag = "su"


@dataclass(frozen=True, slots=True)
class Still(Action):
    """A label that does nothing when tapped, such as the number between − and +."""

    tag = "-"
