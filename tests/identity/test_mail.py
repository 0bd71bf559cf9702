import asyncio
import email
import email.policy
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

from domain.errors import PassingFailure
from domain.ports.identity import Mail, MailRefused
from identity.mail import NoMailer, Security, SmtpMailer, SmtpSettings

PEM = Path(__file__).parent / "localhost.pem"
"""A certificate for localhost that nobody else trusts, good until 2126, made for these tests."""

HELLO = Mail("ann@example.org", "123456 ist Ihr Code", "Grüße aus dem Laden,\nIhr Code ist 123456.\n")


class Postbox:
    """A mail server's memory; ``answers`` are what it says to RCPT and DATA instead of 250."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "rcpt" in self.answers:
            return self.answers["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "mail" in self.answers:
            return self.answers["mail"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if "data" in self.answers:
            return self.answers["data"]
        self.envelopes.append(envelope)
        return "250 OK"

    def mails(self) -> list[EmailMessage]:
        contents = [envelope.content for envelope in self.envelopes]
        return [
            email.message_from_bytes(content, policy=email.policy.default)
            for content in contents
            if isinstance(content, bytes)
        ]


class Line(SMTP):
    """A connection that says when it has ended, so that no test leaves one open."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.ended = asyncio.Event()
        self.ended.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.ended.clear()

    def hang_up(self) -> None:
        if self.transport is not None:
            transport = self._original_transport or self.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.ended.set()


def server_tls() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(PEM)
    return context


def trusting_tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(PEM))


