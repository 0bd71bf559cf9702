"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from sandbox.client import SandboxClient
from sandbox.persons import Person
from sandbox.sandbox import Sandbox
from tests.sandbox.conftest import Bot, Json

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "Go"}]]}


def picture(color: str = "red", size: tuple[int, int] = (60, 90)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
async def text(bot: Bot, ann: Person) -> Json:
    return await bot.says(ann, "old", "Go")


@pytest.fixture
async def photo(bot: Bot, ann: Person) -> Json:
    fields = {"chat_id": ann.id, "photo": picture(), "caption": "old", "reply_markup": json.dumps(KEYBOARD)}
    message: Json = await bot.form("sendPhoto", fields)
    return message


def place(message: Json) -> Json:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_a_text_changes_in_place_and_loses_the_keyboard_it_is_not_given(
    bot: Bot, ann: Person, text: Json
) -> None:
    """core.telegram.org/bots/api#editmessagetext; td MessagesManager.cpp edit_message_text: no markup means none."""
    changed = await bot("editMessageText", **place(text), text="<b>new</b>", parse_mode="HTML")
    assert changed["message_id"] == text["message_id"]
    assert changed["text"] == "new"
    assert changed["edit_date"] >= changed["date"]
    assert "reply_markup" not in changed
    await ann.looks()
    assert [message["message_id"] for message in ann.messages][-1] == text["message_id"]


async def test_the_same_again_is_not_modified(bot: Bot, text: Json) -> None:
    """telegram-bot-api Client.cpp fail_query_with_error: MESSAGE_NOT_MODIFIED in these words; text, entities and markup
    count together."""
    same = {**place(text), "text": " old ", "reply_markup": KEYBOARD}
    assert await bot.refusal("editMessageText", **same) == NOT_MODIFIED
    assert await bot.refusal("editMessageReplyMarkup", **place(text), reply_markup=KEYBOARD) == NOT_MODIFIED
    assert (await bot("editMessageText", **place(text), text="old"))["text"] == "old"
    await bot("editMessageText", **place(text), text="<b>old</b>", parse_mode="HTML")
    assert await bot.refusal("editMessageReplyMarkup", **place(text)) == NOT_MODIFIED


async def test_a_caption_and_its_entities_change(bot: Bot, photo: Json) -> None:
    """core.telegram.org/bots/api#editmessagecaption; without a caption it is taken away."""
    changed = await bot(
        "editMessageCaption", **place(photo), caption="<i>new</i>", parse_mode="HTML", reply_markup=KEYBOARD
    )
    assert changed["caption"] == "new"
    assert changed["caption_entities"] == [{"offset": 0, "length": 3, "type": "italic"}]
    assert changed["photo"] == photo["photo"]
    assert await bot.refusal(
        "editMessageCaption", **place(photo), caption="<i>new</i>", parse_mode="HTML", reply_markup=KEYBOARD
    ) == (NOT_MODIFIED)
    assert "caption" not in await bot("editMessageCaption", **place(photo))


async def test_text_and_media_do_not_turn_into_each_other_by_the_wrong_method(
    bot: Bot, text: Json, photo: Json
) -> None:
    """td MessagesManager.cpp edit_message_text and edit_message_caption."""
    assert await bot.refusal("editMessageText", **place(photo), text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert await bot.refusal("editMessageCaption", **place(text), caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_media_replace_each_other_and_text(bot: Bot, text: Json, photo: Json) -> None:
    """core.telegram.org/bots/api#editmessagemedia: "or to add media to text messages"; the caption is the new media's."""
    media = {"type": "photo", "media": "attach://cover", "caption": "<b>c</b>", "parse_mode": "HTML"}
    fields = {**place(photo), "media": json.dumps(media), "cover": picture("blue")}
    changed = await bot.form("editMessageMedia", fields)
    assert changed["caption"] == "c"
    assert changed["photo"] != photo["photo"]
    assert "reply_markup" not in changed
    by_id = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    assert (await bot("editMessageMedia", **place(text), media=by_id))["photo"] == photo["photo"]
    assert await bot.refusal("editMessageMedia", **place(text), media=by_id) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("media", "error"),
    [
        (None, 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        ({"media": "x"}, "can't parse InputMedia: Can't find field \"type\""),
        ({"type": "photo", "media": "attach://none"}, "there is no photo in the request"),
        (
            {"type": "photo", "media": "!"},
            "wrong remote file identifier specified: Wrong character in the string",
        ),
    ],
)
async def test_unreadable_media_are_refused(bot: Bot, text: Json, media: Any, error: str) -> None:
    """telegram-bot-api Client.cpp get_input_media; td FileManager.cpp from_persistent_id."""
    params = {} if media is None else {"media": media}
    assert await bot.refusal("editMessageMedia", **place(text), **params) == f"Bad Request: {error}"


@pytest.mark.parametrize("method", ["editMessageText", "editMessageCaption", "editMessageReplyMarkup"])
async def test_a_message_that_is_gone_is_not_found(bot: Bot, ann: Person, text: Json, method: str) -> None:
    """telegram-bot-api Client.cpp check_message: "message to edit not found"."""
    await bot("deleteMessage", **place(text))
    assert await bot.refusal(method, **place(text), text="x") == "Bad Request: message to edit not found"
    assert (
        await bot.refusal(method, chat_id=ann.id, message_id=9999, text="x")
        == "Bad Request: message to edit not found"
    )
    assert await bot.refusal(method, text="x") == "Bad Request: message identifier is not specified"


async def test_other_people_s_messages_and_reply_keyboards_cannot_be_edited(bot: Bot, ann: Person) -> None:
    """td MessagesManager.cpp can_edit_message: outgoing messages only, without a markup that is no inline keyboard, no
    forwarded ones."""
    own = await ann.types("hello")
    assert await bot.refusal("editMessageText", chat_id=ann.id, message_id=own["message_id"], text="x") == (
        "Bad Request: message can't be edited"
    )
    keyed = await bot.says(ann, "x", reply_markup={"keyboard": [["Yes"]]})
    assert (
        await bot.refusal("editMessageText", **place(keyed), text="y")
        == "Bad Request: message can't be edited"
    )
    forwarded = await bot("forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=own["message_id"])
    assert (
        await bot.refusal("editMessageText", **place(forwarded), text="y")
        == "Bad Request: message can't be edited"
    )


async def test_only_inline_keyboards_can_be_edited_in(bot: Bot, text: Json) -> None:
    """td ReplyMarkup.cpp get_inline_reply_markup: "Inline keyboard expected"."""
    markup = {"keyboard": [["Yes"]]}
    assert await bot.refusal("editMessageText", **place(text), text="x", reply_markup=markup) == (
        "Bad Request: inline keyboard expected"
    )


async def test_an_edit_that_is_too_long_has_the_server_s_word(bot: Bot, text: Json, photo: Json) -> None:
    """td MessagesManager.cpp edit_message_text leaves the length to the server, whose MESSAGE_TOO_LONG and
    MEDIA_CAPTION_TOO_LONG are translated for sends only (process_send_message_fail_error)."""
    assert (
        await bot.refusal("editMessageText", **place(text), text="x" * 4097)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    refusal = await bot.refusal("editMessageCaption", **place(photo), caption="x" * 1025)
    assert refusal == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def test_an_old_message_can_still_be_edited(bot: Bot, telegram: SandboxClient, text: Json) -> None:
    """td MessagesManager.cpp can_edit_message: a bot's own messages have no edit time limit."""
    await telegram.advance(30 * 86400)
    assert (await bot("editMessageText", **place(text), text="new"))["text"] == "new"


async def test_a_person_s_edit_reaches_the_bot(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#update: edited_message."""
    own = await ann.types("dune")
    await bot.updates()
    await ann.edits(own["message_id"], "emma")
    (update,) = await bot.updates()
    assert update["edited_message"]["text"] == "emma"
    assert update["edited_message"]["edit_date"]


async def test_the_page_hears_of_an_edit(bot: Bot, sandbox: Sandbox, text: Json) -> None:
    """docs/sandbox.md: the event `edit` brings the changed message and its version."""
    before = sandbox.world.events.last
    await bot("editMessageText", **place(text), text="new")
    (event,) = sandbox.world.events.after(before) or []
    assert (event.name, event.data["message"]["text"], event.data["message"]["version"]) == ("edit", "new", 2)
