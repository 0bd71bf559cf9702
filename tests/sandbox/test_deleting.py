"""deleteMessage and deleteMessages."""

from __future__ import annotations

import pytest

from sandbox.client import SandboxClient
from sandbox.persons import Person
from tests.sandbox.conftest import Bot

HOUR = 3600


async def test_own_and_incoming_messages_go_in_a_private_chat(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#deletemessage: bots can delete outgoing and, in private chats, incoming messages."""
    password = await ann.types("secret")
    answer = await bot.says(ann, "thanks")
    assert await bot("deleteMessage", chat_id=ann.id, message_id=password["message_id"]) is True
    assert await bot("deleteMessage", chat_id=ann.id, message_id=answer["message_id"]) is True
    await ann.looks()
    assert [message["text"] for message in ann.messages] == ["/start"]
    everything = await ann.client.request("GET", f"/chats/{ann.id}/messages?user={ann.id}&deleted=1")
    assert [message.get("deleted") for message in everything["messages"]] == [None, "bot", "bot"]


async def test_a_message_that_is_gone_is_not_found(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp process_delete_message_query, check_message."""
    message = await bot.says(ann, "x")
    await bot("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
    again = await bot.refusal("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
    assert again == "Bad Request: message to delete not found"
    assert await bot.refusal("deleteMessage", message_id=1) == "Bad Request: chat identifier is not specified"
    assert (
        await bot.refusal("deleteMessage", chat_id=ann.id)
        == "Bad Request: message identifier is not specified"
    )


async def test_after_48_hours_nothing_can_be_deleted_for_everyone(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#deletemessage: "only if it was sent less than 48 hours ago"; td MessagesManager.cpp
    can_revoke_message, delete_messages."""
    message = await bot.says(ann, "x")
    await telegram.advance(48 * HOUR - 60)
    fresh = await bot.says(ann, "y")
    await telegram.advance(120)
    refusal = await bot.refusal("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"
    assert await bot("deleteMessage", chat_id=ann.id, message_id=fresh["message_id"]) is True


async def test_many_go_at_once_and_missing_ones_are_skipped(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#deletemessages: 1-100 identifiers; "if some of the specified messages can't be found, they
    are skipped"."""
    ids = [(await bot.says(ann, str(number)))["message_id"] for number in range(3)]
    assert await bot("deleteMessages", chat_id=ann.id, message_ids=[*ids, 9999]) is True
    await ann.looks()
    assert [message["text"] for message in ann.messages] == ["/start"]


@pytest.mark.parametrize(
    ("ids", "error"),
    [
        (None, "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ({}, "expected an Array of message identifiers"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([0], "invalid message identifier specified"),
        ("[", "can't parse message_ids JSON object"),
    ],
)
async def test_wrong_lists_are_refused(bot: Bot, ann: Person, ids: object, error: str) -> None:
    """telegram-bot-api Client.cpp get_message_ids."""
    params = {} if ids is None else {"message_ids": ids}
    assert await bot.refusal("deleteMessages", chat_id=ann.id, **params) == f"Bad Request: {error}"


async def test_in_a_basic_group_only_an_administrator_deletes_others(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """td MessagesManager.cpp can_revoke_message: incoming messages of a basic group need an administrator."""
    staff = await telegram.group("Staff", ann)
    theirs = await ann.at(staff).types("/x@sandbox_bot")
    refusal = await bot.refusal("deleteMessage", chat_id=staff, message_id=theirs["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"
    own = await bot.says(staff, "mine")
    assert await bot("deleteMessage", chat_id=staff, message_id=own["message_id"]) is True
    await telegram.promote(staff)
    assert await bot("deleteMessage", chat_id=staff, message_id=theirs["message_id"]) is True


async def test_in_a_supergroup_the_right_to_delete_is_needed(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """td MessagesManager.cpp can_delete_channel_message: "Message can't be deleted" without the right."""
    staff = await telegram.group("Staff", ann, kind="supergroup")
    theirs = await ann.at(staff).types("/x@sandbox_bot")
    refusal = await bot.refusal("deleteMessage", chat_id=staff, message_id=theirs["message_id"])
    assert refusal == "Bad Request: message can't be deleted"
    await telegram.promote(staff)
    assert await bot("deleteMessage", chat_id=staff, message_id=theirs["message_id"]) is True
