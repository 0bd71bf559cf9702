"""What is kept over a restart, the program itself, and the clock."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from sandbox.client import SandboxClient, SandboxError
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot
from tests.sandbox.test_payments import invoice, pay


async def test_everything_is_where_it_was_after_a_restart(tmp_path: Path) -> None:
    """docs/sandbox.md: --state keeps users, chats, messages, files, update ids, pending updates, payments and mails."""
    async with (
        Sandbox.running(state=tmp_path) as sandbox,
        SandboxClient(sandbox.url) as telegram,
        aiohttp.ClientSession() as http,
    ):
        bot = Bot(sandbox, http)
        ann = await telegram.person("Ann", language="de")
        await telegram.request("POST", f"/users/{ann.id}/start")
        staff = await telegram.group("Staff", ann)
        message = await bot.says(ann, "<b>hello</b>", "Go", parse_mode="HTML")
        await bot.says(ann, "keys", reply_markup={"keyboard": [["Yes"]]})
        file = (await bot.form("sendDocument", {"chat_id": ann.id, "document": b"abc"}))["document"]
        await bot("setMyCommands", commands=[{"command": "start", "description": "starts"}])
        await bot("sendInvoice", chat_id=ann.id, **invoice())
        await ann.looks()
        await bot("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
        last = (await telegram.request("GET", "/updates"))["last_update_id"]
        before = await telegram.request("GET", f"/chats/{ann.id}/messages?user={ann.id}&deleted=1")
        sandbox.mailbox.receive("shop@example.org", ["ann@example.org"], b"Subject: Hi\r\n\r\nHello\r\n")

    async with (
        Sandbox.running(state=tmp_path) as sandbox,
        SandboxClient(sandbox.url) as telegram,
        aiohttp.ClientSession() as http,
    ):
        bot = Bot(sandbox, http)
        after = await telegram.request("GET", f"/chats/{ann.id}/messages?user={ann.id}&deleted=1")
        assert after["messages"] == before["messages"]
        assert after["last_event"] > before["last_event"]
        chat = await telegram.request("GET", f"/chats/{ann.id}?user={ann.id}")
        assert chat["keyboard"] == {"keyboard": [[{"text": "Yes"}]]}
        assert [one["command"] for one in chat["commands"]] == ["start"]
        assert (await bot("getChat", chat_id=staff))["title"] == "Staff"
        path = (await bot("getFile", file_id=file["file_id"]))["file_path"]
        async with http.get(f"{sandbox.url}/file/bot{sandbox.token}/{path}") as response:
            assert await response.read() == b"abc"
        assert len(await telegram.mails("ann@example.org")) == 1
        updates = await bot("getUpdates")
        assert [update["update_id"] for update in updates] == list(range(1, last + 1))
        bot.offset = last + 1
        assert (await telegram.request("GET", f"/users/{ann.id}"))["language_code"] == "de"
        fresh = await bot.says(ann.id, "goes on")
        assert fresh["message_id"] > before["messages"][-1]["message_id"]


async def test_confirmed_updates_and_webhooks_stay_so(tmp_path: Path) -> None:
    """An update that was confirmed does not come back; a webhook goes on."""
    async with (
        Sandbox.running(state=tmp_path) as sandbox,
        SandboxClient(sandbox.url) as telegram,
        aiohttp.ClientSession() as http,
    ):
        bot = Bot(sandbox, http)
        await telegram.request("POST", "/users/7/start")
        await bot.updates()
        await bot("getUpdates", offset=bot.offset, allowed_updates=["message"])
        await bot("setWebhook", url="http://127.0.0.1:9/hook", secret_token="s")
    async with Sandbox.running(state=tmp_path) as sandbox, aiohttp.ClientSession() as http:
        bot = Bot(sandbox, http)
        info = await bot("getWebhookInfo")
        assert (info["url"], info["pending_update_count"]) == ("http://127.0.0.1:9/hook", 0)
        assert info["allowed_updates"] == ["message"]


async def test_a_payment_is_kept(tmp_path: Path) -> None:
    """The payments of an earlier run can still be read."""

    async def at_once(update_id: int) -> None:
        return None

    async with (
        Sandbox.running(state=tmp_path) as sandbox,
        SandboxClient(sandbox.url, settle=at_once) as telegram,
        aiohttp.ClientSession() as http,
    ):
        bot = Bot(sandbox, http)
        ann = await telegram.person("Ann")
        await ann.starts()
        await bot("sendInvoice", chat_id=ann.id, **invoice())
        await ann.looks()
        _, payment = await pay(bot, ann)
    async with Sandbox.running(state=tmp_path) as sandbox, SandboxClient(sandbox.url) as telegram:
        (kept,) = (await telegram.request("GET", "/payments"))["payments"]
        assert (kept["id"], kept["state"]) == (payment["id"], "paid")


async def start_program(*arguments: str) -> tuple[asyncio.subprocess.Process, dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        line = await process.stdout.readline()
    return process, json.loads(line) if line else {}


@pytest.mark.slow
async def test_the_program_says_when_it_is_ready_and_survives_a_kill(tmp_path: Path) -> None:
    """docs/sandbox.md: one line of JSON with the address and what the shop needs; SIGTERM ends it with 0; a taken port is one line."""
    process, ready = await start_program(
        "--port", "0", "--state", str(tmp_path), "--bot-username", "corner_bot"
    )
    assert sorted(ready) == ["bot", "card_key", "card_webhook_secret", "smtp", "token", "url"]
    assert ready["bot"] == "corner_bot"
    async with SandboxClient(ready["url"]) as telegram:
        await telegram.request("POST", "/users/7/start")
        port = ready["url"].rpartition(":")[2]
        for arguments, reason in (
            (("--port", port), "in use"),
            (("--port", "0", "--state", str(tmp_path)), "locked"),
        ):
            second, nothing = await start_program(*arguments)
            assert nothing == {}
            assert second.stderr is not None
            (line,) = (await second.stderr.read()).decode().splitlines()
            assert reason in line
            assert await second.wait() == 1
        process.kill()
        await process.wait()
    process, ready = await start_program("--port", "0", "--state", str(tmp_path), "--smtp-port", "-1")
    assert ready["smtp"] == ""
    async with SandboxClient(ready["url"]) as telegram:
        assert len((await telegram.request("GET", "/chats/7/messages"))["messages"]) == 1
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_the_clock_only_goes_forward(telegram: SandboxClient) -> None:
    """docs/sandbox.md: only the sandbox's clock moves."""
    before = await telegram.request("GET", "/clock")
    await telegram.advance(3600)
    after = await telegram.request("GET", "/clock")
    assert after["now"] - before["now"] >= 3600
    with pytest.raises(SandboxError, match="forward"):
        await telegram.advance(-1)
