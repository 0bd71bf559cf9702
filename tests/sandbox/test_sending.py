"""sendMessage, what all sends share, sendChatAction, copying and forwarding."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Refusal

HELLO = "Hello there"


async def test_a_message_comes_back_as_it_was_sent(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendmessage: on success, the sent Message is returned."""
    message = await bot.says(ann, HELLO)
    assert message["text"] == HELLO
    assert message["chat"] == {"id": ann.id, "first_name": "Ann", "type": "private"}
    assert message["from"]["is_bot"] is True
    await ann.looks()
    ann.sees(HELLO)


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": 101}, "message text is empty"),
        ({"chat_id": 101, "text": ""}, "message text is empty"),
        ({"chat_id": 101, "text": " \n "}, "text must be non-empty"),
        ({"chat_id": 101, "text": "a" * 4097}, "message is too long"),
    ],
)
async def test_what_cannot_be_sent_is_refused(
    bot: Bot, ann: Person, params: dict[str, Any], error: str
) -> None:
    """telegram-bot-api Client.cpp check_chat, get_input_message_text; td MessageContent.cpp ("Message is too long")."""
    assert await bot.refusal("sendMessage", **params) == f"Bad Request: {error}"


async def test_length_counts_code_points_after_parsing(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#sendmessage: "1-4096 characters after entities parsing"; td counts with utf8_length."""
    message = await bot.says(ann, f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    assert len(message["text"]) == 4096


async def test_raw_text_over_32_kib_is_refused_before_parsing(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp get_formatted_text: "Text is too long" over 1 << 15 bytes."""
    assert (
        await bot.refusal("sendMessage", chat_id=ann.id, text="x" * 32769) == "Bad Request: text is too long"
    )


async def test_the_bot_cannot_write_first(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """td MessagesManager.cpp process_send_message_fail_error: PEER_ID_INVALID becomes 403 with these words."""
    tom = await telegram.person("Tom", id=102)
    staff = await telegram.group("Staff", ann, tom)
    await telegram.request("POST", f"/chats/{staff}/messages", {"user": tom.id, "text": "/hello@sandbox_bot"})
    assert (
        await bot.refusal("sendMessage", chat_id=tom.id, text="x")
        == "Forbidden: bot can't initiate conversation with a user"
    )
    assert await bot.refusal("sendChatAction", chat_id=tom.id, action="typing") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await tom.starts()
    await bot.says(tom, HELLO)


async def test_a_blocked_bot_is_told_so(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp fail_query_with_error: USER_IS_BLOCKED is 403 "bot was blocked by the user"."""
    await ann.blocks()
    with pytest.raises(Refusal) as refused:
        await bot.says(ann, HELLO)
    assert (refused.value.status, refused.value.text) == (403, "Forbidden: bot was blocked by the user")


async def test_a_reply_shows_what_it_answers(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#replyparameters; a message that is gone: "message to be replied not found"."""
    first = await ann.types("Is it here?")
    answer = await bot.says(ann, "Yes", reply_parameters={"message_id": first["message_id"]})
    assert answer["reply_to_message"]["text"] == "Is it here?"
    assert "reply_to_message" not in answer["reply_to_message"]
    gone = await bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_parameters={"message_id": 9999})
    assert gone == "Bad Request: message to be replied not found"
    loose = {"message_id": 9999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.says(ann, "x", reply_parameters=loose)
    assert await bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_parameters="{") == (
        "Bad Request: can't parse reply parameters JSON object"
    )
    old_way = await bot.says(ann, "x", reply_to_message_id=first["message_id"])
    assert old_way["reply_to_message"]["message_id"] == first["message_id"]


async def test_options_are_kept(bot: Bot, ann: Person) -> None:
    """telegram-bot-api Client.cpp JsonMessage: has_protected_content, link_preview_options."""
    message = await bot.says(
        ann,
        "x example.org",
        protect_content=True,
        disable_notification=True,
        link_preview_options={"is_disabled": True},
    )
    assert message["has_protected_content"] is True
    assert message["link_preview_options"] == {"is_disabled": True}
    await ann.looks()
    assert ann.last["silent"] is True
    assert await bot.refusal("sendMessage", chat_id=ann.id, text="x", link_preview_options="[]") == (
        "Bad Request: object expected as link preview options"
    )


async def test_message_ids_grow_over_all_private_chats(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/api/updates: one's private chats and basic groups share one message sequence."""
    tom = await telegram.person("Tom")
    await tom.starts()
    first, second = await bot.says(ann, "a"), await bot.says(tom, "b")
    assert second["message_id"] == first["message_id"] + 1


async def test_calls_are_read_as_json_form_query_or_multipart(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#making-requests: GET and POST, query string, urlencoded, JSON, multipart."""
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    fields = {"chat_id": str(ann.id), "text": "x", "reply_markup": json.dumps(keyboard)}
    expected = keyboard
    async with bot.http.get(f"{bot.base}/sendMessage", params=fields) as response:
        assert (await bot.result(response))["reply_markup"] == expected
    async with bot.http.post(f"{bot.base}/sendMessage", data=fields) as response:
        assert (await bot.result(response))["reply_markup"] == expected
    assert (await bot.form("SENDMESSAGE", fields))["reply_markup"] == expected
    assert (await bot("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard))[
        "reply_markup"
    ] == expected
    async with bot.http.post(f"{bot.base}/", json={"method": "sendMessage", **fields}) as response:
        assert (await bot.result(response))["text"] == "x"
    async with bot.http.post(
        f"{bot.base}/sendMessage", data=b"[1]", headers={"Content-Type": "application/json"}
    ) as response:
        with pytest.raises(Refusal, match="JSON object expected"):
            await bot.result(response)


async def test_typing_shows_for_some_seconds(bot: Bot, sandbox: Sandbox, ann: Person) -> None:
    """core.telegram.org/bots/api#sendchataction: the status is set for 5 seconds or less; unknown ones are refused."""
    before = sandbox.world.events.last
    assert await bot("sendChatAction", chat_id=ann.id, action="typing") is True
    told = sandbox.world.events.after(before) or []
    assert [(event.name, event.data["action"]) for event in told] == [("action", "typing")]
    assert (
        await bot.refusal("sendChatAction", chat_id=ann.id, action="dance")
        == "Bad Request: wrong parameter action in request"
    )


async def test_a_forwarded_message_names_its_origin(bot: Bot, telegram: SandboxClient, ann: Person) -> None:
    """core.telegram.org/bots/api#forwardmessage, #messageoriginuser; protected ones cannot be forwarded (td)."""
    tom = await telegram.person("Tom")
    await tom.starts()
    question = await ann.types("A question")
    sent = await bot("forwardMessage", chat_id=tom.id, from_chat_id=ann.id, message_id=question["message_id"])
    assert sent["forward_origin"]["sender_user"]["id"] == ann.id
    assert sent["text"] == "A question"
    closed = await bot.says(ann, "secret", protect_content=True)
    refusal = await bot.refusal(
        "forwardMessage", chat_id=tom.id, from_chat_id=ann.id, message_id=closed["message_id"]
    )
    assert refusal == "Bad Request: message has protected content and can't be forwarded"
    gone = await bot.refusal("forwardMessage", chat_id=tom.id, from_chat_id=ann.id, message_id=9999)
    assert gone == "Bad Request: message to forward not found"


async def test_a_copy_has_no_link_to_the_original(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#copymessage: returns the MessageId; invoices cannot be copied."""
    original = await bot.says(ann, "<b>x</b>", "Go", parse_mode="HTML")
    copy = await bot("copyMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=original["message_id"])
    assert copy == {"message_id": original["message_id"] + 1}
    await ann.looks()
    assert ann.last["entities"] == original["entities"]
    assert "forward_origin" not in ann.last
    assert ann.last.get("reply_markup") is None


async def test_many_sends_at_once_keep_their_numbers_apart(bot: Bot, ann: Person) -> None:
    """Each message has an id of its own, however many are sent at once."""
    sent = await asyncio.gather(*(bot.says(ann, str(number)) for number in range(30)))
    assert len({message["message_id"] for message in sent}) == 30


async def test_a_reaction_of_the_bot_shows(bot: Bot, sandbox: Sandbox, ann: Person) -> None:
    """core.telegram.org/bots/api#setmessagereaction: bots can set one reaction per message."""
    message = await ann.types("thanks")
    thumb = {"type": "emoji", "emoji": "👍"}
    assert (
        await bot("setMessageReaction", chat_id=ann.id, message_id=message["message_id"], reaction=[thumb])
        is True
    )
    await ann.looks()
    assert ann.messages[-1]["reaction"] == [thumb]
    refusal = await bot.refusal(
        "setMessageReaction", chat_id=ann.id, message_id=message["message_id"], reaction=[thumb, thumb]
    )
    assert refusal == "Bad Request: REACTIONS_TOO_MANY"
