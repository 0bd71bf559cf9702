"""One message of the outbox on its way: drawn from how things stand now, sent to a chat, the staff's chat or by mail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.conversation import Notice, Occasion
from bot.presenter import Presenter
from bot.router import Router
from bot.screen import Screen
from bot.texts import Texts
from domain.errors import PassingFailure
from domain.ids import ChatId
from domain.ports.clock import Clock
from domain.ports.identity import Mailer, MailRefused
from domain.ports.outbox import STAFF_LANE, Leased, Message, chat_lane
from domain.ports.unit_of_work import Look, UnitOfWork, Work
from domain.question import QuestionCard
from domain.shop import Shop
from domain.staff import StaffCard

log = structlog.get_logger("bot.delivery")

_UNMARKED = 0.5
"""Seconds between two tries to write down what was sent."""


class Undeliverable(Exception):
    """It will never arrive; the message says why, for the shop's owner."""


class Later(Exception):
    """It may arrive later: after ``wait``, or as the back-off says."""

    def __init__(self, wait: timedelta | None, why: str) -> None:
        super().__init__(why)
        self.wait = wait
        self.why = why


class Delivery:
    def __init__(
        self,
        *,
        unit_of_work: UnitOfWork,
        presenter: Presenter,
        router: Router,
        texts: Texts,
        shop: Shop,
        mailer: Mailer,
        clock: Clock,
    ) -> None:
        self._uow = unit_of_work
        self._presenter = presenter
        self._router = router
        self._texts = texts
        self._shop = shop
        self._mailer = mailer
        self._clock = clock

    async def send(self, item: Leased) -> None:
        """Raises Undeliverable, Later, and PassingFailure when the database is busy."""
        lane, _, target = item.message.lane.partition(":")
        if lane == "mail":
            await self._mail(item)
        elif item.message.lane == STAFF_LANE:
            await self._notify(item, await self._staff_chat())
        elif lane == "chat":
            await self._notify(item, ChatId(int(target)))
        else:
            raise Undeliverable(f"no such lane: {lane}")

    async def _staff_chat(self) -> ChatId:
        async with self._uow.reading() as look:
            chat = await look.staff.chat()
        if chat is None:
            raise Later(timedelta(seconds=20), "no staff chat is linked")
        return chat.chat_id

    async def _mail(self, item: Leased) -> None:
        render = self._router.mails.get(item.message.kind)
        if render is None:
            raise Undeliverable("unknown kind of mail")
        async with self._uow.writing() as work:
            # A mail may have to write as it is drawn: a code is made when it is sent, so that it lies nowhere before.
            mail = await render(self._occasion(item, work))
            await work.commit()
        if mail is None:
            return
        if not self._mailer.configured:
            raise Undeliverable("no mail server is set")
        try:
            await self._mailer.send(mail, f"{item.id}.{int(item.written_at.timestamp())}")
        except MailRefused as error:
            raise Undeliverable(f"the mail server refused it: {error}") from None

    def _occasion(self, item: Leased, look: Look) -> Occasion:
        return Occasion(
            data=item.message.data,
            look=look,
            texts=self._texts,
            shop=self._shop,
            now=self._clock.now(),
            written_at=item.written_at,
        )

    async def _notify(self, item: Leased, chat_id: ChatId) -> None:
        render = self._router.notices.get(item.message.kind)
        if render is None:
            raise Undeliverable("unknown kind of notice")
        async with self._uow.reading() as look:
            notice = await render(self._occasion(item, look))
            card = await _card_of(look, notice)
        if notice is None:
            return
        try:
            if notice.instead_of is not None:
                await self._overwrite(chat_id, notice.instead_of, notice.screen)
            elif notice.card is None and notice.question is None:
                await self._presenter.send(chat_id, notice.screen)
            else:
                await self._show_card(chat_id, notice, card)
            for document in notice.documents:
                await self._presenter.send_document(chat_id, document)
        except ChatMigrated as error:
            await self._follow(chat_id, ChatId(error.new_chat_id))
            raise Later(timedelta(0), "the group became a supergroup") from None
        except RetryAfter as error:
            wait = error.retry_after
            raise Later(
                timedelta(seconds=wait) if isinstance(wait, int) else wait, "Telegram asks to wait"
            ) from None
        except Forbidden as error:
            if item.message.lane == STAFF_LANE:
                raise Later(timedelta(minutes=1), f"the staff's chat: {error.message}") from None
            raise Undeliverable(error.message) from None
        except BadRequest as error:
            if item.message.lane == STAFF_LANE:
                raise Later(timedelta(minutes=1), f"the staff's chat: {error.message}") from None
            raise Undeliverable(error.message) from None
        except TelegramError as error:
            raise Later(None, type(error).__name__) from None

    async def given_up(self, work: Work, message: Message) -> None:
        """What follows, in the same transaction, when a message will never arrive."""
        follow = self._router.undelivered.get(message.kind)
        if follow is not None:
            await follow(work, message, self._clock.now())

    async def _show_card(
        self, chat_id: ChatId, notice: Notice, card: StaffCard | QuestionCard | None
    ) -> None:
        """Edit the card where it is, or send it and remember where."""
        old = card.message_id if card is not None and card.chat_id == chat_id else None
        if old is not None and not notice.anew and await self._presenter.edit(chat_id, old, notice.screen):
            return
        sent = await self._presenter.send(chat_id, notice.screen)
        await mark(self._uow, lambda work: _keep_card(work, notice, chat_id, sent))
        if old is not None:
            await self._presenter.delete(chat_id, old)

    async def _overwrite(self, chat_id: ChatId, card: QuestionCard, screen: Screen) -> None:
        """Whatever stands in the way of it holds up nothing else."""
        if card.chat_id != chat_id:
            return  # it was the group's number before it became a supergroup, or another group's
        try:
            await self._presenter.edit(chat_id, card.message_id, screen)
        except (BadRequest, Forbidden) as error:
            log.warning("not overwritten", why=error.message)

    async def _follow(self, old: ChatId, new: ChatId) -> None:
        """Telegram's answer carries the new id (Bot API, ResponseParameters.migrate_to_chat_id)."""
        async with self._uow.writing() as work:
            await work.staff.move(old, new)
            await work.outbox.move_lane(chat_lane(old), chat_lane(new))
            await work.commit()


async def _card_of(look: Look, notice: Notice | None) -> StaffCard | QuestionCard | None:
    """Where the card is that the notice shows."""
    if notice is None:
        return None
    if notice.question is not None:
        return await look.questions.card(notice.question)
    return None if notice.card is None else await look.staff.card(notice.card)


async def _keep_card(work: Work, notice: Notice, chat_id: ChatId, message_id: int) -> None:
    if notice.question is not None:
        await work.questions.put_card(QuestionCard(notice.question, chat_id, message_id))
    if notice.card is not None:
        await work.staff.put_card(StaffCard(notice.card, chat_id, message_id))


async def mark(unit_of_work: UnitOfWork, what: Callable[[Work], Awaitable[None]]) -> None:
    """Write down what is so already: over and over until it is written, as otherwise a message would be sent twice."""
    while True:
        try:
            async with unit_of_work.writing() as work:
                await what(work)
                await work.commit()
        except PassingFailure:
            log.warning("not marked yet")
            await asyncio.sleep(_UNMARKED)
        else:
            return
