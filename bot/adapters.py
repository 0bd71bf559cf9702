"""What is outside, as the shop uses it: Telegram's client, pictures, gateways and mail, built from the settings."""

from __future__ import annotations

from collections.abc import Callable

import telegram

from bot.covers import Covers
from bot.links import deep_link
from bot.pictures import Pictures
from bot.presenter import Presenter
from bot.screen import Cover, PickupQr, Screen
from bot.settings import Settings
from bot.transport import AiohttpRequest, FloodWait, LeanBot
from catalogue.covers import cover_jpeg
from catalogue.qr import pickup_qr
from catalogue.thumbnails import square_thumbnail
from domain.errors import PassingFailure
from domain.ids import ChatId, UserId
from domain.ports.gateway import PaymentGateway
from domain.ports.identity import Mailer
from domain.ports.unit_of_work import UnitOfWork
from domain.shop import Shop
from identity.mail import NoMailer, SmtpMailer, SmtpSettings
from payments.card import CardGateway
from payments.telegram import TelegramInvoices


async def fetch_file(bot: telegram.Bot, file_id: str) -> bytes:
    """A file that somebody sent. Raises PassingFailure; Telegram gives out at most 20 MB (Bot API, getFile)."""
    try:
        return bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except telegram.error.TelegramError as error:
        raise PassingFailure(type(error).__name__) from error


async def show_progress(
    presenter: Presenter, chat_id: ChatId, message_id: int | None, screen: Screen
) -> int | None:
    """Show in one message how far something is: in that one, or in a new one if it is gone. Returns which it is; None if
    Telegram does not show it just now, which is no harm: it is only there to be looked at."""
    try:
        if message_id is not None and await presenter.edit(chat_id, message_id, screen):
            return message_id
        return await presenter.send(chat_id, screen)
    except telegram.error.TelegramError:
        return None


async def member_status(bot: telegram.Bot, chat_id: ChatId, user_id: UserId) -> str:
    """What somebody is in a group; empty if Telegram does not tell."""
    try:
        return str((await bot.get_chat_member(chat_id, user_id)).status)
    except telegram.error.TelegramError:
        return ""


def bot_of(
    settings: Settings, calls: AiohttpRequest, polls: AiohttpRequest, flooded: Callable[[float], None]
) -> LeanBot:
    """``flooded`` is told of each wait that Telegram asks for, in seconds."""
    return LeanBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
        rate_limiter=FloodWait(asked=flooded),
    )


def draw_cover(cover: Cover) -> bytes:
    return cover_jpeg(
        cover.title,
        cover.authors,
        key=str(cover.book_id),
        language=cover.language,
        subjects=cover.subjects,
    )


def covers_of(unit_of_work: UnitOfWork) -> Covers:
    return Covers(unit_of_work, draw_cover, square_thumbnail)


def pictures_of(bot: telegram.Bot, unit_of_work: UnitOfWork, shop: Shop) -> Pictures:
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
        # Stripe's library takes long to load, and most shops do without.
        from payments.stripe import StripeCheckout

        stripe = StripeCheckout(
            secret_key=key,
            webhook_secret=settings.stripe_webhook_secret.get_secret_value(),
            back_url=back_url,
            api_url=settings.stripe_api_url,
        )
        gateways.append(stripe)
    if settings.card_api_url:
        card = CardGateway(
            api_url=settings.card_api_url,
            key=settings.card_key.get_secret_value(),
            webhook_secret=settings.card_webhook_secret.get_secret_value(),
            back_url=back_url,
        )
        gateways.append(card)
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
