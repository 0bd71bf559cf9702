"""The environment, validated at the start. `.env.example` has every setting with a sentence (a test holds both together)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.database_file import unusable
from domain.cancelling import CancelTerms, CancelUntil
from domain.hours import OpeningHours
from domain.money import Money
from domain.shop import Shop
from domain.tax import TaxRate

PREFIX = "BOOKSTALL_"
_MOST_FEE = 1_000_000
"""In minor units. More than this is a slip of the hand."""


class SettingsError(Exception):
    """One line a setting: its name and what is wrong with it. Never a value: it may be a secret."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
    )

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    database: str = "sqlite+aiosqlite:///var/bookstall.db"
    secret: SecretStr = SecretStr("")

    webhook_url: str = ""
    public_url: str = ""
    webhook_listen: str = ""

    shop_name: str = "Bookstall"
    shop_address: str = ""
    shop_hours: str = "Mo-Fr 09:00-18:30; Sa 10:00-16:00"
    shop_closed_days: Annotated[tuple[date, ...], NoDecode] = ()
    shop_timezone: str = "Europe/Berlin"
    shop_currency: str = "EUR"
    shop_email: str = ""
    shop_phone: str = ""
    shop_telegram: str = ""
    shop_owner: str = ""
    shop_tax_percent: str = ""
    shop_tax_name: str = ""
    shop_tax_id: str = ""
    shop_tax_note: str = ""
    languages: Annotated[tuple[str, ...], NoDecode] = ("en", "de")

    pickup_days: Annotated[int, Field(ge=1, le=60)] = 3
    # A page of Stripe's lives for 24 hours at most, and has to outlive the hold: `payments.stripe`.
    payment_minutes: Annotated[int, Field(ge=5, le=23 * 60)] = 15
    remind_staff_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    max_open_orders: Annotated[int, Field(ge=1, le=1000)] = 10
    login_days: Annotated[int, Field(ge=1, le=365)] = 30
    cancel_paid_until: CancelUntil = CancelUntil.READY
    cancel_keeps_percent: Annotated[int, Field(ge=0, le=100)] = 0
    cancel_keeps_fee: str = "0"
    cancel_free_hours: Annotated[int, Field(ge=0, le=24 * 365)] = 0

    telegram_provider_token: SecretStr = SecretStr("")
    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_api_url: str = "https://api.stripe.com"
    card_api_url: str = ""
    card_key: SecretStr = SecretStr("")
    card_webhook_secret: SecretStr = SecretStr("")

    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "ssl", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = ""

    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("shop_closed_days", "languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("shop_timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no such time zone (like: Europe/Berlin)") from None
        return value

    @field_validator("shop_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        OpeningHours.parse(value, ZoneInfo("UTC"))
        return value

    @field_validator("shop_tax_percent")
    @classmethod
    def _tax_percent(cls, value: str) -> str:
        if value.strip():
            TaxRate.parse(value)
        return value.strip()

    @field_validator("shop_currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        if len(value) != 3 or not (value.isascii() and value.isupper()):
            raise ValueError("three capital letters (ISO 4217), like EUR")
        return value

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        number, colon, rest = text.partition(":")
        if text and not (number.isdigit() and colon and len(rest) >= 20):
            raise ValueError("not a bot's token: it looks like 123456789:AA…, from @BotFather")
        return value

    @field_validator("secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError(
                "at least 32 characters (make one: python -c 'import secrets; print(secrets.token_hex(32))')"
            )
        return value

    @field_validator("database")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("starts with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("shop_tax_note")
    @classmethod
    def _tax_note(cls, value: str) -> str:
        _tax_notes(value)
        return value

    @field_validator("api_url", "webhook_url", "public_url", "stripe_api_url", "card_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValueError("an address that starts with https://")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.smtp_host and not self.mail_from:
            raise ValueError(f"{PREFIX}MAIL_FROM: needed when {PREFIX}SMTP_HOST is set")
        if self.card_api_url and not (
            self.card_key.get_secret_value() and self.card_webhook_secret.get_secret_value()
        ):
            raise ValueError(
                f"{PREFIX}CARD_KEY and {PREFIX}CARD_WEBHOOK_SECRET: needed with {PREFIX}CARD_API_URL"
            )
        host, colon, port = self.webhook_listen.rpartition(":")
        if self.webhook_listen and not (host and colon and port.isdigit() and int(port) < 65536):
            raise ValueError(f"{PREFIX}WEBHOOK_LISTEN: an address and a port, like 127.0.0.1:8080")
        try:
            fee = Money.parse(self.cancel_keeps_fee, self.shop_currency)
        except ValueError as wrong:
            raise ValueError(f"{PREFIX}CANCEL_KEEPS_FEE: {wrong}, like 2.50") from None
        if not 0 <= fee.minor < _MOST_FEE:
            raise ValueError(f"{PREFIX}CANCEL_KEEPS_FEE: from 0 to what an order may cost")
        if not self.languages:
            raise ValueError(f"{PREFIX}LANGUAGES: at least one")
        return self

    @property
    def listen(self) -> str:
        """Where to listen, ``host:port``; empty: nowhere, as nobody has anything to tell."""
        return self.webhook_listen or ("127.0.0.1:8080" if self.public else "")

    @property
    def public(self) -> str:
        """The address under which the world reaches what listens, without a slash at its end; empty: none that we know of."""
        return self.public_url or self.webhook_url

    def shop(self) -> Shop:
        zone = ZoneInfo(self.shop_timezone)
        return Shop(
            name=self.shop_name,
            address=self.shop_address,
            hours=OpeningHours.parse(self.shop_hours, zone, frozenset(self.shop_closed_days)),
            currency=self.shop_currency,
            contact_email=self.shop_email,
            contact_phone=self.shop_phone,
            contact_telegram=self.shop_telegram.lstrip("@"),
            owner=self.shop_owner or self.shop_name,
            tax=TaxRate.parse(self.shop_tax_percent) if self.shop_tax_percent else None,
            tax_name=self.shop_tax_name,
            tax_id=self.shop_tax_id,
            tax_note=_tax_notes(self.shop_tax_note).get("", ""),
            tax_notes=_tax_notes(self.shop_tax_note),
            languages=self.languages,
            default_language=self.languages[0],
            payment_hold=timedelta(minutes=self.payment_minutes),
            pickup_days=self.pickup_days,
            remind_staff_after=timedelta(minutes=self.remind_staff_minutes),
            max_open_orders=self.max_open_orders,
            login_lifetime=timedelta(days=self.login_days),
            cancel_terms=CancelTerms(
                until=self.cancel_paid_until,
                percent=self.cancel_keeps_percent,
                fee=Money.parse(self.cancel_keeps_fee, self.shop_currency).minor,
                free_hours=self.cancel_free_hours,
            ),
        )


def _tax_notes(text: str) -> dict[str, str]:
    """``Prices include VAT. | de: Die Preise enthalten die MwSt.``: by language, the first (``""``) for all others."""
    first, *others = (part.strip() for part in text.split("|"))
    notes = {"": first} if first else {}
    for part in others:
        code, colon, note = part.partition(":")
        if not (colon and note.strip() and re.fullmatch("[a-z]{2}", code.strip())):
            raise ValueError(
                "after each | a language, a colon and the note: Prices include VAT. | de: inkl. MwSt."
            )
        notes[code.strip()] = note.strip()
    return notes


def load(**overrides: object) -> Settings:
    """The settings from the environment and `.env`. Raises SettingsError with one clear line for each that is wrong."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # names are checked by pydantic
    except ValidationError as error:
        raise SettingsError("\n".join(_line(item) for item in error.errors(include_input=False))) from None
    except PermissionError as error:
        raise SettingsError(
            f"{error.filename} may not be read by you: run this as the shop's own user"
        ) from None
    if why := unusable(settings.database):
        raise SettingsError(f"{PREFIX}DATABASE: {why}")
    return settings


def given(**values: Any) -> Settings:
    """Settings from these values and the defaults alone, whatever this machine's environment says: for the demo and tests."""
    return Settings(_env_file=None, _env_prefix="NOBODY_SETS_THIS_", **values)  # type: ignore[call-arg]  # pydantic-settings' own


def _line(item: object) -> str:
    if not isinstance(item, dict):
        return "a setting is wrong"
    message = str(item["msg"]).removeprefix("Value error, ")
    name = "_".join(str(part) for part in item["loc"][:1]).upper()
    return f"{PREFIX}{name}: {message}" if name else message
