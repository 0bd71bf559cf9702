"""The outbox on its way: messages that must arrive, in order per chat, with back-off, one chat's trouble never another's."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.conversation import Notice, Occasion
from bot.presenter import Presenter
from bot.router import Router
from bot.texts import Texts
from domain.errors import PassingFailure
from domain.ids import ChatId
from domain.ports.clock import Clock
from domain.ports.identity import Mailer, MailRefused
from domain.ports.outbox import STAFF_LANE, Leased, chat_lane
from domain.ports.unit_of_work import UnitOfWork
from domain.shop import Shop
from domain.staff import StaffCard

log = structlog.get_logger("bot.relay")

_LEASE = timedelta(seconds=60)
_LANES = 16
_GIVE_UP_AFTER = timedelta(days=3)
_IDLE = 5.0


class _Undeliverable(Exception):
    """It will never arrive; the message says why, for the shop's owner."""


class _Later(Exception):
    """It may arrive later: after ``wait``, or as the back-off says."""

    def __init__(self, wait: timedelta | None, why: str) -> None:
        super().__init__(why)
        self.wait = wait
        self.why = why


class Relay:
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
        self._awake = asyncio.Event()
        self.busy = 0
        """How many rounds of deliveries are under way."""

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver what is due, for ever."""
        while True:
            self._awake.clear()
            try:
                sent = await self.deliver_due()
            except PassingFailure:
                sent = 0
                await asyncio.sleep(1)
            if not sent:
                await self._sleep()

    async def _sleep(self) -> None:
        try:
            async with self._uow.reading() as look:
                due = await look.outbox.next_due()
        except PassingFailure:
            due = None
        ahead = _IDLE if due is None else (due - self._clock.now()).total_seconds()
        # Not wait_for: on Python 3.11 it forgets a cancellation that comes together with what it waits for (gh-86296).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(max(ahead, 0.05), _IDLE)):
                await self._awake.wait()

    async def deliver_due(self) -> int:
        """Deliver the head of each lane that is due; returns how many there were."""
        now = self._clock.now()
        self.busy += 1
        try:
            async with self._uow.writing() as work:
                leased = await work.outbox.lease(now, now + _LEASE, _LANES)
                if leased:
                    await work.commit()
            await asyncio.gather(*(self._deliver(item) for item in leased))
        finally:
            self.busy -= 1
        return len(leased)

    async def _deliver(self, item: Leased) -> None:
        structlog.contextvars.bind_contextvars(outbox=item.id)
        try:
            await self._send(item)
        except _Undeliverable as error:
            await self._give_up(item, str(error))
        except _Later as error:
            await self._postpone(item, error)
        except PassingFailure:
            await self._postpone(item, _Later(None, "a passing failure"))
        except Exception as error:
            log.exception("notice failed", kind=item.message.kind)
            await self._postpone(item, _Later(None, type(error).__name__))
        else:
            async with self._uow.writing() as work:
                await work.outbox.delivered(item.id, self._clock.now())
                await work.commit()
            log.info("delivered", kind=item.message.kind, tries=item.tries)

    async def _give_up(self, item: Leased, why: str) -> None:
        log.error("undeliverable", kind=item.message.kind, lane=item.message.lane.split(":")[0], why=why)
        async with self._uow.writing() as work:
            await work.outbox.give_up(item.id, self._clock.now(), why)
            await work.commit()

    async def _postpone(self, item: Leased, later: _Later) -> None:
        now = self._clock.now()
        if now - item.written_at > _GIVE_UP_AFTER:
            await self._give_up(item, later.why)
            return
        wait = later.wait if later.wait is not None else backoff(item.tries)
        log.warning("postponed", kind=item.message.kind, why=later.why, seconds=wait.total_seconds())
        async with self._uow.writing() as work:
            await work.outbox.postpone(item.id, now + wait, later.why)
            await work.commit()

    async def _send(self, item: Leased) -> None:
        lane, _, target = item.message.lane.partition(":")
        if lane == "mail":
            await self._mail(item)
        elif item.message.lane == STAFF_LANE:
            await self._notify(item, await self._staff_chat())
        elif lane == "chat":
            await self._notify(item, ChatId(int(target)))
        else:
            raise _Undeliverable(f"no such lane: {lane}")

    async def _staff_chat(self) -> ChatId:
        async with self._uow.reading() as look:
            chat = await look.staff.chat()
        if chat is None:
            raise _Later(timedelta(seconds=20), "no staff chat is linked")
        return chat.chat_id

    async def _mail(self, item: Leased) -> None:
        render = self._router.mails.get(item.message.kind)
        if render is None:
            raise _Undeliverable("unknown kind of mail")
        async with self._uow.writing() as work:
            # A mail may have to write as it is drawn: a code is made when it is sent, so that it lies nowhere before.
            mail = await render(self._occasion(item, work))
            await work.commit()
        if mail is None:
            return
        if not self._mailer.configured:
            raise _Undeliverable("no mail server is set")
        try:
            await self._mailer.send(mail, f"{item.id}.{int(item.written_at.timestamp())}")
        except MailRefused as error:
            raise _Undeliverable(f"the mail server refused it: {error}") from None

    def _occasion(self, item: Leased, look: object) -> Occasion:
        return Occasion(
            data=item.message.data,
            look=look,  # type: ignore[arg-type]  # a Look or a Work: both read
            texts=self._texts,
            shop=self._shop,
            now=self._clock.now(),
            written_at=item.written_at,
        )

    async def _notify(self, item: Leased, chat_id: ChatId) -> None:
        render = self._router.notices.get(item.message.kind)
        if render is None:
            raise _Undeliverable("unknown kind of notice")
        async with self._uow.reading() as look:
            notice = await render(self._occasion(item, look))
            card = (
                await look.staff.card(notice.card) if notice is not None and notice.card is not None else None
            )
        if notice is None:
            return
        try:
            if notice.card is None:
                await self._presenter.send(chat_id, notice.screen)
            else:
                await self._show_card(chat_id, notice, card)
            for document in notice.documents:
                await self._presenter.send_document(chat_id, document)
        except ChatMigrated as error:
            await self._follow(chat_id, ChatId(error.new_chat_id))
            raise _Later(timedelta(0), "the group became a supergroup") from None
        except RetryAfter as error:
            wait = error.retry_after
            raise _Later(
                timedelta(seconds=wait) if isinstance(wait, int) else wait, "Telegram asks to wait"
            ) from None
        except Forbidden as error:
            if item.message.lane == STAFF_LANE:
                raise _Later(timedelta(minutes=1), f"the staff's chat: {error.message}") from None
            raise _Undeliverable(error.message) from None
        except BadRequest as error:
            if item.message.lane == STAFF_LANE:
                raise _Later(timedelta(minutes=1), f"the staff's chat: {error.message}") from None
            raise _Undeliverable(error.message) from None
        except TelegramError as error:
            raise _Later(None, type(error).__name__) from None

    async def _show_card(self, chat_id: ChatId, notice: Notice, card: StaffCard | None) -> None:
        """Edit the order's card where it is, or send it and remember where."""
        if notice.card is None:
            return
        old = card.message_id if card is not None and card.chat_id == chat_id else None
        if old is not None and not notice.anew and await self._presenter.edit(chat_id, old, notice.screen):
            return
        message_id = await self._presenter.send(chat_id, notice.screen)
        if old is not None:
            await self._presenter.delete(chat_id, old)
        async with self._uow.writing() as work:
            await work.staff.put_card(StaffCard(notice.card, chat_id, message_id))
            await work.commit()

    async def _follow(self, old: ChatId, new: ChatId) -> None:
        """Telegram's answer carries the new id (Bot API, ResponseParameters.migrate_to_chat_id)."""
        async with self._uow.writing() as work:
            await work.staff.move(old, new)
            await work.outbox.move_lane(chat_lane(old), chat_lane(new))
            await work.commit()


def backoff(tries: int) -> timedelta:
    """1, 2, 4 … seconds after the first, second, third failure, up to 10 minutes."""
    return timedelta(seconds=min(2.0 ** min(tries, 12), 600.0))
