"""What a turn answers, and what it wants shown once it is committed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from bot.actions import Action
from bot.inputs import Command, Input, Press, Received, Who
from bot.screen import Html, Result, Screen, paragraphs
from domain.ports.dialogues import Dialogue


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a committed turn wants shown. ``then`` follows in a transaction of its own."""

    who: Who
    dialogue: Dialogue
    result: Result
    then: Action | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Stimulus:
    """What a turn answers: an input with its update id, or an action that follows an earlier commit."""

    who: Who
    given: Input | Action
    update_id: int | None
    said: str = ""
    """What an earlier part of the turn had to say and could not, as nothing was tapped."""
    continues: bool = False
    """It goes on in the live message: that was tapped, or an earlier part of the turn has just shown something there."""

    @property
    def press(self) -> Press | None:
        return self.given if isinstance(self.given, Press) else None


def with_heading(heading: Html, screen: Screen) -> Screen:
    return dataclasses.replace(screen, text=paragraphs(heading, screen.text))


def joined(first: Result, second: Result) -> Result:
    """Where the second leads, with what the first had to say."""
    return dataclasses.replace(
        second,
        toast=first.toast or second.toast,
        alert=first.alert if first.toast else second.alert,
        documents=first.documents + second.documents,
        fresh=first.fresh or second.fresh,
        then=second.then or first.then,
    )


def facts(received: Received) -> dict[str, str | int]:
    """What the log may say of an update: never what was typed."""
    given = received.input
    facts: dict[str, str | int] = {"update": received.update_id, "chat": received.who.chat_id}
    facts["input"] = type(given).__name__
    if isinstance(given, Press):
        facts["action"] = type(given.action).__name__
    elif isinstance(given, Command):
        facts["action"] = given.name[:32]
    return facts
