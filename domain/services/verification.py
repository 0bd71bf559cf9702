"""Showing that an address is one's own: a code by mail, typed into the chat.

The code itself is stored nowhere, not even in the mail that waits in the outbox. There a random word (the nonce) waits, and
the code follows from it only with the shop's secret, so it is made at the moment of sending; a second try to send makes the
same code again, so that a mail which did arrive stays good. Beside it stands the code's keyed hash, to be typed against.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from domain.customer import normalise_email
from domain.ids import ChatId
from domain.ports.clock import Clock, Ids
from domain.ports.customers import MailedCode
from domain.ports.identity import CodeHasher
from domain.ports.outbox import Message, mail_lane
from domain.ports.unit_of_work import Look, Work
from domain.services.attempts import latest_opening, mails_from_chat, mails_in_a_row, mails_to
from domain.shop import Shop

DIGITS = 6
MAX_TRIES = 5


class Purpose(StrEnum):
    REGISTER = "register"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Sent:
    """As far as the chat is told: a mail is on its way."""


@dataclass(frozen=True, slots=True)
class TooSoon:
    """One was sent to this address a moment ago."""

    again_at: datetime


@dataclass(frozen=True, slots=True)
class TooManyMails:
    again_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody in this chat read a code sent to this address, to be shown at the next step. Not the code."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoCode:
    """What was typed is not six digits; it is not counted."""


@dataclass(frozen=True, slots=True)
class WrongCode:
    tries_left: int


@dataclass(frozen=True, slots=True)
class CodeSpent:
    """There is no code to type any more: too old, too many tries, or a newer one was asked for elsewhere."""


class Verification:
    def __init__(self, *, codes: CodeHasher, clock: Clock, ids: Ids, shop: Shop) -> None:
        self._codes = codes
        self._clock = clock
        self._ids = ids
        self._shop = shop

    async def send(
        self,
        work: Work,
        purpose: Purpose,
        email: str,
        chat_id: ChatId,
        *,
        language: str,
        kind: str | None,
        genuine: bool,
    ) -> Sent | TooSoon | TooManyMails:
        """Have a mail of this ``kind`` sent (None: none), within the limits.

        Unless ``genuine``, a code that nobody can know is kept: whether the address is known shows neither in what the
        chat says, nor in how tries and limits are counted.
        """
        now, address = self._clock.now(), normalise_email(email)
        in_a_row = mails_in_a_row(purpose.value, address)
        counted = (in_a_row, mails_to(address), mails_from_chat(chat_id))
        await work.limits.locked(*(limit.key for limit in counted))
        busy = await latest_opening(work.limits, now, mails_to(address), mails_from_chat(chat_id))
        if busy is not None:
            return TooManyMails(busy)
        soon = await in_a_row.closed_until(work.limits, now)
        if soon is not None:
            return TooSoon(soon)
        for limit in counted:
            await work.limits.hit(limit.key, now)
        nonce = self._ids.token()
        code = self._derived(purpose, address, nonce) if genuine else self._ids.token()
        await work.codes.put(
            MailedCode(
                email=address,
                purpose=purpose.value,
                code_hash=self._codes.hash(purpose.value, address, code),
                chat_id=chat_id,
                expires_at=now + self._shop.code_lifetime,
            )
        )
        if kind is not None:
            data: dict[str, str | int | bool | None] = {"email": email.strip(), "language": language}
            if genuine:
                data |= {"purpose": purpose.value, "nonce": nonce}
            await work.outbox.put(Message(f"mail:{nonce}", mail_lane(address), kind, data), now)
        return Sent()

    async def code_to_mail(self, look: Look, purpose: str, email: str, nonce: str) -> str | None:
        """The code that a waiting mail stands for; None if it is of no use any more."""
        address = normalise_email(email)
        kept = await look.codes.get(address, purpose)
        code = self._derived(purpose, address, nonce)
        if kept is None or kept.expires_at <= self._clock.now():
            return None
        if not hmac.compare_digest(kept.code_hash, self._codes.hash(purpose, address, code)):
            return None
        return code

    async def check(
        self, work: Work, purpose: Purpose, email: str, chat_id: ChatId, typed: str, *, bound_to: str = ""
    ) -> Proof | NoCode | WrongCode | CodeSpent:
        """Hold what was typed against the code, counting the try. ``bound_to``: what must still be so when the proof is used."""
        code, address, now = _digits(typed), normalise_email(email), self._clock.now()
        if code is None:
            return NoCode()
        kept = await work.codes.get(address, purpose.value)
        if kept is None or kept.chat_id != chat_id or kept.expires_at <= now or kept.tries >= MAX_TRIES:
            return CodeSpent()
        tries = await work.codes.count_try(address, purpose.value)
        if tries > MAX_TRIES:
            return CodeSpent()
        if not hmac.compare_digest(kept.code_hash, self._codes.hash(purpose.value, address, code)):
            return WrongCode(MAX_TRIES - tries) if tries < MAX_TRIES else CodeSpent()
        await work.codes.remove(address, purpose.value)
        return self.proof(purpose.value, address, chat_id, bound_to)

    def proof(self, purpose: str, email: str, chat_id: ChatId, bound_to: str = "") -> Proof:
        """Keyed with the shop's secret: a hand in the database cannot write one."""
        until = int((self._clock.now() + self._shop.code_lifetime).timestamp())
        return Proof(f"{until}.{self._seal(purpose, email, chat_id, until, bound_to)}")

    def proven(self, proof: str, purpose: str, email: str, chat_id: ChatId, bound_to: str = "") -> bool:
        until, _, seal = proof.partition(".")
        if not (until.isascii() and until.isdigit() and len(until) < 12):
            return False
        if self._clock.now() >= datetime.fromtimestamp(int(until), UTC):
            return False
        expected = self._seal(purpose, email, chat_id, int(until), bound_to)
        return hmac.compare_digest(seal.encode(), expected.encode())

    def _derived(self, purpose: str, address: str, nonce: str) -> str:
        return self._codes.derive(purpose, address, nonce, DIGITS)

    def _seal(self, purpose: str, email: str, chat_id: ChatId, until: int, bound_to: str) -> str:
        address = normalise_email(email)
        return self._codes.hash(f"proof:{purpose}", address, f"{chat_id} {until} {bound_to}")


def _digits(typed: str) -> str | None:
    """The six digits, however they are spaced and in whatever script's digits they are typed."""
    signs = [sign for sign in typed if not sign.isspace() and sign not in "-‐‑–."]
    values = [unicodedata.digit(sign, -1) for sign in signs[: DIGITS + 1]]
    return "".join(map(str, values)) if len(values) == DIGITS and -1 not in values else None
