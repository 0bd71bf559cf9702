"""One update in, one transaction, one screen out.

The order of things, and why: what is slow is done first, outside of any transaction (`Route.prepare`); then the update's id,
the dialogue, what the handler changes and what has to be told to others are committed together or not at all; then the
update counts as handled; and only then is anything shown. A crash before the commit leaves the update to come again, a crash
after it leaves a screen to be shown again (`show_again`).
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import Any

import structlog

from bot.actions import Action, Still
from bot.answers import HOPS, Answers
from bot.conversation import Before, Turn
from bot.inputs import Command, File, Other, PaymentDone, Photo, Press, Received, Text, Who
from bot.locks import KeyedLocks
from bot.outcome import Outcome, Stimulus, facts, with_heading
from bot.presenter import Presenter, Showing
from bot.router import Router
from bot.screen import Html, Result, Screen
from bot.stored_screen import dump, load
from bot.texts import Texts, Words
from domain.errors import PassingFailure, ShopError
from domain.ports.clock import Clock
from domain.ports.dialogues import Dialogue, DialogueKey
from domain.ports.identity import Tokens
from domain.ports.unit_of_work import UnitOfWork, Work
from domain.shop import Shop

log = structlog.get_logger("bot.turn")

_FRESH_STARTS = 5
"""How often a turn is prepared again because its dialogue changed meanwhile (another replica had it)."""


class _ChangedMeanwhile(Exception):
    """The dialogue is not the one that was prepared for."""


class Turns:
    """Turns of one bot. ``after_commit`` is told whenever there may be something in the outbox."""

    def __init__(
        self,
        *,
        bot_id: int,
        unit_of_work: UnitOfWork,
        router: Router,
        presenter: Presenter,
        texts: Texts,
        shop: Shop,
        tokens: Tokens,
        clock: Clock,
        provider_token: str = "",
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self.bot_id = bot_id
        self.uow = unit_of_work
        self.router = router
        self.presenter = presenter
        self.texts = texts
        self.shop = shop
        self.tokens = tokens
        self.clock = clock
        self._provider_token = provider_token
        self._answers = Answers(router, provider_token)
        self.notify = after_commit
        self._locks = KeyedLocks()

    async def handle(self, received: Received, on_commit: Callable[[], None]) -> None:
        """A private chat's update. ``on_commit`` is called when it counts as handled; raises if it has to come again."""
        who = received.who
        if isinstance(received.input, Press) and isinstance(received.input.action, Still):
            on_commit()
            await self.presenter.answer(received.input.query_id, "", alert=False)
            return
        async with self._locks.hold(who.key):
            started = time.perf_counter()
            stimulus = Stimulus(who, received.input, received.update_id)
            outcome = await self._transact(stimulus)
            on_commit()
            self.notify()
            log.info("turn", **facts(received), ms=round((time.perf_counter() - started) * 1000, 1))
            await self._show(outcome, stimulus)
            await self._go_on(outcome, stimulus)

    async def show_again(self, key: DialogueKey) -> None:
        """Show the present screen of a dialogue whose last turn was committed but not shown."""
        async with self._locks.hold(key):
            async with self.uow.reading() as look:
                dialogue = await look.dialogues.read(key)
            if dialogue is None or dialogue.shown_version >= dialogue.version:
                return
            who = Who(user_id=key.user_id, chat_id=key.chat_id, private=True, thread_id=key.thread_id)
            outcome = Outcome(who, dialogue, Result(self._stored(dialogue), fresh=True))
            await self._show(outcome, None)

    async def follow(self, who: Who, action: Action) -> None:
        """Do an action that nobody tapped (a payment left unstarted by a crash) and show where it leads."""
        async with self._locks.hold(who.key):
            stimulus = Stimulus(who, action, None)
            outcome = await self._transact(stimulus)
            self.notify()
            await self._show(outcome, stimulus)
            await self._go_on(outcome, stimulus)

    async def _go_on(self, outcome: Outcome, stimulus: Stimulus) -> None:
        """Do what follows a commit. The tap was answered already."""
        for _ in range(HOPS):
            if outcome.then is None:
                return
            said = outcome.result.toast if stimulus.press is None else ""
            continues = stimulus.press is not None or stimulus.continues or outcome.result.screen is not None
            follow = Stimulus(stimulus.who, outcome.then, None, said, continues)
            try:
                outcome = await self._transact(follow)
            except Exception as error:
                # The first part is committed and does not come again; what was to follow is a tap away.
                log.error("not followed", error=type(error).__name__, exc_info=error)
                words = self.texts.words(outcome.dialogue.language or stimulus.who.language)
                await self.presenter.say(stimulus.who.chat_id, words.html("not-followed"))
                return
            self.notify()
            await self._show(outcome, follow)
            stimulus = follow

    # --- the transaction ----------------------------------------------------------------------------------------------

    async def _transact(self, stimulus: Stimulus) -> Outcome:
        for _ in range(_FRESH_STARTS):
            try:
                return await self._prepare_and_run(stimulus)
            except _ChangedMeanwhile:
                continue
        raise PassingFailure("the dialogue kept changing")

    async def _prepare_and_run(self, stimulus: Stimulus) -> Outcome:
        prepared_for: int | None = None
        try:
            prepared, deletion_failed = None, False
            if self._answers.need_slow_work(stimulus.given):
                snapshot = await self._snapshot(stimulus)
                prepared_for = snapshot.version
                prepared, deletion_failed = await self._prepare(stimulus, snapshot)
            async with self.uow.writing() as work:
                turn = await self._begin(work, stimulus)
                if turn is None:
                    return await self._repeated(work, stimulus)
                if prepared_for is not None and prepared_for != turn.dialogue.version:
                    raise _ChangedMeanwhile
                turn.prepared, turn.deletion_failed = prepared, deletion_failed
                result = await self._answers.answer(turn, stimulus)
                return await self._commit(turn, stimulus, result)
        except ShopError as error:
            return await self._recover(stimulus, error)

    async def _prepare(self, stimulus: Stimulus, snapshot: Dialogue) -> tuple[Any, bool]:
        """Do the route's slow work. Returns what it brought, and whether a message that had to go could not be deleted."""
        destination = self._answers.destination(stimulus.given, snapshot)
        if destination is None or destination.route.prepare is None or destination.route.staff:
            return None, False
        before = Before(
            who=stimulus.who,
            dialogue=snapshot,
            words=self._words(snapshot, stimulus.who),
            shop=self.shop,
            now=self.clock.now(),
            tokens=self.tokens,
            reading=self.uow.reading,
        )
        gone = True
        try:
            prepared = await destination.route.prepare(before, destination.given)
        finally:
            # Whatever became of the work: a password that was read does not stay in the chat.
            if before.message_to_delete is not None:
                gone = await self.presenter.delete(stimulus.who.chat_id, before.message_to_delete)
        return prepared, not gone

    async def _snapshot(self, stimulus: Stimulus) -> Dialogue:
        async with self.uow.reading() as look:
            return await look.dialogues.read(stimulus.who.key) or Dialogue(stimulus.who.key)

    async def _begin(self, work: Work, stimulus: Stimulus) -> Turn | None:
        """Claim the update and lock the dialogue; None if the update was handled before."""
        at, update_id = self.clock.now(), stimulus.update_id
        if update_id is not None and not await work.inbox.claim(self.bot_id, update_id, at):
            return None
        dialogue = await work.dialogues.locked(stimulus.who.key, at)
        if dialogue.new and self.texts.speaks(stimulus.who.language):
            dialogue.language = stimulus.who.language.split("-")[0].lower()
        return Turn(
            who=stimulus.who,
            dialogue=dialogue,
            words=self._words(dialogue, stimulus.who),
            shop=self.shop,
            now=at,
            tokens=self.tokens,
            work=work,
        )

    async def _commit(self, turn: Turn, stimulus: Stimulus, result: Result) -> Outcome:
        result, said = self._worded(turn, stimulus, result)
        dialogue = turn.dialogue
        if result.screen is not None:
            dialogue.screen = dump(result.screen, said)
            dialogue.version += 1
            result = dataclasses.replace(result, screen=with_heading(said, result.screen))
        await turn.work.dialogues.save(dialogue, turn.now)
        await turn.work.commit()
        return Outcome(stimulus.who, dialogue, result, result.then)

    def _worded(self, turn: Turn, stimulus: Stimulus, result: Result) -> tuple[Result, Html]:
        """What cannot be a toast, as nothing was tapped, is said above the screen: the result, and what that is."""
        if stimulus.press is not None or result.then is not None:
            return result, Html("")
        said = turn.words.escape(" ".join(filter(None, (stimulus.said, result.toast))))
        if not said:
            return result, said
        screen = result.screen or self._answers.present(turn.dialogue)
        if screen is None:
            screen, said = Screen(said), Html("")
        return dataclasses.replace(result, screen=screen, toast=""), said

    async def _repeated(self, work: Work, stimulus: Stimulus) -> Outcome:
        """Handled before: nothing happens twice. Whoever handled it shows what came of it, perhaps at this very moment, or died
        before that; then a job does (`Housekeeping.show_unshown`)."""
        dialogue = await work.dialogues.locked(stimulus.who.key, self.clock.now())
        return Outcome(stimulus.who, dialogue, Result(), repeated=True)

    async def _recover(self, stimulus: Stimulus, error: ShopError) -> Outcome:
        """A fact stopped the handler and everything was rolled back: say so, in a transaction of its own."""
        async with self.uow.writing() as work:
            turn = await self._begin(work, stimulus)
            if turn is None:
                return await self._repeated(work, stimulus)
            result = await self._answers.excuse(turn, stimulus, error)
            return await self._commit(turn, stimulus, result)

    # --- showing ------------------------------------------------------------------------------------------------------

    async def _show(self, outcome: Outcome, stimulus: Stimulus | None) -> None:
        """Show what was committed. A failure here costs nothing: the screen is kept and shown again by a job."""
        press = stimulus.press if stimulus is not None else None
        dialogue = outcome.dialogue
        showing = Showing(
            chat_id=outcome.who.chat_id,
            thread_id=outcome.who.thread_id,
            live=dialogue.live,
            screen=outcome.result.screen,
            edit=(
                press is not None
                and dialogue.live is not None
                and press.message_id == dialogue.live.message_id
            )
            or (stimulus is not None and stimulus.continues),
            query_id=press.query_id if press is not None else "",
            toast=outcome.result.toast,
            alert=outcome.result.alert,
            documents=outcome.result.documents,
            fresh=outcome.result.fresh,
            tapped=press.message_id if press is not None else 0,
            keep_old=stimulus is not None and isinstance(stimulus.given, PaymentDone),
        )
        try:
            live = await self.presenter.show(showing)
        except Exception as error:
            log.warning("not shown", error=type(error).__name__, chat=outcome.who.chat_id)
            return
        if outcome.result.screen is not None:
            dialogue.live = live
            await self.presenter.record(dialogue.key, dialogue.version, live)

    def _stored(self, dialogue: Dialogue) -> Screen | None:
        """The last moment, to be shown once more."""
        return load(dialogue.screen, self._provider_token)

    def _words(self, dialogue: Dialogue, who: Who) -> Words:
        return self.texts.words(dialogue.language or who.language)

    async def apologise(self, received: Received) -> None:
        """The update failed for good: say so, as well as it can be said now."""
        words = self.texts.words(received.who.language)
        if isinstance(received.input, Press):
            await self.presenter.answer(received.input.query_id, words.plain("something-failed"), alert=True)
        elif received.who.private and isinstance(received.input, Text | Command | Photo | File | Other):
            await self.presenter.say(received.who.chat_id, words.html("something-failed"))
