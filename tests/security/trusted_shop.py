"""A shop that is told many things in confidence: each secret is a text that nothing else has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import sqlalchemy as sa

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.databases import opened
from tests.payments.stripe_stand_in import KEY, WEBHOOK_SECRET, StripeStandIn

ADDRESS = "ann.the.reader@example.org"
SECRET = "shop-secret-that-is-nowhere-else-0123456789"
PROVIDER = "284685063:TEST:provider-nowhere-else"
MAIL_PASSWORD = "mail-password-nowhere-else"
FIRST, SECOND, THIRD = "plover quartz nimbus 1", "Übermut & zephyr <2>", "/quince saffron 3"
MISTYPED = ("mistyped wombat 4", "mistyped ocelot 5", "mistyped in a storm 6", "mistyped and broken 7")
MALFORMED = "malformed heron 8"


@dataclass
class TrustedShop:
    """Where it runs and what it was told in confidence."""

    database_url: str
    folder: Path
    sandbox: Sandbox
    telegram: SandboxClient
    stripe: StripeStandIn
    address: str
    codes: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    people: list[Person] = field(default_factory=list)

    def settings(self, **changes: object) -> dict[str, object]:
        host, _, port = self.sandbox.smtp_address.rpartition(":")
        return {
            "token": self.sandbox.token,
            "api_url": self.sandbox.url,
            "database": self.database_url,
            "secret": SECRET,
            "webhook_url": f"http://{self.address}",
            "webhook_listen": self.address,
            "telegram_provider_token": PROVIDER,
            "stripe_secret_key": KEY,
            "stripe_webhook_secret": WEBHOOK_SECRET,
            "stripe_api_url": self.stripe.url,
            "smtp_host": host,
            "smtp_port": port,
            "smtp_security": "none",
            "mail_from": "shop@corner.example",
            "log_level": "debug",
            "log_format": "json",
            **changes,
        }

    @property
    def log(self) -> Path:
        return self.folder / "shop.log"

    async def person(self, name: str) -> Person:
        person = await self.telegram.person(name)
        self.people.append(person)
        return person

    async def code(self, after: int) -> str:
        mails = await self.telegram.mails(ADDRESS, after=after, wait=8.0)
        found = re.search(r"\b(\d{6})\b", mails[-1]["text"])
        assert found is not None
        self.codes.append(found[1])
        return found[1]

    async def note_logins(self) -> None:
        async with opened(self.database_url) as database, database.reading() as connection:
            rows = await connection.execute(sa.text("SELECT token FROM dialogues WHERE token <> ''"))
            self.tokens |= set(rows.scalars())

    async def post(self, path: str, body: bytes, **headers: str) -> int:
        async with aiohttp.ClientSession(f"http://{self.address}") as http:
            return (await http.post(path, data=body, headers=headers)).status
