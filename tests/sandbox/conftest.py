"""A sandbox, a bot that calls it by hand, and people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox

Json = dict[str, Any]


class Refusal(Exception):
    """The Bot API said no: code, description and parameters."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(body.get("description"))
        self.status = status
        self.code = body.get("error_code")
        self.text = str(body.get("description"))
        self.parameters: Json = body.get("parameters", {})


class Bot:
    """Calls the Bot API by hand, in JSON unless told otherwise."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.http = http
        self.offset = 0

    @property
    def base(self) -> str:
        return f"{self.sandbox.url}/bot{self.sandbox.token}"

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result of a call; Refusal if it is refused."""
        async with self.http.post(f"{self.base}/{method}", json=params) as response:
            return await self.result(response)

    async def form(self, method: str, fields: Json) -> Any:
        """The same as multipart; bytes become files."""
        form = aiohttp.FormData()
        for name, value in fields.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=name)
            else:
                form.add_field(name, str(value))
        async with self.http.post(f"{self.base}/{method}", data=form) as response:
            return await self.result(response)

    async def result(self, response: aiohttp.ClientResponse) -> Any:
        body = await response.json()
        assert response.content_type == "application/json"
        if not body["ok"]:
            assert response.status == body["error_code"]
            raise Refusal(response.status, body)
        assert response.status == 200
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """The description with which a call is refused."""
        with pytest.raises(Refusal) as refused:
            await self(method, **params)
        return refused.value.text

    async def updates(self, timeout: int = 2) -> list[Json]:
        """The next updates, confirmed by the call after."""
        found: list[Json] = await self("getUpdates", offset=self.offset, timeout=timeout)
        if found:
            self.offset = max(one["update_id"] for one in found) + 1
        return found

    async def says(self, chat: int | Person, text: str, *labels: str, **more: Any) -> Json:
        """Sends a text; each label becomes a button in a row of its own whose data is the label."""
        if labels:
            rows = [[{"text": label, "callback_data": label}] for label in labels]
            more["reply_markup"] = {"inline_keyboard": rows}
        chat_id = chat.chat if isinstance(chat, Person) else chat
        message: Json = await self("sendMessage", chat_id=chat_id, text=text, **more)
        return message


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.running() as running:
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as http:
        yield Bot(sandbox, http)


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    """The person's side; it does not wait for a bot, as the tests are the bot."""

    async def at_once(update_id: int) -> None:
        return None

    async with SandboxClient(sandbox.url, settle=at_once) as client:
        yield client


@pytest.fixture
async def ann(telegram: SandboxClient) -> Person:
    """Somebody who has pressed Start."""
    person = await telegram.person("Ann", id=101)
    await person.starts()
    return person
