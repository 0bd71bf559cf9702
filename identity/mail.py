"""Mail by SMTP."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

import aiosmtplib

from domain.errors import PassingFailure
from domain.ports.identity import Mail, MailRefused

Security = Literal["starttls", "ssl", "none"]
_TIMEOUT = 20.0
_PERMANENT = 500
"""RFC 5321, 4.2.1: replies from here on are permanent refusals, those of 4xx pass."""


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """``security``: ``starttls`` (usually port 587), ``ssl`` (465) or ``none`` (a relay on this machine).

    ``sender`` is the address that mails come from, ``sender_name`` what people see of it.
    """

    host: str
    port: int
    security: Security
    sender: str
    sender_name: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = _TIMEOUT


class NoMailer:
    """No mail server is set: the shop does without."""

    configured = False

    async def send(self, mail: Mail, message_id: str) -> None:
        raise MailRefused("no mail server is set")


class SmtpMailer:
    """One connection a mail: the outbox retries, and a shop sends few."""

    configured = True

    def __init__(self, settings: SmtpSettings, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls = tls

    async def send(self, mail: Mail, message_id: str) -> None:
        try:
            recipient = _ascii_domain(mail.to)
            message = self._message(mail, recipient, message_id)
        except (ValueError, MessageError) as error:
            raise MailRefused(f"not an address that mail can be sent to ({type(error).__name__})") from error
        client = self._client()
        try:
            async with client:
                await client.send_message(
                    message, sender=_ascii_domain(self._settings.sender), recipients=[recipient]
                )
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _translated(error.recipients[0]) from error
        except aiosmtplib.SMTPNotSupported as error:
            raise MailRefused("the mail server does not take this kind of address") from error
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
            # Our own settings are wrong: no reason to drop people's mails. They wait until it is mended.
            raise PassingFailure(
                f"the mail server refused our login or our address ({error.code})"
            ) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _translated(error) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise PassingFailure(f"mail: {type(error).__name__}") from error

    async def check(self) -> str | None:
        """Connect and log in, sending nothing. None if all is well, else what is wrong and what to do, for the owner."""
        at = f"{self._settings.host}:{self._settings.port}"
        try:
            async with self._client() as client:
                await client.noop()
        except aiosmtplib.SMTPAuthenticationError as error:
            return f"The mail server {at} refused the user name or the password ({error.code}): check both."
        except aiosmtplib.SMTPTimeoutError:
            return f"The mail server {at} did not answer within {self._settings.timeout:g} s: check host and port."
        except (aiosmtplib.SMTPConnectError, OSError) as error:
            if isinstance(error.__cause__ or error, ssl.SSLError):
                return f"The mail server {at} does not speak TLS here, or its certificate is not good: check port and security."
            return f"The mail server {at} cannot be reached: check host, port and security."
        except aiosmtplib.SMTPException as error:
            return f"The mail server {at} does not do what is set ({type(error).__name__}): check security and user."
        return None

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "ssl",
            start_tls=settings.security == "starttls",
            username=settings.username or None,
            password=settings.password or None,
            timeout=settings.timeout,
            tls_context=self._tls,
        )

    def _message(self, mail: Mail, recipient: str, message_id: str) -> EmailMessage:
        sender = _ascii_domain(self._settings.sender)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(display_name=self._settings.sender_name, addr_spec=sender)
        message["To"] = Address(addr_spec=recipient)
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
        message.set_content(mail.text)
        return message


def _ascii_domain(address: str) -> str:
    """The address with its domain as the mail system knows it (RFC 3490). ValueError if there is none such."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _translated(error: aiosmtplib.SMTPResponseException) -> PassingFailure | MailRefused:
    # The server's words may quote the mail; only its code is passed on.
    if error.code >= _PERMANENT:
        return MailRefused(f"the mail server refused it for good ({error.code})")
    return PassingFailure(f"the mail server put it off ({error.code})")
