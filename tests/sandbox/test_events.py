"""The live stream of events, and the page's files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from sandbox.client import SandboxClient
from sandbox.events import KEPT
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json


@dataclass
class Told:
    id: int
    name: str
    data: Json


class Stream:
    """Reads server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> Told:
        fields: dict[str, str] = {}
        async with asyncio.timeout(5):
            while True:
                line = (await self._response.content.readline()).decode().rstrip("\n")
                if line.startswith((":", "retry:")):
                    continue
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "event" in fields:
                    return Told(int(fields["id"]), fields["event"], json.loads(fields["data"]))


@asynccontextmanager
async def listening(sandbox: Sandbox, user: int = 0, last: int | None = None) -> AsyncIterator[Stream]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    query = f"?user={user}" if user else ""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{sandbox.url}/sandbox/events{query}", headers=headers) as response,
    ):
        assert response.content_type == "text/event-stream"
        yield Stream(response)


async def test_a_message_is_told_live_to_who_sees_it(
    bot: Bot, sandbox: Sandbox, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: with `user`, only that person's events; `mine` is that person's."""
    tom = await telegram.person("Tom")
    await tom.starts()
    async with listening(sandbox, ann.id) as stream:
        await bot.says(tom, "for Tom")
        await bot.says(ann, "for Ann", reply_markup={"keyboard": [["Yes"]]})
        told = await stream.next()
        assert (told.name, told.data["chat_id"], told.data["message"]["text"]) == (
            "message",
            ann.id,
            "for Ann",
        )
        assert told.data["message"]["mine"] is False
        assert (await stream.next()).name == "keyboard"
        await ann.types("hello")
        assert (await stream.next()).data["message"]["mine"] is True


async def test_edits_deletions_actions_and_groups_are_told(
    bot: Bot, sandbox: Sandbox, telegram: SandboxClient, ann: Person
) -> None:
    """docs/sandbox.md: edit, delete, action, chat, commands, user."""
    message = await bot.says(ann, "x")
    async with listening(sandbox, ann.id) as stream:
        await bot("editMessageText", chat_id=ann.id, message_id=message["message_id"], text="y")
        await bot("sendChatAction", chat_id=ann.id, action="typing")
        await bot("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
        await bot("setMyCommands", commands=[])
        await telegram.group("Staff", ann)
        await ann.blocks()
        names = [(await stream.next()).name for _ in range(7)]
        assert names == ["edit", "action", "delete", "commands", "message", "chat", "user"]


async def test_a_stream_goes_on_where_it_was(bot: Bot, sandbox: Sandbox, ann: Person) -> None:
    """docs/sandbox.md: resumed by Last-Event-ID; a transcript's `last_event` is where to go on."""
    transcript = await ann.client.request("GET", f"/chats/{ann.id}/messages?user={ann.id}")
    await bot.says(ann, "missed")
    async with listening(sandbox, ann.id, last=transcript["last_event"]) as stream:
        told = await stream.next()
        assert told.data["message"]["text"] == "missed"
    async with listening(sandbox, ann.id, last=told.id) as stream:
        await bot.says(ann, "next")
        assert (await stream.next()).data["message"]["text"] == "next"


async def test_a_stream_that_is_too_old_is_told_to_read_again(sandbox: Sandbox, ann: Person) -> None:
    """docs/sandbox.md: `reset` if the asked-for event is no longer known: another run's, or more than 10,000 ago."""
    async with listening(sandbox, ann.id, last=5) as stream:
        assert (await stream.next()).name == "reset"
    first = sandbox.world.events.last
    for _ in range(KEPT + 1):
        sandbox.world.events.tell("commands", {})
    assert sandbox.world.events.after(first) is None


async def test_the_mailbox_is_told_to_everybody(sandbox: Sandbox, ann: Person) -> None:
    """docs/sandbox.md: `mail` comes on every stream."""
    async with listening(sandbox, ann.id) as stream:
        sandbox.mailbox.receive("shop@example.org", ["ann@example.org"], b"Subject: Hi\r\n\r\nHello\r\n")
        told = await stream.next()
        assert (told.name, told.data["mail"]["subject"]) == ("mail", "Hi")


async def test_open_streams_do_not_hold_up_the_end() -> None:
    """A sandbox stops at once, whoever listens; the stream ends properly."""
    async with aiohttp.ClientSession() as http:
        async with Sandbox.running() as sandbox:
            response = await http.get(f"{sandbox.url}/sandbox/events")
        async with asyncio.timeout(2):
            assert await response.content.read() == b"retry: 1000\n\n"


async def test_the_page_is_served_and_nothing_beside_it(sandbox: Sandbox, bot: Bot) -> None:
    """docs/sandbox.md: the page at / and below; files outside of it are not there."""
    async with bot.http.get(f"{sandbox.url}/") as response:
        assert response.status == 200
        assert response.content_type in ("text/html", "application/json")
    for path in ("/../sandbox.py", "/%2e%2e/sandbox.py", "/none.js"):
        async with bot.http.get(URL(sandbox.url + path, encoded=True)) as response:
            assert response.status == 404
    async with bot.http.get(f"{sandbox.url}/sandbox/nothing") as response:
        assert (response.status, list(await response.json())) == (404, ["error"])


async def test_a_transcript_can_be_paged(bot: Bot, ann: Person) -> None:
    """docs/sandbox.md: the newest `limit`, or after or before a message."""
    for number in range(5):
        await bot.says(ann, str(number))

    async def page(query: str) -> tuple[list[str], bool]:
        answer = await ann.client.request("GET", f"/chats/{ann.id}/messages?user={ann.id}&{query}")
        return [message["text"] for message in answer["messages"]], answer["more"]

    assert await page("limit=2") == (["3", "4"], True)
    assert await page("limit=2&before=5") == (["1", "2"], True)
    assert await page("after=4&limit=10") == (["3", "4"], False)
