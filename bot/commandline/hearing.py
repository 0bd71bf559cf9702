"""What `doctor` says of paying online and of where the shop listens: for gateways' events, health and metrics."""

from __future__ import annotations

import aiohttp
from aiohttp import web

from bot.commandline.findings import Finding, Verdict
from bot.listening import listening
from bot.settings import PREFIX, Settings, SettingsError

_PATIENCE = aiohttp.ClientTimeout(total=8)
"""A shop that answers at all may wait so long for its database and for Telegram."""


def payments(settings: Settings) -> list[Finding]:
    """The ways to pay online that are set, and whether those that tell the shop something are heard."""
    stripe = bool(settings.stripe_secret_key.get_secret_value())
    ways = [
        way
        for way, there in (
            ("Telegram Payments", bool(settings.telegram_provider_token.get_secret_value())),
            ("Stripe", stripe),
            ("the sandbox's card gateway", bool(settings.card_api_url)),
        )
        if there
    ]
    if not ways:
        return [
            Finding(
                "payments",
                Verdict.NOTE,
                "only at the counter",
                f"to be paid in the chat: @BotFather, Payments; then {PREFIX}TELEGRAM_PROVIDER_TOKEN",
            )
        ]
    found = [
        Finding("payments", Verdict.GOOD, f"{' and '.join(ways)} {'is' if len(ways) == 1 else 'are'} set")
    ]
    if stripe:
        secret = settings.stripe_webhook_secret.get_secret_value()
        found += _heard(settings, "Stripe", "stripe", f"{PREFIX}STRIPE_WEBHOOK_SECRET", bool(secret))
    if settings.card_api_url:
        found += _heard(
            settings, "the card gateway", "sandbox_card", f"{PREFIX}CARD_WEBHOOK_SECRET", secret=True
        )
    return found


def _heard(settings: Settings, gateway: str, name: str, setting: str, secret: bool) -> list[Finding]:
    """A gateway that is not heard is asked every so often: its payments are seen, only later."""
    at = f"{settings.public or '<your public address>'}/gateway/{name}"
    if secret and not settings.listen:
        return [
            Finding(
                "events",
                Verdict.NOTE,
                f"{setting} is set, and nobody listens: {gateway} is only asked every so often, and payments show later",
                f"set {PREFIX}WEBHOOK_URL, or with long polling {PREFIX}WEBHOOK_LISTEN behind your web server; then give "
                f"{gateway} the address {at}",
            )
        ]
    if settings.listen and not secret:
        return [
            Finding(
                "events",
                Verdict.NOTE,
                f"{gateway} is only asked every so often, and payments show later",
                f"give it the address {at}, and set {setting}",
            )
        ]
    return [Finding("events", Verdict.GOOD, f"{gateway}'s are taken at {at}")] if secret else []


async def place(settings: Settings) -> list[Finding]:
    """Where the shop listens: it answers there, or could; nothing if it does not mean to listen."""
    at = settings.listen
    if not at:
        return []
    if at.endswith(":0"):
        return [
            Finding(
                "listening",
                Verdict.NOTE,
                "at another port with each start, where nobody finds it",
                f"name a port in {PREFIX}WEBHOOK_LISTEN, such as 127.0.0.1:8080",
            )
        ]
    try:
        return [await _answering(at)]
    except (TimeoutError, aiohttp.ClientConnectionError):
        return [await _free(at)]


async def _answering(at: str) -> Finding:
    """Raises if nothing answers there."""
    async with aiohttp.ClientSession(timeout=_PATIENCE) as http:
        async with http.get(f"http://{at}/metrics") as answer:
            ours = answer.status == 200 and "bookstall_up" in await answer.text(errors="replace")
        if not ours:
            return Finding(
                "listening",
                Verdict.BAD,
                f"another program answers at {at}",
                f"end it, or set another port in {PREFIX}WEBHOOK_LISTEN",
            )
        async with http.get(f"http://{at}/healthz") as answer:
            if answer.status == 200:
                return Finding("listening", Verdict.GOOD, f"the shop answers at {at}")
    return Finding(
        "listening", Verdict.BAD, f"the shop at {at} is not ready", "its log says what it cannot reach"
    )


async def _free(at: str) -> Finding:
    try:
        async with listening(web.Application(), at):
            pass
    except SettingsError as error:
        return Finding("listening", Verdict.BAD, str(error), f"set another address in {PREFIX}WEBHOOK_LISTEN")
    return Finding("listening", Verdict.GOOD, f"{at} is free for `python -m bot run`")
