"""getUpdates: offsets, limits, long polls, kinds, conflicts."""

from __future__ import annotations

import asyncio
import time

import pytest

from sandbox import polling
from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json, Refusal


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_are_numbered_in_a_row_and_kept_until_confirmed(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#getupdates: an update is confirmed as soon as getUpdates is called with a higher offset."""
    await ann.types("one")
    await ann.types("two")
    first = await bot("getUpdates")
    ids = [update["update_id"] for update in first]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert texts(await bot("getUpdates", offset=ids[0])) == ["/start", "one", "two"]
    assert texts(await bot("getUpdates", offset=ids[2])) == ["two"]
    assert texts(await bot("getUpdates", offset=0, limit=10)) == ["two"]


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#getupdates: "the negative offset … All previous updates will be forgotten"."""
    for text in ("one", "two", "three"):
        await ann.types(text)
    assert texts(await bot("getUpdates", offset=-2)) == ["two", "three"]
    assert texts(await bot("getUpdates", offset=1)) == ["two", "three"]


async def test_the_limit_is_1_to_100(bot: Bot, sandbox: Sandbox, ann: Person) -> None:
    """telegram-bot-api Client.cpp process_get_updates_query: limit is brought into 1 to 100, 100 by default."""
    for number in range(105):
        sandbox.people.send_text(sandbox.world.users[ann.id], sandbox.world.chats[ann.id], str(number), None)
    assert len(await bot("getUpdates", limit=500)) == 100
    assert len(await bot("getUpdates", offset=2, limit=0)) == 1


async def test_repeated_polls_of_one_offset_are_slowed_down(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp process_get_updates_query: the same offset again within 0.5 s gets one update, and
    with a short timeout within 3 s waits for 3 s."""
    await ann.types("one")
    assert len(await bot("getUpdates", offset=1)) == 2
    assert len(await bot("getUpdates", offset=1)) == 1
    await bot("getUpdates", offset=3)
    begun = time.monotonic()
    waiting = asyncio.create_task(bot("getUpdates", offset=3, timeout=0))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await ann.types("two")
    assert texts(await waiting) == ["two"]
    assert time.monotonic() - begun < 2


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#getupdates: timeout in seconds for long polling."""
    await bot.updates()
    waiting = asyncio.create_task(bot("getUpdates", offset=bot.offset, timeout=30))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await ann.types("now")
    assert texts(await asyncio.wait_for(waiting, 2)) == ["now"]


async def test_an_empty_poll_ends_after_its_timeout(bot: Bot) -> None:
    """The same: an empty list when nothing came."""
    begun = time.monotonic()
    assert await bot("getUpdates", offset=7, timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 3


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    """telegram-bot-api Client.cpp abort_long_poll: 409 for the poll that was waiting."""
    first = asyncio.create_task(bot("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot("getUpdates", timeout=30))
    with pytest.raises(Refusal) as refused:
        await asyncio.wait_for(first, 2)
    assert (refused.value.status, refused.value.text) == (409, polling.OTHER_POLL)
    second.cancel()


async def test_a_webhook_forbids_polling(bot: Bot) -> None:
    """telegram-bot-api Client.cpp process_get_updates_query: 409 while a webhook is set; setWebhook ends a waiting poll."""
    waiting = asyncio.create_task(bot("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await bot("setWebhook", url="http://127.0.0.1:1/")
    with pytest.raises(Refusal) as refused:
        await waiting
    assert (refused.value.status, refused.value.text) == (409, "Conflict: terminated by setWebhook request")
    asking = asyncio.create_task(bot("getUpdates"))
    await asyncio.sleep(0.05)
    assert not asking.done(), "conflicts in a row are held back for 3 s"
    asking.cancel()
    await bot("deleteWebhook")
    assert await bot("getUpdates", offset=1) == []


async def test_only_the_wanted_kinds_come_and_are_remembered(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#getupdates: allowed_updates; "If not specified, the previous setting will be used";
    it "doesn't affect updates created before the call"; an empty list means the default kinds."""
    assert texts(await bot("getUpdates", allowed_updates=["callback_query"])) == ["/start"]
    await ann.types("unheard")
    message = await bot.says(ann, "x", "Go")
    await ann.client.request(
        "POST", f"/chats/{ann.id}/messages/{message['message_id']}/tap", {"user": ann.id, "label": "Go"}
    )
    (update,) = await bot("getUpdates", offset=2)
    assert "callback_query" in update
    await bot("getUpdates", offset=update["update_id"] + 1, allowed_updates=[], timeout=0)
    await ann.types("heard")
    assert texts(await bot("getUpdates", offset=update["update_id"])) == ["heard"]


async def test_an_update_waits_a_day_and_a_tap_150_seconds(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#getting-updates: not kept longer than 24 hours; telegram-bot-api Client.cpp add_update:
    150 s for a callback query, 30 s for an inline query."""
    message = await bot.says(ann, "x", "Go")
    await ann.client.request(
        "POST", f"/chats/{ann.id}/messages/{message['message_id']}/tap", {"user": ann.id, "label": "Go"}
    )
    await telegram.advance(151)
    assert texts(await bot("getUpdates", offset=1)) == ["/start"]
    await telegram.advance(24 * 3600)
    assert await bot("getUpdates", offset=0) == []


async def test_a_poll_that_its_caller_gave_up_takes_nothing_away(bot: Bot, ann: Person) -> None:
    """What an abandoned poll would have given is given to the next one."""
    await bot.updates()
    abandoned = asyncio.create_task(bot("getUpdates", offset=bot.offset, timeout=30))
    await asyncio.sleep(0.05)
    abandoned.cancel()
    await asyncio.gather(abandoned, return_exceptions=True)
    await ann.types("still here")
    assert texts(await bot.updates()) == ["still here"]
