"""aiohttp under python-telegram-bot: its official extension points `BaseRequest` and `BaseRateLimiter`.

Why not the default transport: measured here, httpx costs about 2 ms of CPU for one update and collapses under concurrency;
aiohttp costs 0.4 ms (`benchmarks/turns.py`).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Any

import aiohttp
import structlog
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

log = structlog.get_logger("bot.transport")

_DEFAULT: Any = BaseRequest.DEFAULT_NONE
_JSON = {"Content-Type": "application/json"}


class NotSent(NetworkError):
    """No connection was made: the request certainly had no effect."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. Errors never carry the address: it holds the bot's token."""

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float = 15.0,
        faults: Callable[[str], None] = lambda _: None,
        ended: Callable[[str, str], None] = lambda _url, _result: None,
    ) -> None:
        """``faults`` is told before and after each call (``before sendMessage``): tests end the process there.

        ``ended`` is told each call's address and its result: the HTTP status, or ``timed_out``, ``not_sent``, ``broken``.
        """
        self._faults = faults
        self._ended = ended
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _DEFAULT,
        write_timeout: Any = _DEFAULT,
        connect_timeout: Any = _DEFAULT,
        pool_timeout: Any = _DEFAULT,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the transport is not started")
        read = self._read_timeout if read_timeout is _DEFAULT else read_timeout
        connect = 5.0 if connect_timeout is _DEFAULT else connect_timeout
        timeout = _timeout(read, connect)
        body, headers = _body(request_data)
        call = url.rpartition("/")[2]
        self._faults(f"before {call}")
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                content = await response.read()
                self._faults(f"after {call}")
                self._ended(url, str(response.status))
                return response.status, content
        except aiohttp.ClientConnectorError:
            self._ended(url, "not_sent")
            raise NotSent("Telegram cannot be reached") from None
        except TimeoutError:
            self._ended(url, "timed_out")
            raise TimedOut("Telegram did not answer in time") from None
        except aiohttp.ClientError as error:
            self._ended(url, "broken")
            raise NetworkError(f"the connection to Telegram broke: {type(error).__name__}") from None


@lru_cache(maxsize=64)
def _timeout(read: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_read=read, sock_connect=connect)


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """The body and its headers. JSON where there is no file: a form costs ten times as much to write, and both are the
    same to Telegram (Bot API, "Making requests")."""
    if request_data is None or not request_data.parameters:
        return None, None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters, separators=(",", ":")).encode(), _JSON
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, None


class LeanBot(ExtBot[None]):
    """python-telegram-bot's bot, with a way past its objects for the few methods that almost every turn calls.

    Building a message's keyboard of objects and the answer's message of more of them costs as much as the request itself.
    """

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """A method with its parameters as the Bot API has them (None: left out). Returns its result as Telegram sent it;
        raises and waits as the bot's other methods do."""
        return await self._post(method, parameters)


class FloodWait(BaseRateLimiter[None]):
    """Waits as long as Telegram says after a 429, for that chat or, without one, for all; then tries again.

    Telegram's documented rates are about one message a second in a chat, 20 a minute in a group and 30 a second in all
    (Bots FAQ, "My bot is hitting limits"). Guessing them ahead would slow down what is allowed (short bursts are);
    so nothing is held back until Telegram asks for it.
    """

    def __init__(
        self,
        *,
        patience: float = 60.0,
        now: Callable[[], float] = time.monotonic,
        asked: Callable[[float], None] = lambda _: None,
    ) -> None:
        """``asked`` is told how many seconds Telegram asks to wait, each time."""
        self._asked = asked
        self._patience = patience
        self._now = now
        self._until: dict[str, float] = {}

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Raises RetryAfter when the wait would be longer than the patience: the caller has better things to do."""
        if endpoint in ("getUpdates", "answerCallbackQuery", "answerPreCheckoutQuery"):
            return await callback(*args, **kwargs)
        chat = str(data.get("chat_id", ""))
        deadline = self._now() + self._patience
        while True:
            wait = self._until.get(chat, 0.0) - self._now()
            if wait > 0:
                if self._now() + wait > deadline:
                    raise RetryAfter(int(wait) + 1)
                await asyncio.sleep(wait)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = _seconds(error)
                log.warning("flood wait", chat=chat, seconds=seconds, endpoint=endpoint)
                self._asked(seconds)
                self._until = {key: at for key, at in self._until.items() if at > self._now()}
                self._until[chat] = self._now() + seconds
                if self._now() + seconds > deadline:
                    raise


def _seconds(error: RetryAfter) -> float:
    value = error.retry_after
    return float(value) if isinstance(value, int | float) else value.total_seconds()
