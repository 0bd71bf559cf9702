"""From an input to the route that handles it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions import Action, ShowHelp, ShowHome
from bot.conversation import Conversation, GivenUp, MailRender, NoticeRender, Route
from bot.inputs import Command, File, Input, Other, Photo, Press, Text
from domain.ports.dialogues import Dialogue


class RoutesClash(ValueError):
    """Two conversations claim the same action, step, input, command, deep link or notice: a programming error."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A route with what it is given. ``step``: it is the present step's own, so the step goes on unless it leaves."""

    route: Route
    given: Any
    step: bool = False


class Router:
    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._actions: dict[type[Action], Route] = {}
        self._steps: dict[str, Route] = {}
        self._inputs: dict[type[Input], Route] = {}
        self._commands: dict[str, Callable[[Command], Action] | Action] = {}
        self._group_commands: dict[str, Callable[[Command], Action] | Action] = {}
        self._group_inputs: dict[type[Input], Route] = {}
        self._group_answers: dict[type[Action], Route] = {}
        self._deep_links: dict[str, Callable[[str], Action | None]] = {}
        self.notices: dict[str, NoticeRender] = {}
        self.undelivered: dict[str, GivenUp] = {}
        self.mails: dict[str, MailRender] = {}
        for conversation in conversations:
            routes = conversation.routes()
            _merge(self._actions, routes.actions)
            _merge(self._steps, routes.steps)
            _merge(self._inputs, routes.inputs)
            _merge(self._commands, routes.commands)
            _merge(self._group_commands, routes.group_commands)
            _merge(self._group_inputs, routes.group_inputs)
            _merge(self._group_answers, routes.group_answers)
            _merge(self._deep_links, routes.deep_links)
            _merge(self.notices, routes.notices)
            _merge(self.undelivered, routes.undelivered)
            _merge(self.mails, routes.mails)

    def action(self, action: Action) -> Destination:
        """LookupError if no conversation takes it: a programming error, as `bot.codec` knows only our actions."""
        route = self._actions.get(type(action))
        if route is None:
            raise LookupError(f"no conversation takes {type(action).__name__}")
        return Destination(route, action)

    def input(self, given: Input, dialogue: Dialogue) -> Destination | None:
        """Where an input leads; None if nowhere (see `bot.turn` for what is said then)."""
        if isinstance(given, Press):
            return None if given.action is None else self.action(given.action)
        if isinstance(given, Command) and dialogue.step and not self.knows_command(given.name):
            # A password may begin with a slash.
            given = Text(given.typed, given.message_id)
        if isinstance(given, Command):
            return self.action(self.command(given))
        if dialogue.step and isinstance(given, Text):
            route = self._steps.get(dialogue.step)
            if route is not None:
                return Destination(route, given, step=True)
        route = self._inputs.get(type(given))
        return None if route is None else Destination(route, given)

    def command(self, command: Command) -> Action:
        """The action of a command in a private chat; for an unknown one, help."""
        if command.name == "start" and command.argument:
            return self._deep_link(command.argument)
        found = self._commands.get(command.name)
        if found is None:
            return ShowHelp()
        return found if isinstance(found, Action) else found(command)

    def knows_command(self, name: str) -> bool:
        return name in self._commands

    def group_input(self, given: Input) -> Destination | None:
        under = given.under if isinstance(given, Text | Photo | File | Other) else None
        if under is not None and (answer := self._group_answers.get(type(under))) is not None:
            return Destination(answer, given)
        # A picture is one, however it was sent.
        kind = Photo if isinstance(given, File) and given.is_picture else type(given)
        route = self._group_inputs.get(kind)
        return None if route is None else Destination(route, given)

    def group_command(self, command: Command) -> Action | None:
        if command.name == "start" and command.argument:
            word, _, rest = command.argument.partition("_")
            link = self._deep_links.get(word)
            action = link(rest) if link is not None else None
            route = self._actions.get(type(action)) if action is not None else None
            return action if route is not None and (route.staff or route.anywhere_chat) else None
        found = self._group_commands.get(command.name)
        return found if found is None or isinstance(found, Action) else found(command)

    def _deep_link(self, payload: str) -> Action:
        word, _, rest = payload.partition("_")
        link = self._deep_links.get(word)
        return (link(rest) if link is not None else None) or ShowHome()


def _merge(into: dict[Any, Any], more: Mapping[Any, Any]) -> None:
    for key, value in more.items():
        if key in into:
            raise RoutesClash(str(key))
        into[key] = value
