"""The composition root: everything is built here, with plain constructors, and nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import hashlib
import hmac
import os
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import telegram
from aiohttp import web

from bot.asides import Asides
from bot.commands import register_commands
from bot.gateway_events import GatewayEvents
from bot.intake import Intake
from bot.jobs import Housekeeping, Job, run_jobs
from bot.links import deep_link
from bot.pictures import Pictures
from bot.polling import ALLOWED_UPDATES, Poller
from bot.presenter import Presenter
from bot.recorder import Recorder
from bot.relay import Relay
from bot.router import Router
from bot.screen import Cover, PickupQr
from bot.settings import Settings, SettingsError
from bot.texts import Texts
from bot.transport import AiohttpRequest, FloodWait, LeanBot
from bot.turn import Turns
from bot.web import Receive, application
from bot.wiring import Adapters, jobs, wire
from catalogue.barcode import BadImage, read_isbns
from catalogue.covers import cover_jpeg
from catalogue.qr import pickup_qr
from catalogue.typefaces import font_files
from domain.errors import PassingFailure
from domain.ids import ChatId, UserId
from domain.ports.clock import Clock
from domain.ports.gateway import PaymentGateway
from domain.ports.identity import Mailer
from domain.ports.unit_of_work import UnitOfWork
from domain.shop import Shop
from identity.clock import SecretIds, SystemClock
from identity.codes import HmacCodes
from identity.mail import NoMailer, SmtpMailer, SmtpSettings
from identity.passwords import Argon2Hasher
from identity.tokens import JwtTokens
from payments.receipt import PdfReceipts
from payments.stripe import StripeCheckout
from payments.telegram import TelegramInvoices
from storage.engine import Database
from storage.search import SqlBookSearch
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
    webhook_secret: str
    gateway_events: Mapping[str, Receive]
    """What takes the events of each gateway that has a webhook."""

    async def run(self, stop: asyncio.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until ``stop``: by webhook if a public address is set, by polling otherwise."""
        await self._register()
        await self.housekeeping.show_left_behind()
        background = [asyncio.create_task(run_jobs(self.jobs)), asyncio.create_task(self.relay.run())]
        try:
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
        app = application(
            bot=self.bot,
            intake=self.intake,
            secret=self.webhook_secret,
            ready=self._is_ready,
            metrics=self._metrics,
            gateways=self.gateway_events,
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        host, _, port = self.settings.webhook_listen.rpartition(":")
        await web.TCPSite(runner, host, int(port)).start()
        try:
            await self.bot.set_webhook(
                f"{self.settings.webhook_url}/telegram",
                secret_token=self.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=100,
            )
            ready()
            log.info("open", by="webhook", shop=self.settings.shop_name)
            await stop.wait()
        finally:
            await runner.cleanup()

    async def _is_ready(self) -> bool:
        async with self.unit_of_work.reading() as look:
            await look.staff.chat()
        return True

    def _metrics(self) -> str:
        return f"bookstall_updates_under_way {self.intake.busy}\n"


@asynccontextmanager
async def building(
    settings: Settings, *, clock: Clock | None = None, faults: Callable[[str], None] = lambda _: None
) -> AsyncIterator[Application]:
    """Build the whole program and take it down again. Raises SettingsError, and TelegramError if the token is refused.

    ``clock`` and ``faults`` are for tests: another time, and the moments around each commit and each call to Telegram.
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
    calls, polls = AiohttpRequest(faults=faults), AiohttpRequest(connections=4, read_timeout=65.0)
    bot = _bot(settings, calls, polls)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        # Closed here as well: a bot whose token is refused never counts as started, and shuts nothing down.
        stack.push_async_callback(calls.shutdown)
        stack.push_async_callback(polls.shutdown)
        await bot.initialize()
        stack.push_async_callback(bot.shutdown)
        recorder = Recorder(bot.id, unit_of_work)
        pictures = _pictures(bot, unit_of_work, shop)
        presenter = Presenter(bot, pictures, recorder)
        provider_token = settings.telegram_provider_token.get_secret_value()
        hasher = Argon2Hasher()
        stack.callback(hasher.close)
        gateways = gateways_of(settings, deep_link(bot.username, ""))
        for gateway in gateways.values():
            if isinstance(gateway, StripeCheckout):
                stack.push_async_callback(gateway.close)
        adapters = Adapters(
            search=SqlBookSearch(database),
            gateways=gateways,
            mailer=mailer,
            hasher=hasher,
            tokens=tokens,
            codes=HmacCodes(secret),
            clock=clock,
            ids=SecretIds(),
            bot_link=lambda payload: deep_link(bot.username, payload),
            fetch_file=lambda file_id: fetch_file(bot, file_id),
            read_barcodes=read_barcodes,
            receipts=PdfReceipts(font_files(), text="garamond-text", display="garamond-display"),
            member_status=lambda chat_id, user_id: member_status(bot, chat_id, user_id),
            bot_id=UserId(bot.id),
        )
        wired = wire(adapters, shop, texts)
        router = Router(wired.conversations)
        relay = Relay(
            unit_of_work=unit_of_work,
            presenter=presenter,
            router=router,
            texts=texts,
            shop=shop,
            mailer=mailer,
            clock=clock,
        )
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
        intake = Intake(turns, Asides(turns, adapters.bot_link), bot.username)
        housekeeping = Housekeeping(unit_of_work, turns, clock)
        yield Application(
            settings=settings,
            bot=bot,
            database=database,
            unit_of_work=unit_of_work,
            texts=texts,
            turns=turns,
            intake=intake,
            relay=relay,
            jobs=jobs(wired, unit_of_work, turns, housekeeping, relay),
            housekeeping=housekeeping,
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
        )


def read_barcodes(picture: bytes) -> tuple[str, ...]:
    """The ISBN-13s of a photo; none from what is no picture."""
    found = read_isbns(picture)
    return () if isinstance(found, BadImage) else found


async def fetch_file(bot: telegram.Bot, file_id: str) -> bytes:
    """A file that somebody sent. Raises PassingFailure; Telegram gives out at most 20 MB (Bot API, getFile)."""
    try:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except telegram.error.TelegramError as error:
        raise PassingFailure(type(error).__name__) from error


async def member_status(bot: telegram.Bot, chat_id: ChatId, user_id: UserId) -> str:
    """What somebody is in a group; empty if Telegram does not tell."""
    try:
        return str((await bot.get_chat_member(chat_id, user_id)).status)
    except telegram.error.TelegramError:
        return ""


def webhook_secret(secret: str) -> str:
    """What Telegram shows with every webhook call: derived, so that all replicas agree without another setting."""
    return hmac.new(secret.encode(), b"telegram-webhook", hashlib.sha256).hexdigest()


def shop_secret(settings: Settings) -> str:
    """The set secret; with none, one that is made once and kept beside the SQLite file, readable by its owner alone.

    Raises SettingsError on PostgreSQL, where several machines have to agree on it.
    """
    if given := settings.secret.get_secret_value():
        return given
    if not settings.database.startswith("sqlite"):
        raise SettingsError(
            "BOOKSTALL_SECRET: needed with PostgreSQL, the same on every machine, at least 32 characters"
        )
    path = Path(settings.database.removeprefix("sqlite+aiosqlite:///")).absolute().with_suffix(".secret")
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def start_event_loop(main: Coroutine[Any, Any, int]) -> int:
    """Run the program on uvloop where there is one, with the garbage collector out of the way of the turns.

    Measured: the default thresholds cost a fifth of the turns (`benchmarks/turns.py`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _bot(settings: Settings, calls: AiohttpRequest, polls: AiohttpRequest) -> LeanBot:
    return LeanBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
        rate_limiter=FloodWait(),
    )


def _pictures(bot: telegram.Bot, unit_of_work: UnitOfWork, shop: Shop) -> Pictures:
    def draw_cover(cover: Cover) -> bytes:
        return cover_jpeg(
            cover.title,
            cover.authors,
            key=str(cover.book_id),
            language=cover.language,
            subjects=cover.subjects,
        )

    def draw_qr(qr: PickupQr) -> bytes:
        # What the camera of any phone opens: the order, in the chat of whoever works at the counter.
        return pickup_qr(qr.code, shop=shop.name, payload=deep_link(bot.username, f"pickup_{qr.code}"))

    return Pictures(bot.id, unit_of_work, draw_cover, draw_qr)


def gateways_of(settings: Settings, back_url: str) -> dict[str, PaymentGateway]:
    """The ways to pay online that are set, by name, in the order in which they are offered. ``back_url`` is where a gateway's
    page leads back to."""
    gateways: list[PaymentGateway] = []
    if token := settings.telegram_provider_token.get_secret_value():
        gateways.append(TelegramInvoices(token))
    if key := settings.stripe_secret_key.get_secret_value():
        stripe = StripeCheckout(
            secret_key=key,
            webhook_secret=settings.stripe_webhook_secret.get_secret_value(),
            back_url=back_url,
            api_url=settings.stripe_api_url,
        )
        gateways.append(stripe)
    return {gateway.name: gateway for gateway in gateways}


def mailer_of(settings: Settings) -> Mailer:
    """The mail server that is set, or none."""
    if not settings.smtp_host:
        return NoMailer()
    return SmtpMailer(
        SmtpSettings(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            sender=settings.mail_from,
            sender_name=settings.shop_name,
            username=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
        )
    )
