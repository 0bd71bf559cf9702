"""A small SMTP server for the mailbox (RFC 5321): it takes every mail and delivers none."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable

Deliver = Callable[[str, list[str], bytes], None]
"""Envelope sender, recipients, the mail's bytes."""

MAX_SIZE = 10 << 20
MAX_LINE = 4096
MAX_RECIPIENTS = 100
IDLE = 300.0
_PATH = re.compile(rb"(?:FROM|TO):\s*<([^<>]*)>(.*)", re.IGNORECASE | re.DOTALL)


class SmtpServer:
    """Listens on its own port. `deliver` is called once per accepted mail, before the sender hears 250."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        """OSError if the port is taken."""
        self._server = await asyncio.start_server(self._connected, host, port, limit=MAX_LINE)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for session in list(self._sessions):
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        try:
            await _Session(reader, writer, self._deliver).run()
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._sessions.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


class _Session:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, deliver: Deliver) -> None:
        self._reader = reader
        self._writer = writer
        self._deliver = deliver
        self._greeted = False
        self._sender: str | None = None
        self._to: list[str] = []

    async def run(self) -> None:
        await self._say(220, "sandbox ESMTP")
        while True:
            line = await self._line()
            if line is None:
                await self._say(500, "5.5.2 Line too long")
                continue
            if not line:
                return
            verb, _, rest = line.strip().partition(b" ")
            name = verb.upper().decode("ascii", "replace")
            if name == "QUIT":
                await self._say(221, "2.0.0 Bye")
                return
            handler = {
                "EHLO": self._ehlo, "HELO": self._helo, "MAIL": self._mail, "RCPT": self._rcpt, "DATA": self._data,
                "RSET": self._rset, "NOOP": self._noop, "VRFY": self._vrfy, "AUTH": self._auth,
            }.get(name)  # fmt: skip
            if handler is None:
                await self._say(500, "5.5.1 Command not recognised")
            else:
                await handler(rest.strip())

    async def _line(self) -> bytes | None:
        """A line with its end; empty at the end of the stream, None if it was too long (it is skipped)."""
        try:
            async with asyncio.timeout(IDLE):
                return await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return b""
        except asyncio.LimitOverrunError as error:
            await self._reader.readexactly(error.consumed)
            while b"\n" not in (chunk := await self._reader.read(1)):
                if not chunk:
                    return b""
            return None

    async def _say(self, code: int, *lines: str) -> None:
        for line in lines[:-1]:
            self._writer.write(f"{code}-{line}\r\n".encode())
        self._writer.write(f"{code} {lines[-1]}\r\n".encode())
        await self._writer.drain()

    def _reset(self) -> None:
        self._sender, self._to = None, []

    async def _ehlo(self, rest: bytes) -> None:
        self._reset()
        self._greeted = True
        await self._say(
            250,
            "sandbox",
            f"SIZE {MAX_SIZE}",
            "8BITMIME",
            "SMTPUTF8",
            "AUTH PLAIN LOGIN",
            "ENHANCEDSTATUSCODES",
        )

    async def _helo(self, rest: bytes) -> None:
        self._reset()
        self._greeted = True
        await self._say(250, "sandbox")

    async def _mail(self, rest: bytes) -> None:
        match = _PATH.fullmatch(rest)
        if not self._greeted or self._sender is not None:
            await self._say(503, "5.5.1 Bad sequence of commands")
        elif match is None:
            await self._say(501, "5.5.4 Syntax: MAIL FROM:<address>")
        elif (size := re.search(rb"\bSIZE=(\d+)", match[2], re.IGNORECASE)) and int(size[1]) > MAX_SIZE:
            await self._say(552, "5.3.4 Message too big")
        else:
            self._sender = match[1].decode("utf-8", "replace")
            await self._say(250, "2.1.0 OK")

    async def _rcpt(self, rest: bytes) -> None:
        match = _PATH.fullmatch(rest)
        if self._sender is None:
            await self._say(503, "5.5.1 Need MAIL first")
        elif match is None or not match[1]:
            await self._say(501, "5.5.4 Syntax: RCPT TO:<address>")
        elif len(self._to) >= MAX_RECIPIENTS:
            await self._say(452, "4.5.3 Too many recipients")
        else:
            self._to.append(match[1].decode("utf-8", "replace"))
            await self._say(250, "2.1.5 OK")

    async def _data(self, rest: bytes) -> None:
        if self._sender is None or not self._to:
            await self._say(503, "5.5.1 Need RCPT first")
            return
        await self._say(354, "End data with <CR><LF>.<CR><LF>")
        lines: list[bytes] = []
        size, too_big = 0, False
        while True:
            line = await self._data_line()
            if not line:
                return
            if line in (b".\r\n", b".\n"):
                break
            line = line[1:] if line.startswith(b".") else line
            size += len(line)
            too_big = too_big or size > MAX_SIZE
            if not too_big:
                lines.append(line)
        if too_big:
            await self._say(552, "5.3.4 Message too big")
        else:
            self._deliver(self._sender, self._to, b"".join(lines))
            await self._say(250, "2.0.0 Kept in the mailbox")
        self._reset()

    async def _data_line(self) -> bytes:
        """A line of the mail, however long; empty at the end of the stream."""
        pieces: list[bytes] = []
        while True:
            try:
                async with asyncio.timeout(IDLE):
                    pieces.append(await self._reader.readuntil(b"\n"))
                return b"".join(pieces)
            except asyncio.LimitOverrunError as error:
                pieces.append(await self._reader.readexactly(error.consumed))

    async def _rset(self, rest: bytes) -> None:
        self._reset()
        await self._say(250, "2.0.0 OK")

    async def _noop(self, rest: bytes) -> None:
        await self._say(250, "2.0.0 OK")

    async def _vrfy(self, rest: bytes) -> None:
        await self._say(252, "2.5.2 Cannot verify, but will take the mail")

    async def _auth(self, rest: bytes) -> None:
        """Any name and password will do."""
        kind, _, initial = rest.partition(b" ")
        if kind.upper() == b"PLAIN" and not initial:
            await self._say(334, "")
            await self._line()
        elif kind.upper() == b"LOGIN":
            if not initial:
                await self._say(334, "VXNlcm5hbWU6")
                await self._line()
            await self._say(334, "UGFzc3dvcmQ6")
            await self._line()
        await self._say(235, "2.7.0 Welcome")
