"""What a turn's handlers answer: which one an input leads to, where it leads on, and what is said when there is none."""

from __future__ import annotations

import dataclasses

from bot.actions import Action, ShowHome, Still
from bot.conversation import Turn
from bot.errors import describe
from bot.inputs import Command, File, Input, Other, Photo, Press
from bot.outcome import Stimulus, joined
from bot.router import Destination, Router
from bot.screen import Result, Screen
from bot.stored_screen import load
from domain.errors import NotStaff, ShopError
from domain.ports.dialogues import Dialogue

HOPS = 6
"""How often a handler may lead on in one turn; more would be a circle."""


class Answers:
    """Of private chats. The transaction that they run in is the turn's: nothing here commits or sends."""

    def __init__(self, router: Router, provider_token: str) -> None:
        self._router = router
        self._provider_token = provider_token

    def need_slow_work(self, given: Input | Action) -> bool:
        """Whether the turn has to look before it begins: a text's meaning depends on the step, slow work comes first."""
        if isinstance(given, Action):
            return self._router.action(given).route.prepare is not None
        if isinstance(given, Press):
            return given.action is not None and self._router.action(given.action).route.prepare is not None
        if isinstance(given, Command) and self._router.knows_command(given.name):
            return self._router.action(self._router.command(given)).route.prepare is not None
        return True

    def destination(self, given: Input | Action, dialogue: Dialogue) -> Destination | None:
        """Where it leads; None: nowhere."""
        if isinstance(given, Action):
            return self._router.action(given)
        if dialogue.step and isinstance(given, Photo | File | Other):
            return None
        found = self._router.input(given, dialogue)
        if found is None and isinstance(given, Photo | File):
            return self._router.input(Other("file", given.message_id), dialogue)
        return found

    async def answer(self, turn: Turn, stimulus: Stimulus) -> Result:
        """Run the handler, or say why nothing is run."""
        destination = self.destination(stimulus.given, turn.dialogue)
        words, press = turn.words, stimulus.press
        if destination is None:
            if press is not None:
                return await self._run(turn, Result(go=ShowHome(), toast=words.plain("unknown-button")))
            if turn.dialogue.step:
                return Result(self.present(turn.dialogue), toast=words.plain("only-words-here"))
            return await self._run(turn, Result(go=ShowHome()))
        action = destination.given if isinstance(destination.given, Action) else None
        if press is not None and action is not None and not action.anywhere:
            live = turn.dialogue.live
            if live is None or live.message_id != press.message_id:
                instead = action.instead()
                toast = words.plain("older-button")
                if instead is not None:
                    return await self._run(turn, Result(go=instead, toast=toast))
                screen = self.present(turn.dialogue)
                return Result(screen, toast, go=None if screen else ShowHome())
        return await self._run(turn, await self._call(turn, destination), keep_step=destination.step)

    async def excuse(self, turn: Turn, stimulus: Stimulus, error: ShopError) -> Result:
        """A fact stopped the handler: what its route says of that, or else the fact in words."""
        destination = self.destination(stimulus.given, turn.dialogue)
        if destination is not None and destination.route.recover is not None:
            result = await destination.route.recover(turn, destination.given, error)
            if result is not None:
                return await self._run(turn, result, keep_step=destination.step)
        said = describe(error, turn.words, turn.now)
        typed = stimulus.press is None
        return Result(self.present(turn.dialogue) if typed else None, toast=said, alert=len(said) > 60)

    def present(self, dialogue: Dialogue) -> Screen | None:
        """Where the person is, without what was said there before."""
        return load(dialogue.screen, self._provider_token, as_said=False)

    async def _call(self, turn: Turn, destination: Destination) -> Result:
        if destination.route.staff:
            raise NotStaff  # the staff's chat is a group: see `bot.asides`
        return await destination.route.handle(turn, destination.given)

    async def _run(self, turn: Turn, result: Result, *, keep_step: bool = False) -> Result:
        """Follow where handlers lead on, as long as nothing slow is needed; the rest follows the commit as ``then``."""
        for _ in range(HOPS):
            if result.go is None:
                break
            destination = self._router.action(result.go)
            if destination.route.prepare is not None:
                if result.then is not None:
                    raise ValueError("a result that goes on to slow work has another follow-up already")
                result = dataclasses.replace(result, then=result.go, go=None)
                break
            result = joined(result, await self._call(turn, destination))
        else:
            raise ValueError("handlers lead on in a circle")
        if not keep_step and not turn.entered and not isinstance(result.go, Still):
            turn.leave()
        return result
