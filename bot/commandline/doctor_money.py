"""What `doctor` says of money: keys that move none or are wrong, and what somebody has to look after."""

from __future__ import annotations

from bot.adapters import gateways_of
from bot.commandline.findings import Finding, Verdict
from bot.settings import PREFIX, Settings
from domain.ids import AttemptId
from domain.ports.gateway import Closing, Unknown
from domain.ports.unit_of_work import UnitOfWork

_ENOUGH = 100
_NOBODYS = "cs_doctor"
"""A Checkout Session that there is not: being told so needs a key that may look sessions up."""


async def money(unit_of_work: UnitOfWork) -> list[Finding]:
    """What is owed to customers, and payments of which nobody knows what became of them."""
    async with unit_of_work.reading() as look:
        owing = len(await look.payments.owing(_ENOUGH))
        doubts = len(await look.payments.in_doubt(_ENOUGH))
    found = []
    if owing:
        found.append(
            Finding(
                "money", Verdict.NOTE, f"has to go back for {_counted(owing, 'order')}", "python -m bot close"
            )
        )
    if doubts:
        found.append(
            Finding(
                "money", Verdict.NOTE, f"is in doubt for {_counted(doubts, 'payment')}", "python -m bot close"
            )
        )
    return found or [Finding("money", Verdict.GOOD, "nothing is owed, nothing in doubt")]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


async def keys(settings: Settings) -> list[Finding]:
    """The payment services' keys: those that move no real money, and one that Stripe does not take. Nothing for good ones."""
    found = []
    # As @BotFather writes them: 123456789:TEST:… and 123456789:LIVE:… (Bot API, Payments, Getting a token).
    if ":TEST:" in settings.telegram_provider_token.get_secret_value():
        found.append(
            _unreal(
                "Telegram's token is a test token", f"{PREFIX}TELEGRAM_PROVIDER_TOKEN: the provider's Live"
            )
        )
    if key := settings.stripe_secret_key.get_secret_value():
        why = await _asked(settings)
        if why != "resource_missing":
            found.append(
                Finding(
                    "keys",
                    Verdict.BAD,
                    f"Stripe does not answer this key: {why}",
                    f"check {PREFIX}STRIPE_SECRET_KEY; a restricted key has to write Checkout Sessions and refunds",
                )
            )
        elif key.startswith(("sk_test_", "rk_test_")):
            found.append(
                _unreal("Stripe's key is a test key", f"{PREFIX}STRIPE_SECRET_KEY: sk_live_… or rk_live_…")
            )
    if settings.card_api_url:
        found.append(_unreal("the card gateway is the sandbox's", f"{PREFIX}CARD_API_URL: empty"))
    return found


def _unreal(says: str, do: str) -> Finding:
    return Finding("keys", Verdict.NOTE, f"{says}: no real money", f"before customers come, {do}")


async def _asked(settings: Settings) -> str:
    """What Stripe says of a session that there is not: its code for that, if the key is good."""
    gateways = gateways_of(settings, settings.api_url)
    try:
        outcome = await gateways["stripe"].look_up(AttemptId("doctor"), _NOBODYS)
        return outcome.why if isinstance(outcome, Unknown) else "another answer than was asked for"
    finally:
        for gateway in gateways.values():
            if isinstance(gateway, Closing):
                await gateway.close()
