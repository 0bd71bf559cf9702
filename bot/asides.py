"""Updates that are no part of a private dialogue: pre-checkouts, inline queries, and whatever happens in groups.

They have no live message. A pre-checkout waits for nobody: Telegram wants its answer within 10 seconds (Bot API,
answerPreCheckoutQuery), so it takes no dialogue's lock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import structlog
from telegram.error import TelegramError

from bot.actions import Action, Still
from bot.conversation import Before, Turn
from bot.errors import describe
from bot.inputs import Command, InlineQuery, PreCheckout, Press, Received, Text
from bot.presenter import Showing
from bot.router import Destination
from bot.screen import Button, Result, Screen
from bot.texts import Words
from bot.turn import Turns
from domain.errors import NotStaff, ShopError
from domain.ports.dialogues import Dialogue
from domain.ports.unit_of_work import Work

log = structlog.get_logger("bot.asides")

_TOLD_FOR = timedelta(days=365)


class Asides:
    def __init__(self, turns: Turns, deep_link: Callable[[str], str]) -> None:
        self._turns = turns
        self._deep_link = deep_link
        self._refused: deque[str] = deque(maxlen=1000)
        """Pre-checkouts that were answered with a no: a poll that was under way then brings them once more, and allowing one now would
        be written down and told to nobody."""

    async def handle(self, received: Received, on_commit: Callable[[], None]) -> None:
        given = received.input
        if isinstance(given, PreCheckout):
            await self._pre_checkout(received, given, on_commit)
        elif isinstance(given, InlineQuery):
            await self._inline(received, given, on_commit)
        else:
            await self._group(received, on_commit)

    async def _pre_checkout(
        self, received: Received, given: PreCheckout, on_commit: Callable[[], None]
    ) -> None:
        turns = self._turns
        if given.query_id in self._refused:
            on_commit()
            return
        destination = turns.router.input(given, Dialogue(received.who.key))
        words = turns.texts.words(received.who.language)
        refusal = words.plain("something-failed")
        try:
            if destination is not None:
                refusal = await self._checked(received, destination, words)
        except Exception as error:
            log.error("pre-checkout failed", update=received.update_id, exc_info=error)
        if refusal:
            self._refused.append(given.query_id)
        # Whatever happened, the payer is answered: silence would be a time-out with no reason given. But with a yes only once it is
        # written down that money may move.
        await turns.presenter.answer_checkout(given.query_id, refusal)
        on_commit()
        log.info("pre-checkout", update=received.update_id, approved=not refusal)

    async def _checked(self, received: Received, destination: Destination, words: Words) -> str:
        """Why this payment must not go through; empty if it may."""
        turns = self._turns
        async with turns.uow.writing() as work:
            turn = self._turn(received, work, Dialogue(received.who.key))
            try:
                result = await destination.route.handle(turn, destination.given)
            except ShopError as error:
                return describe(error, words, turn.now)
            await work.commit()
        return result.checkout_answer or ""

    async def _inline(self, received: Received, given: InlineQuery, on_commit: Callable[[], None]) -> None:
        turns = self._turns
        destination = turns.router.input(given, Dialogue(received.who.key))
        on_commit()
        if destination is None:
            return
        dialogue = await self._dialogue(received)
        prepared = await self._prepare(received, destination, dialogue)
        async with turns.uow.reading() as look:
            turn = self._turn(received, cast("Work", look), dialogue)
            turn.prepared = prepared
            result = await destination.route.handle(turn, given)
        await turns.presenter.answer_inline(given.query_id, result)

    async def _dialogue(self, received: Received) -> Dialogue:
        async with self._turns.uow.reading() as look:
            return await look.dialogues.read(received.who.key) or Dialogue(received.who.key)

    async def _prepare(self, received: Received, destination: Destination, dialogue: Dialogue) -> Any:
        if destination.route.prepare is None:
            return None
        turns = self._turns
        before = Before(
            who=received.who,
            dialogue=dialogue,
            words=turns.texts.words(dialogue.language or received.who.language),
            shop=turns.shop,
            now=turns.clock.now(),
            tokens=turns.tokens,
            reading=turns.uow.reading,
        )
        return await destination.route.prepare(before, destination.given)

    # --- groups -------------------------------------------------------------------------------------------------------

    async def _group(self, received: Received, on_commit: Callable[[], None]) -> None:
        turns, given = self._turns, received.input
        if isinstance(given, Press) and isinstance(given.action, Still):
            on_commit()
            await turns.presenter.answer(given.query_id, "", alert=False)
            return
        destination = self._group_destination(received)
        if destination is None:
            if isinstance(given, Press):
                words = turns.texts.words(received.who.language)
                await turns.presenter.answer(given.query_id, words.plain("not-for-you"), alert=True)
            elif isinstance(given, Command) and turns.router.knows_command(given.name):
                await self._say_private_only(received)
            on_commit()
            return
        route, prepared = destination.route, None
        if route.staff and isinstance(given, Command) and not await self._in_staff_chat(received):
            # Somebody else's group: the staff's commands have another meaning for customers, or none.
            await self._say_private_only(received)
            on_commit()
            return
        # Strangers get no slow work done; the transaction checks once more.
        allowed = not (route.staff and route.prepare) or await self._in_staff_chat(received)
        if not allowed and not isinstance(given, Press | Command):
            # Nobody asked for anything: what people send one another in their own groups is not for the shop.
            on_commit()
            return
        if allowed:
            prepared = await self._prepare(received, destination, Dialogue(received.who.key))
        async with turns.uow.writing() as work:
            if not await work.inbox.claim(turns.bot_id, received.update_id, turns.clock.now()):
                on_commit()
                return
            staff = await work.staff.chat()
            in_staff_chat = staff is not None and staff.chat_id == received.who.chat_id
            language = staff.language if staff is not None and in_staff_chat else received.who.language
            turn = self._turn(received, work, Dialogue(received.who.key, language=language))
            turn.prepared = prepared
            turn.tapped = given.message_id if isinstance(given, Press) else None
            try:
                if route.staff and not (allowed and in_staff_chat):
                    raise NotStaff
                result = await route.handle(turn, destination.given)
                while result.go is not None:
                    onward = turns.router.action(result.go)
                    result = await onward.route.handle(turn, onward.given)
                await work.commit()
            except ShopError as error:
                result = Result(toast=describe(error, turn.words, turn.now), alert=True)
                failed = True
            else:
                failed = False
        if failed:
            await self._count_as_handled(received)
        on_commit()
        turns.notify()
        log.info(
            "group turn", update=received.update_id, chat=received.who.chat_id, input=type(given).__name__
        )
        try:
            await self._show(received, result)
        except TelegramError as error:
            log.warning("not shown", error=type(error).__name__, chat=received.who.chat_id)

    async def _in_staff_chat(self, received: Received) -> bool:
        async with self._turns.uow.reading() as look:
            staff = await look.staff.chat()
        return staff is not None and staff.chat_id == received.who.chat_id

    def _group_destination(self, received: Received) -> Destination | None:
        router, given = self._turns.router, received.input
        action: Action | None = None
        if isinstance(given, Press):
            action = given.action
        elif isinstance(given, Command):
            action = router.group_command(given)
        elif isinstance(given, Text):
            return router.group_input(given) if given.under is not None else None
        else:
            return router.group_input(given)
        if action is None:
            return None
        destination = router.action(action)
        return destination if destination.route.staff or destination.route.anywhere_chat else None

    async def _count_as_handled(self, received: Received) -> None:
        """The handler's changes were rolled back, and the update's id with them."""
        async with self._turns.uow.writing() as work:
            await work.inbox.claim(self._turns.bot_id, received.update_id, self._turns.clock.now())
            await work.commit()

    async def _say_private_only(self, received: Received) -> None:
        turns, who = self._turns, received.who
        key, now = f"told-private-only:{who.chat_id}", turns.clock.now()
        async with turns.uow.writing() as work:
            await work.limits.locked(key)
            told, _ = await work.limits.hits(key, now - _TOLD_FOR)
            if told:
                return
            await work.limits.hit(key, now)
            await work.commit()
        words = turns.texts.words(who.language)
        button = Button(words.plain("open-private"), url=self._deep_link(""))
        await turns.presenter.send(
            who.chat_id, Screen(words.html("private-only"), ((button,),)), who.thread_id
        )

    async def _show(self, received: Received, result: Result) -> None:
        """In a group a tap changes the message that was tapped, unless what it brings is ``fresh``; a command is answered beneath."""
        presenter, who, given = self._turns.presenter, received.who, received.input
        if isinstance(given, Press):
            await presenter.answer(given.query_id, result.toast, alert=result.alert)
            if result.screen is not None and (
                result.fresh or not await presenter.edit(who.chat_id, given.message_id, result.screen)
            ):
                await presenter.send(who.chat_id, result.screen, who.thread_id)
        elif result.screen is not None or result.documents:
            await presenter.show(
                Showing(who.chat_id, who.thread_id, screen=result.screen, documents=result.documents)
            )
        elif result.toast:
            words = self._turns.texts.words(who.language)
            await presenter.say(who.chat_id, words.escape(result.toast))

    def _turn(self, received: Received, work: Work, dialogue: Dialogue) -> Turn:
        turns = self._turns
        return Turn(
            who=received.who,
            dialogue=dialogue,
            words=turns.texts.words(dialogue.language or received.who.language),
            shop=turns.shop,
            now=turns.clock.now(),
            tokens=turns.tokens,
            work=work,
        )