@asynccontextmanager
async def postbox(
    box: Postbox, *, security: Security = "none", login: tuple[str, str] | None = None, tls: bool = True
) -> AsyncIterator[SmtpSettings]:
    """A real mail server on a free port; yields the settings that fit it."""

    def accepts(server: Any, session: Any, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    lines: list[Line] = []

    def protocol() -> Line:
        line = Line(
            box,
            hostname="localhost",
            enable_SMTPUTF8=False,
            tls_context=server_tls() if security == "starttls" and tls else None,
            require_starttls=security == "starttls" and tls,
            authenticator=accepts if login else None,
            auth_required=bool(login),
            auth_require_tls=security == "starttls",
        )
        lines.append(line)
        return line

    context = server_tls() if security == "ssl" else None
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield SmtpSettings("localhost", port, security, "shop@example.com", "The Corner Bookshop", timeout=5)
    finally:
        server.close()
        await server.wait_closed()
        for line in lines:
            line.hang_up()
            await asyncio.wait_for(line.ended.wait(), 5)


async def test_a_mail_arrives_as_it_was_written() -> None:
    box = Postbox()
    async with postbox(box) as settings:
        await SmtpMailer(settings).send(HELLO, "7.1")
    assert box.envelopes[0].rcpt_tos == ["ann@example.org"]
    assert box.envelopes[0].mail_from == "shop@example.com"
    (mail,) = box.mails()
    assert mail["To"] == "ann@example.org"
    assert mail["From"] == "The Corner Bookshop <shop@example.com>"
    assert mail["Subject"] == "123456 ist Ihr Code"
    assert mail.get_content().splitlines() == HELLO.text.splitlines()


async def test_a_repeated_mail_is_recognisable() -> None:
    box = Postbox()
    async with postbox(box) as settings:
        mailer = SmtpMailer(settings)
        await mailer.send(HELLO, "7.1")
        await mailer.send(HELLO, "7.1")
    assert [mail["Message-ID"] for mail in box.mails()] == ["<7.1@example.com>"] * 2


@pytest.mark.parametrize("security", ["starttls", "ssl"])
async def test_mail_goes_encrypted_when_it_shall(security: Security) -> None:
    box = Postbox()
    async with postbox(box, security=security) as settings:
        mailer = SmtpMailer(settings, trusting_tls())
        assert await mailer.check() is None
        await mailer.send(HELLO, "7.1")
    assert len(box.envelopes) == 1


@pytest.mark.parametrize("security", ["starttls", "ssl"])
async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(security: Security) -> None:
    box = Postbox()
    async with postbox(box, security=security) as settings:
        mailer = SmtpMailer(settings)
        with pytest.raises(PassingFailure):
            await mailer.send(HELLO, "7.1")
        assert "certificate" in str(await mailer.check())
    assert box.envelopes == []


async def test_without_starttls_on_the_server_nothing_is_sent_in_clear() -> None:
    box = Postbox()
    async with postbox(box, security="starttls", tls=False) as settings:
        mailer = SmtpMailer(settings, trusting_tls())
        with pytest.raises(PassingFailure):
            await mailer.send(HELLO, "7.1")
        assert "security" in str(await mailer.check())
    assert box.envelopes == []


async def test_it_logs_in_when_a_user_is_set() -> None:
    box = Postbox()
    async with postbox(box, security="starttls", login=("shop", "s3cret")) as settings:
        good = replace(settings, username="shop", password="s3cret")
        await SmtpMailer(good, trusting_tls()).send(HELLO, "7.1")
        assert await SmtpMailer(good, trusting_tls()).check() is None

        wrong = SmtpMailer(replace(settings, username="shop", password="wr0ng"), trusting_tls())
        with pytest.raises(PassingFailure):
            await wrong.send(HELLO, "7.1")
        assert "user name or the password" in str(await wrong.check())
    assert len(box.envelopes) == 1


@pytest.mark.parametrize(
    "answers",
    [{"rcpt": "550 5.1.1 no such mailbox"}, {"data": "554 5.6.0 we do not like it"}],
)
async def test_a_refusal_for_good_is_told_from_one_that_passes(answers: dict[str, str]) -> None:
    async with postbox(Postbox(**answers)) as settings:
        with pytest.raises(MailRefused) as refused:
            await SmtpMailer(settings).send(HELLO, "7.1")
    assert "ann@" not in str(refused.value)


@pytest.mark.parametrize(
    "answers",
    [
        {"rcpt": "450 4.2.0 greylisted, come back later"},
        {"data": "451 4.3.0 disk full"},
        {"mail": "421 4.3.2 closing"},
        {"mail": "530 5.7.0 log in first"},
    ],
)
async def test_what_may_pass_is_tried_again(answers: dict[str, str]) -> None:
    async with postbox(Postbox(**answers)) as settings:
        with pytest.raises(PassingFailure):
            await SmtpMailer(settings).send(HELLO, "7.1")


async def test_a_server_that_is_away_is_a_passing_failure_and_said_clearly() -> None:
    async with postbox(Postbox()) as settings:
        pass
    mailer = SmtpMailer(settings)
    with pytest.raises(PassingFailure):
        await mailer.send(HELLO, "7.1")
    assert "cannot be reached" in str(await mailer.check())


async def test_a_domain_with_an_umlaut_goes_in_its_ascii_form() -> None:
    box = Postbox()
    async with postbox(box) as settings:
        await SmtpMailer(settings).send(Mail("ann@bücher.example", "Hallo", "Text"), "7.1")
    assert box.envelopes[0].rcpt_tos == ["ann@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    "address", ["änne@example.org", "ann@" + "x" * 64 + ".org", "ann@.org", "a\nb@example.org"]
)
async def test_an_address_that_this_server_cannot_mail_to_is_refused(address: str) -> None:
    box = Postbox()
    async with postbox(box) as settings:
        with pytest.raises(MailRefused):
            await SmtpMailer(settings).send(Mail(address, "Hallo", "Text"), "7.1")
    assert box.envelopes == []


async def test_a_line_break_in_a_subject_makes_no_header() -> None:
    box = Postbox()
    async with postbox(box) as settings:
        with pytest.raises(MailRefused):
            await SmtpMailer(settings).send(Mail("ann@example.org", "Hi\nBcc: all@example.org", "x"), "7.1")
    assert box.envelopes == []


def test_the_password_is_in_no_repr() -> None:
    assert "s3cret" not in repr(SmtpSettings("h", 25, "none", "a@b.example", password="s3cret"))


async def test_without_a_mail_server_nothing_is_configured_and_nothing_sent() -> None:
    assert not NoMailer().configured
    with pytest.raises(MailRefused):
        await NoMailer().send(HELLO, "7.1")
