"""Telegram's part in a measurement: a Bot API server that does as little as it can, so that the bot is what is measured.

It gives out updates by getUpdates (long polling, offsets as in the Bot API), counts every call and answers it as Telegram
would: a message that was sent or edited comes back whole, with its text, entities and keyboard. Nothing is checked (that is
the sandbox's work), nothing leaves the machine, and it is no faster or slower for one bot than for another.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qsl

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PART = re.compile(rb'name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([^\r]*)\r\n')
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_ENTITIES = {"b": "bold", "i": "italic", "code": "code", "u": "underline", "s": "strikethrough"}
_MESSAGES = frozenset(
    {"sendmessage", "sendphoto", "editmessagetext", "editmessagecaption", "editmessagemedia"}
    | {"editmessagereplymarkup"}
)
_AT_MOST = 100
"""Updates that one getUpdates brings (Bot API, getUpdates.limit)."""

Listener = Callable[[str, int, dict[str, Any]], None]
"""``(method, chat, message)``: the bot put this message on somebody's screen."""


class Account:
    """One bot's updates and calls. ``listener`` hears of every message that it sends or edits."""

    def __init__(self, number: int, username: str) -> None:
        self.number = number
        self.token = f"{number}:{'A' * 30}"
        self.me = {"id": number, "is_bot": True, "first_name": username, "username": username}
        self.calls: Counter[str] = Counter()
        self.polls = 0
        self.polled = asyncio.Event()
        self.listener: Listener = _nobody
        self.pending: deque[tuple[int, bytes]] = deque()
        self._next_update = 1
        self._next_message = 1_000
        self._waiting: tuple[_Connection, int, asyncio.TimerHandle] | None = None
        self._flushing = False

    def next_message(self) -> int:
        self._next_message += 1
        return self._next_message

    def push(self, update: dict[str, Any]) -> None:
        """Something happened: the bot hears of it with its next getUpdates, or now if it is waiting."""
        number, self._next_update = self._next_update, self._next_update + 1
        update["update_id"] = number
        self.pending.append((number, json.dumps(update, ensure_ascii=False).encode()))
        if self._waiting is not None and not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def poll(self, connection: _Connection, offset: int, limit: int, seconds: int) -> None:
        self.polls += 1
        self.polled.set()
        while self.pending and self.pending[0][0] < offset:
            self.pending.popleft()
        self._let_go()
        if self.pending or not seconds:
            self._give(connection, limit)
        else:
            timer = asyncio.get_running_loop().call_later(seconds, self._flush)
            self._waiting = connection, limit, timer

    def lost(self, connection: _Connection) -> None:
        if self._waiting is not None and self._waiting[0] is connection:
            self._waiting[2].cancel()
            self._waiting = None

    def _let_go(self) -> None:
        """A newer getUpdates ends the one before."""
        if self._waiting is not None:
            self._flush()

    def _flush(self) -> None:
        self._flushing = False
        if self._waiting is None:
            return
        (connection, limit, timer), self._waiting = self._waiting, None
        timer.cancel()
        self._give(connection, limit)

    def _give(self, connection: _Connection, limit: int) -> None:
        count = min(len(self.pending), limit, _AT_MOST)
        connection.reply(b"[" + b",".join(self.pending[place][1] for place in range(count)) + b"]")


class LoadServer:
    """The server for some accounts. ``async with LoadServer(accounts) as url``."""

    def __init__(self, *accounts: Account) -> None:
        self.accounts = {f"/bot{account.token}": account for account in accounts}
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> str:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=512)
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def __aexit__(self, *exc_info: object) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(asyncio.Protocol):
    def __init__(self, server: LoadServer) -> None:
        self._server = server
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._account: Account | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are of no class of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._account is not None:
            self._account.lost(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            found = _LENGTH.search(head)
            size = int(found[1]) if found else 0
            start, stop = end + 4, end + 4 + size
            if len(self._buffer) < stop:
                return
            body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
            self._request(head.split(b" ", 2)[1].decode(), body)

    def reply(self, result: bytes) -> None:
        if self._transport is None:
            return
        body = b'{"ok":true,"result":' + result + b"}"
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nContent-Type: application/json\r\nContent-Length: "
            + str(len(body)).encode()
            + b"\r\nConnection: keep-alive\r\n\r\n"
            + body
        )

    def _request(self, path: str, body: bytes) -> None:
        prefix, _, name = path.rpartition("/")
        account = self._account = self._server.accounts[prefix]
        method = name.lower()
        given = _parameters(body)
        if method == "getupdates":
            seconds = int(given.get("timeout", "0"))
            account.poll(self, int(given.get("offset", "0")), int(given.get("limit", "100")), seconds)
            return
        account.calls[method] += 1
        if method == "getme":
            self.reply(json.dumps(account.me).encode())
        elif method in _MESSAGES:
            message = _message(account, method, given)
            self.reply(json.dumps(message, ensure_ascii=False).encode())
            account.listener(method, message["chat"]["id"], message)
        else:
            self.reply(b"true")


def _parameters(body: bytes) -> dict[str, Any]:
    if body.startswith(b"{"):
        return cast("dict[str, Any]", json.loads(body))
    if body.startswith(b"--"):
        # With a file: the other fields are enough here.
        return {name.decode(): value.decode("utf-8", "replace") for name, value in _PART.findall(body)}
    return dict(parse_qsl(body.decode()))


def _message(account: Account, method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The message as Telegram would return it."""
    chat = int(given["chat_id"])
    message: dict[str, Any] = {
        "message_id": int(given.get("message_id", 0)) or account.next_message(),
        "from": account.me,
        "chat": {"id": chat, "first_name": "Reader", "username": f"reader{chat}", "type": "private"},
        "date": int(time.time()),
    }
    if method.startswith("edit"):
        message["edit_date"] = message["date"]
    with_picture = "photo" in method or "media" in method or "caption" in method
    text, entities = _read(given.get("caption" if with_picture else "text", ""))
    message["caption" if with_picture else "text"] = text
    if entities:
        message["caption_entities" if with_picture else "entities"] = entities
    if with_picture:
        # One file id for all pictures: the bot keeps it, and sends that from then on.
        message["photo"] = [
            {"file_id": "AgAC" + "x" * 60, "file_unique_id": "AQAD" + "x" * 8, "width": 600, "height": 900}
        ]
    if "reply_markup" in given:
        markup = given["reply_markup"]
        message["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
    return message


def _read(text: str) -> tuple[str, list[dict[str, Any]]]:
    """HTML as a plain text and its entities (lengths in characters: near enough here)."""
    if "<" not in text:
        return text, []
    parts: list[str] = []
    entities: list[dict[str, Any]] = []
    opened: list[tuple[str, int]] = []
    size = at = 0
    for tag in _TAG.finditer(text):
        parts.append(text[at : tag.start()])
        size += tag.start() - at
        at = tag.end()
        if not tag[1]:
            opened.append((tag[2], size))
        elif opened:
            name, start = opened.pop()
            kind = _ENTITIES.get(name, "italic")
            entities.append({"type": kind, "offset": start, "length": size - start})
    parts.append(text[at:])
    return "".join(parts), entities


def _nobody(method: str, chat: int, message: dict[str, Any]) -> None:
    """Nobody is listening."""
