"""The composition root: everything is built here, with plain constructors, and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog
import telegram

from bot.adapters import (
    bot_of,
    covers_of,
    fetch_file,
    gateways_of,
    mailer_of,
    member_status,
    pictures_of,
    show_progress,
)
from bot.asides import Asides
from bot.commands import register_commands
from bot.covers import Covers, addresses
from bot.delivery import Delivery
from bot.feed_jobs import FeedJobs
from bot.gateway_events import GatewayEvents
from bot.importing import feed_options
from bot.intake import Intake
from bot.jobs import Housekeeping, Job, run_jobs
from bot.links import deep_link
from bot.listening import listening
from bot.metrics import Metrics
from bot.polling import ALLOWED_UPDATES, Poller
from bot.presenter import Presenter
from bot.recorder import Recorder
from bot.relay import Relay
from bot.router import Router
from bot.scraping import Scraping
from bot.secret import shop_secret, webhook_secret
from bot.settings import Settings, SettingsError
from bot.texts import Texts
from bot.transport import AiohttpRequest
from bot.turn import Turns
from bot.web import Receive, application
from bot.wiring import Adapters, jobs, wire
from catalogue.barcode import read_isbns
from catalogue.feeds import Feed
from catalogue.typefaces import font_files
from domain.errors import PassingFailure
from domain.ids import UserId
from domain.ports.clock import Clock
from domain.ports.gateway import Closing, PaymentGateway
from identity.clock import SecretIds, SystemClock
from identity.codes import HmacCodes
from identity.passwords import Argon2Hasher
from identity.tokens import JwtTokens
from payments.receipt import PdfReceipts
from payments.seam import GatewaySeam
from storage.engine import Database
from storage.figures import SqlFigures
from storage.intake import SqlIntake
from storage.rehearsal import rehearsal
from storage.search import SearchIndex, SqlBookSearch
from storage.unit_of_work import SqlUnitOfWork

log = structlog.get_logger("bot.app")


@dataclass(slots=True)
class Application:
    """One shop's running program. Build it with `building`, start it with `run`."""

    settings: Settings
    bot: telegram.Bot
    database: Database
    unit_of_work: SqlUnitOfWork
    texts: Texts
    turns: Turns
    intake: Intake
    relay: Relay
    jobs: tuple[Job, ...]
    housekeeping: Housekeeping
    metrics: Metrics
    scraping: Scraping
    webhook_secret: str
    gateway_events: Mapping[str, Receive]
    """What takes the events of each gateway that has a webhook."""
    covers: Covers
    address: str = ""
    """Where it listens, as long as it does."""

    async def run(self, stop: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until ``stop``: by webhook if a public address is set, by polling otherwise. SettingsError if it cannot listen."""
        await self._register()
        await self.housekeeping.show_left_behind()
        background = [
            asyncio.create_task(run_jobs(self.jobs, self.metrics)),
            asyncio.create_task(self.relay.run()),
        ]
        try:
            async with self._listening():
                if self.settings.webhook_url:
                    await self._serve_webhook(stop, ready)
                else:
                    await self._poll(stop, ready)
            await self.intake.drain(5.0)
        finally:
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)

    async def _register(self) -> None:
        try:
            await register_commands(self.bot, self.texts, self.settings.shop())
        except telegram.error.TelegramError as error:
            # The menu is a convenience; the shop opens without.
            log.warning("commands not registered", error=type(error).__name__)

    async def _poll(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        await self.bot.delete_webhook()
        poller = Poller(self.bot, self.intake)
        polling = asyncio.create_task(poller.run())
        stopping = asyncio.create_task(stop.wait())
        ready()
        log.info("open", by="polling", shop=self.settings.shop_name)
        await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        poller.stop()
        await polling

    async def _serve_webhook(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        await self.bot.set_webhook(
            f"{self.settings.webhook_url}/telegram",
            secret_token=self.webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=100,
        )
        ready()
        log.info("open", by="webhook", shop=self.settings.shop_name)
        await stop.wait()

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """Hear whoever has something to tell: Telegram by webhook, the gateways either way, and those who ask how we are."""
        if not self.settings.listen:
            yield
            return
        app = application(
            bot=self.bot,
            intake=self.intake if self.settings.webhook_url else None,
            secret=self.webhook_secret,
            ready=self._is_ready,
            metrics=self.scraping.text,
            gateways=self.gateway_events,
            covers=self.covers,
        )
        async with listening(app, self.settings.listen) as self.address:
            yield

    async def _is_ready(self) -> bool:
        """Whether turns can be taken: the database answers."""
        try:
            async with self.unit_of_work.reading() as look:
                await look.staff.chat()
        except PassingFailure:
            return False
        return True


@asynccontextmanager
async def building(
    settings: Settings, *, clock: Clock | None = None, faults: Callable[[str], None] = lambda _: None
) -> AsyncIterator[Application]:
    """Build the whole program and take it down again. Raises SettingsError, and TelegramError if the token is refused.

    ``clock`` and ``faults`` are for tests: another time, and the moments around each commit and each call to Telegram or a
    gateway.
    """
    if not settings.token.get_secret_value():
        raise SettingsError("BOOKSTALL_TOKEN: the bot's token from @BotFather is missing")
    clock = clock or SystemClock()
    shop = settings.shop()
    texts = Texts(shop.languages, shop.default_language, shop.zone)
    secret = shop_secret(settings)
    tokens = JwtTokens(secret, clock)
    mailer = mailer_of(settings)
    database = Database(settings.database)
    unit_of_work = SqlUnitOfWork(database, faults=faults)
    metrics = Metrics()
    calls = AiohttpRequest(faults=faults, ended=metrics.call)
    polls = AiohttpRequest(connections=4, read_timeout=65.0, ended=metrics.call)
    bot = bot_of(settings, calls, polls, metrics.flood)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        # Closed here as well: a bot whose token is refused never counts as started, and shuts nothing down.
        stack.push_async_callback(calls.shutdown)
        stack.push_async_callback(polls.shutdown)
        await bot.initialize()
        stack.push_async_callback(bot.shutdown)
        recorder = Recorder(bot.id, unit_of_work)
        pictures = pictures_of(bot, unit_of_work, shop)
        presenter = Presenter(bot, pictures, recorder)
        covers = covers_of(unit_of_work)
        stack.callback(covers.close)
        provider_token = settings.telegram_provider_token.get_secret_value()
        hasher = Argon2Hasher()
        stack.callback(hasher.close)
        gateways: Mapping[str, PaymentGateway] = gateways_of(settings, deep_link(bot.username, ""))
        for gateway in gateways.values():
            if isinstance(gateway, Closing):
                stack.push_async_callback(gateway.close)
        gateways = {name: GatewaySeam(gateway, faults) for name, gateway in gateways.items()}
        adapters = Adapters(
            search=SqlBookSearch(database, currency=shop.currency),
            gateways=gateways,
            mailer=mailer,
            hasher=hasher,
            tokens=tokens,
            codes=HmacCodes(secret),
            clock=clock,
            ids=SecretIds(),
            bot_link=lambda payload: deep_link(bot.username, payload),
            cover_addresses=addresses(settings.public),
            fetch_file=lambda file_id: fetch_file(bot, file_id),
            read_barcodes=read_isbns,
            receipts=PdfReceipts(font_files(), text="garamond-text", display="garamond-display"),
            member_status=lambda chat_id, user_id: member_status(bot, chat_id, user_id),
            bot_id=UserId(bot.id),
        )
        wired = wire(adapters, shop, texts)
        router = Router(wired.conversations)
        delivery = Delivery(
            unit_of_work=unit_of_work,
            presenter=presenter,
            router=router,
            texts=texts,
            shop=shop,
            mailer=mailer,
            clock=clock,
        )
        relay = Relay(unit_of_work=unit_of_work, delivery=delivery, clock=clock, alone=database.sqlite)
        turns = Turns(
            bot_id=bot.id,
            unit_of_work=unit_of_work,
            router=router,
            presenter=presenter,
            texts=texts,
            shop=shop,
            tokens=tokens,
            clock=clock,
            provider_token=provider_token,
            after_commit=relay.wake,
        )
        intake = Intake(turns, Asides(turns, adapters.bot_link), bot.username, metrics)
        housekeeping = Housekeeping(unit_of_work, turns, clock)
        feeds = FeedJobs(
            unit_of_work=unit_of_work,
            intake=lambda: SqlIntake(database, index=SearchIndex()),
            rehearsal=lambda: rehearsal(database),
            open_feed=Feed,
            fetch=adapters.fetch_file,
            show=lambda chat_id, message_id, screen: show_progress(presenter, chat_id, message_id, screen),
            remove=presenter.delete,
            texts=texts,
            options=lambda now: feed_options(
                now, currency=settings.shop_currency, zone=settings.shop_timezone
            ),
            clock=clock,
            after_commit=relay.wake,
            alone=database.sqlite,
        )
        stored = SqlFigures(database)

        async def behind() -> int:
            return (await bot.get_webhook_info()).pending_update_count

        scraping = Scraping(
            metrics,
            figures=lambda: stored.read(clock.now()),
            behind=behind,
            busy=lambda: intake.busy,
        )
        yield Application(
            settings=settings,
            bot=bot,
            database=database,
            unit_of_work=unit_of_work,
            texts=texts,
            turns=turns,
            intake=intake,
            relay=relay,
            jobs=(
                *jobs(wired, unit_of_work, turns, housekeeping, relay),
                Job("work off the staff's files", timedelta(seconds=1), feeds.run),
            ),
            housekeeping=housekeeping,
            metrics=metrics,
            scraping=scraping,
            webhook_secret=webhook_secret(secret),
            gateway_events={
                name: GatewayEvents(
                    gateway=gateway,
                    settlement=wired.settlement,
                    unit_of_work=unit_of_work,
                    clock=clock,
                    after_commit=relay.wake,
                ).receive
                for name, gateway in gateways.items()
            },
            covers=covers,
        )
