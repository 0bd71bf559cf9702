"""The SMTP listener and the mailbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import pytest

from sandbox import smtp
from sandbox.client import SandboxClient, SandboxError
from sandbox.sandbox import Sandbox


class Line:
    """Speaks SMTP by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def hears(self) -> str:
        """The last line of the next reply."""
        async with asyncio.timeout(5):
            while True:
                line = (await self._reader.readline()).decode()
                if line[3:4] != "-":
                    return line.rstrip("\r\n")

    async def says(self, text: str) -> str:
        self._writer.write(text.encode() + b"\r\n")
        return await self.hears()

    async def sends(self, *texts: str) -> None:
        for text in texts:
            self._writer.write(text.encode() + b"\r\n")
        await self._writer.drain()


@pytest.fixture
async def line(sandbox: Sandbox) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", sandbox.smtp.port)
    opened = Line(reader, writer)
    assert (await opened.hears()).startswith("220 ")
    yield opened
    writer.close()
    await writer.wait_closed()


def mail(text: str = "Your code is 123456.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Corner Bookshop <shop@example.org>"
    message["To"] = "Änn <ann@example.org>"
    message["Subject"] = "Passwort zurücksetzen – jetzt"
    message.set_content(text)
    return message


async def test_a_mail_arrives_parsed(sandbox: Sandbox, telegram: SandboxClient) -> None:
    """docs/sandbox.md: id, at, from, to, subject, text, html, headers, attachments."""
    message = mail("Grüße\n.dotted line\n..two dots\n")
    message.add_alternative("<p>Grüße</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="receipt.pdf")
    await aiosmtplib.send(message, hostname="127.0.0.1", port=sandbox.smtp.port)
    (got,) = await telegram.mails("ANN@example.org", wait=5)
    assert got["subject"] == "Passwort zurücksetzen – jetzt"
    assert (got["from"], got["to"]) == ("shop@example.org", ["ann@example.org"])
    assert got["text"] == "Grüße\n.dotted line\n..two dots\n"
    assert got["html"].strip() == "<p>Grüße</p>"
    assert got["headers"]["To"] == "Änn <ann@example.org>"
    (attachment,) = got["attachments"]
    assert (attachment["name"], attachment["type"], attachment["size"]) == (
        "receipt.pdf",
        "application/pdf",
        4,
    )
    async with sandbox.http.get(sandbox.url + attachment["url"]) as response:
        assert await response.read() == b"%PDF"
    async with sandbox.http.get(f"{sandbox.url}/sandbox/mail/{got['id']}/raw") as response:
        assert (await response.read()).startswith(b"From: The Corner Bookshop")


async def test_the_box_is_read_by_address_and_emptied(sandbox: Sandbox, telegram: SandboxClient) -> None:
    """docs/sandbox.md: to, after, DELETE."""
    for to in ("ann@example.org", "tom@example.org", "ann@example.org"):
        sandbox.mailbox.receive("shop@example.org", [to], mail().as_bytes())
    assert [got["id"] for got in await telegram.mails("ann@example.org")] == [1, 3]
    assert [got["id"] for got in await telegram.mails(after=2)] == [3]
    await telegram.request("DELETE", "/mail")
    assert await telegram.mails() == []
    with pytest.raises(SandboxError, match="404"):
        await telegram.request("GET", "/mail/1")


async def test_a_mail_can_be_waited_for(sandbox: Sandbox, telegram: SandboxClient) -> None:
    """docs/sandbox.md: wait."""
    waiting = asyncio.create_task(telegram.mails("ann@example.org", wait=5))
    await asyncio.sleep(0.02)
    sandbox.mailbox.receive("shop@example.org", ["ann@example.org"], mail().as_bytes())
    assert len(await waiting) == 1


async def test_a_session_follows_the_standard(line: Line, telegram: SandboxClient) -> None:
    """RFC 5321 section 4.1: EHLO, MAIL, RCPT, DATA, RSET, NOOP, VRFY, QUIT, and 503 for a wrong order."""
    assert await line.says("MAIL FROM:<a@b.c>") == "503 5.5.1 Bad sequence of commands"
    assert (await line.says("EHLO here")).startswith("250 ")
    assert (await line.says("noop")).startswith("250 ")
    assert (await line.says("RCPT TO:<x@y.z>")).startswith("503 ")
    assert (await line.says("DATA")).startswith("503 ")
    assert (await line.says("MAIL TO:nobody")).startswith("501 ")
    assert (await line.says("MAIL FROM:<> BODY=8BITMIME")).startswith("250 ")
    assert (await line.says("MAIL FROM:<a@b.c>")).startswith("503 ")
    assert (await line.says("RCPT TO:<x@y.z>")).startswith("250 ")
    assert (await line.says("RSET")).startswith("250 ")
    assert (await line.says("DATA")).startswith("503 ")
    assert (await line.says("VRFY x")).startswith("252 ")
    assert (await line.says("TURN")).startswith("500 ")
    assert (await line.says("QUIT")).startswith("221 ")


async def test_dots_are_unstuffed_and_long_lines_kept(line: Line, telegram: SandboxClient) -> None:
    """RFC 5321 section 4.5.2: a leading dot is removed; the text may hold lines beyond the reader's own limit."""
    long = "x" * (3 * smtp.MAX_LINE)
    await line.says("HELO here")
    await line.says("MAIL FROM:<a@b.c>")
    await line.says("RCPT TO:<x@y.z>")
    assert (await line.says("DATA")).startswith("354 ")
    await line.sends("Subject: dots", "", "..", "..a", long)
    assert (await line.says(".")).startswith("250 ")
    (got,) = await telegram.mails("x@y.z")
    assert got["text"] == f".\n.a\n{long}\n"


async def test_a_mail_that_is_too_big_is_refused(
    line: Line, telegram: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RFC 1870: by the announced SIZE, and by what really comes."""
    monkeypatch.setattr(smtp, "MAX_SIZE", 100)
    await line.says("EHLO here")
    assert (await line.says("MAIL FROM:<a@b.c> SIZE=101")).startswith("552 ")
    await line.says("MAIL FROM:<a@b.c>")
    await line.says("RCPT TO:<x@y.z>")
    await line.says("DATA")
    await line.sends("x" * 200)
    assert (await line.says(".")).startswith("552 ")
    assert await telegram.mails() == []
    assert (await line.says("NOOP")).startswith("250 ")


async def test_a_command_that_is_too_long_is_refused(line: Line) -> None:
    """RFC 5321 section 4.5.3.1: "Line too long" is 500, and the session goes on."""
    assert (await line.says("NOOP " + "x" * (2 * smtp.MAX_LINE))).startswith("500 ")
    assert (await line.says("NOOP")).startswith("250 ")


async def test_any_login_will_do(sandbox: Sandbox, telegram: SandboxClient) -> None:
    """docs/sandbox.md: any AUTH is accepted."""
    await aiosmtplib.send(
        mail(),
        hostname="127.0.0.1",
        port=sandbox.smtp.port,
        username="shop",
        password="secret",
        start_tls=False,
    )
    assert len(await telegram.mails(wait=5)) == 1


async def test_a_sandbox_may_have_no_mailbox() -> None:
    """docs/sandbox.md: --smtp-port -1."""
    async with Sandbox.running(smtp_port=-1) as sandbox, SandboxClient(sandbox.url) as telegram:
        assert sandbox.smtp_address == ""
        assert (await telegram.request("GET", "/info"))["smtp"] is None
