"""The mailbox: mails that were sent to anybody, parsed and kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from sandbox.errors import PersonError
from sandbox.model import Json
from sandbox.world import World


@dataclass
class Mail:
    id: int
    at: float
    sender: str
    to: list[str]
    """The envelope's recipients."""
    subject: str
    text: str
    html: str | None
    headers: dict[str, str]
    attachments: list[Json]
    raw: str = field(repr=False)
    """The source, as Latin-1 so that every byte is one character."""

    def view(self) -> Json:
        shown = {key: value for key, value in vars(self).items() if key not in ("raw", "sender")}
        shown["from"] = self.sender
        shown["attachments"] = [
            {**one, "url": f"/sandbox/mail/{self.id}/attachments/{number}"}
            for number, one in enumerate(self.attachments)
        ]
        return shown


class Mailbox:
    """All mails, oldest first; kept with the state."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.mails: dict[int, Mail] = {}
        self._arrived = asyncio.Event()
        rows = sorted((row for _, row in world.store.load("mail")), key=lambda row: int(row["id"]))
        for row in rows:
            self.mails[row["id"]] = Mail(**row)

    def receive(self, sender: str, to: list[str], raw: bytes) -> None:
        """Takes in a mail from the SMTP side."""
        parsed = parse(raw)
        body = parsed.get_body(("plain",))
        rich = parsed.get_body(("html",))
        mail = Mail(
            self._world.next_number("mail"),
            self._world.clock.now(),
            sender,
            to,
            str(parsed.get("Subject", "")),
            _content(body),
            _content(rich) if rich is not None else None,
            {key: str(value) for key, value in parsed.items()},
            [_attachment(part) for part in parsed.iter_attachments()],
            raw.decode("latin-1"),
        )
        self.mails[mail.id] = mail
        self._world.store.put("mail", str(mail.id), mail)
        self._world.store.flush()
        self._world.events.tell("mail", {"mail": mail.view()})
        arrived, self._arrived = self._arrived, asyncio.Event()
        arrived.set()

    def find(self, mail_id: int) -> Mail:
        try:
            return self.mails[mail_id]
        except KeyError:
            raise PersonError(404, "there is no such mail") from None

    def matching(self, to: str, after: int) -> list[Json]:
        """The mails to that address (any if empty) that are newer than that one."""
        return [
            mail.view()
            for mail in self.mails.values()
            if mail.id > after and (not to or to.lower() in (one.lower() for one in mail.to))
        ]

    async def wait(self, seconds: float) -> bool:
        """Waits for the next mail; False when none came in time."""
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return False
        return True

    def clear(self) -> None:
        for mail_id in self.mails:
            self._world.store.drop("mail", str(mail_id))
        self.mails.clear()


def parse(raw: bytes) -> EmailMessage:
    """The mail's parts."""
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def attachment_bytes(mail: Mail, number: int) -> tuple[str, bytes]:
    """The content type and the bytes of an attachment; PersonError 404 without it."""
    parts = list(parse(mail.raw.encode("latin-1")).iter_attachments())
    if not 0 <= number < len(parts):
        raise PersonError(404, "there is no such attachment")
    data = parts[number].get_payload(decode=True)
    return parts[number].get_content_type(), data if isinstance(data, bytes) else b""


def _content(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    content = part.get_content()
    return content.replace("\r\n", "\n") if isinstance(content, str) else ""


def _attachment(part: EmailMessage) -> Json:
    data = part.get_payload(decode=True)
    size = len(data) if isinstance(data, bytes) else 0
    return {"name": part.get_filename() or "", "type": part.get_content_type(), "size": size}
