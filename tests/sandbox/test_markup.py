"""Keyboards: inline ones, reply keyboards, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.client import SandboxClient
from sandbox.errors import ApiError
from sandbox.markup import markup_of
from sandbox.persons import Person
from tests.sandbox.conftest import Bot

Button = dict[str, Any]


def refused(button: Any) -> str:
    with pytest.raises(ApiError) as error:
        markup_of({"inline_keyboard": [[button]]})
    return error.value.description


@pytest.mark.parametrize(
    "action",
    [
        {"callback_data": "x" * 64},
        {"url": "https://example.org/"},
        {"switch_inline_query": ""},
        {"switch_inline_query_current_chat": "dune"},
        {"switch_inline_query_chosen_chat": {"query": "x", "allow_user_chats": True}},
        {"copy_text": {"text": "B-7K4Q"}},
        {"login_url": {"url": "https://example.org/"}},
        {"web_app": {"url": "https://example.org/"}},
    ],
)
def test_each_kind_of_inline_button_is_kept(action: Button) -> None:
    """core.telegram.org/bots/api#inlinekeyboardbutton."""
    button = {"text": "Go", "style": "success", "icon_custom_emoji_id": "5", **action}
    assert markup_of({"inline_keyboard": [[button]]}) == {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("button", "error"),
    [
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ü" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        (
            {"text": "x", "url": "gopher://a.b"},
            "inline keyboard button URL 'gopher://a.b' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "web_app": {"url": "http://a.b"}},
            "inline keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed",
        ),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "callback_data": "x", "style": "pink"},
            "can't parse inline keyboard button: invalid button style specified",
        ),
    ],
)
def test_broken_inline_buttons_are_refused(button: Any, error: str) -> None:
    """telegram-bot-api Client.cpp get_inline_keyboard_button*, td ReplyMarkup.cpp, LinkManager.cpp; callback_data has
    1-64 bytes and copy_text 1-256 characters (core.telegram.org/bots/api), which the server checks."""
    assert refused(button) == f"Bad Request: {error}"


def test_a_keyboard_has_at_most_100_buttons_and_12_in_a_row() -> None:
    """td ReplyMarkup.cpp: 12 in a row, the rest is dropped; REPLY_MARKUP_TOO_LONG is "reply markup is too long"."""
    button = {"text": "x", "callback_data": "x"}
    full = markup_of({"inline_keyboard": [[button] * 10] * 10})
    assert full is not None
    assert sum(map(len, full["inline_keyboard"])) == 100
    with pytest.raises(ApiError, match="reply markup is too long"):
        markup_of({"inline_keyboard": [[button] * 10] * 10 + [[button]]})
    wide = markup_of({"inline_keyboard": [[button] * 14]})
    assert wide is not None
    assert len(wide["inline_keyboard"][0]) == 12


def test_buttons_without_text_are_left_out() -> None:
    """td ReplyMarkup.cpp get_reply_markup: a button with an empty text is skipped, an empty row and keyboard too."""
    assert markup_of({"inline_keyboard": [[{"text": "", "callback_data": "x"}]]}) is None
    assert markup_of({"inline_keyboard": []}) is None


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("[]", "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        (
            {"inline_keyboard": ["x"]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["x"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[1]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
    ],
)
async def test_a_markup_of_the_wrong_shape_is_refused(bot: Bot, ann: Person, value: Any, error: str) -> None:
    """telegram-bot-api Client.cpp get_reply_markup."""
    assert (
        await bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=value)
        == f"Bad Request: {error}"
    )


async def test_a_reply_keyboard_shows_until_it_is_removed(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#replykeyboardmarkup, #replykeyboardremove; the API's Message does not carry it."""
    message = await bot.says(
        ann, "x", reply_markup={"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}
    )
    assert "reply_markup" not in message
    await ann.looks()
    assert ann.keyboard == {"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}
    await ann.taps("Yes")
    assert ann.messages[-1]["text"] == "Yes"
    assert ann.keyboard is not None
    await bot.says(ann, "x", reply_markup={"remove_keyboard": True})
    await ann.looks()
    assert ann.keyboard is None


async def test_a_one_time_keyboard_stays_available_once_used(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#replykeyboardmarkup: one_time_keyboard only asks the app to close it; a button in the input
    field shows it again."""
    await bot.says(ann, "x", reply_markup={"keyboard": [["Yes"]], "one_time_keyboard": True})
    await ann.taps("Yes")
    assert ann.keyboard == {"keyboard": [[{"text": "Yes"}]], "one_time_keyboard": True}
    await ann.types("something else")
    assert ann.keyboard is not None


async def test_a_forced_reply_goes_once_used(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#forcereply"""
    await bot.says(ann, "x", reply_markup={"force_reply": True, "input_field_placeholder": "Name"})
    await ann.looks()
    assert ann.keyboard is not None
    await ann.types("Yes")
    assert ann.keyboard is None


async def test_a_deleted_message_takes_its_keyboard_along(bot: Bot, ann: Person) -> None:
    """The apps hide a reply keyboard whose message is deleted."""
    message = await bot.says(ann, "x", reply_markup={"keyboard": [["Yes"]]})
    await bot("deleteMessage", chat_id=ann.id, message_id=message["message_id"])
    await ann.looks()
    assert ann.keyboard is None


async def test_in_a_group_everybody_gets_the_keyboard_or_only_who_is_answered(
    bot: Bot, telegram: SandboxClient, ann: Person
) -> None:
    """core.telegram.org/bots/api#replykeyboardmarkup: selective shows it to those that are answered or mentioned."""
    tom = await telegram.person("Tom")
    staff = await telegram.group("Staff", ann, tom)
    asked = await ann.at(staff).types("/menu@sandbox_bot")
    markup = {"keyboard": [["Yes"]], "selective": True}
    await bot.says(staff, "x", reply_markup=markup, reply_parameters={"message_id": asked["message_id"]})
    for person, shown in ((ann.at(staff), True), (tom.at(staff), False)):
        await person.looks()
        assert (person.keyboard is not None) is shown
    await bot.says(staff, "x", reply_markup={"keyboard": [["Yes"]]})
    tom_there = tom.at(staff)
    await tom_there.looks()
    assert tom_there.keyboard is not None
    contact = {"keyboard": [[{"text": "My number", "request_contact": True}]]}
    refusal = await bot.refusal("sendMessage", chat_id=staff, text="x", reply_markup=contact)
    assert refusal == "Bad Request: phone number can be requested in private chats only"


async def test_a_pay_button_stands_only_under_an_invoice(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#inlinekeyboardbutton: pay "must always be the first button in the first row and can only
    be used in invoice messages"; elsewhere the server says BUTTON_TYPE_INVALID."""
    markup = {"inline_keyboard": [[{"text": "Pay", "pay": True}]]}
    assert (
        await bot.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        == "Bad Request: BUTTON_TYPE_INVALID"
    )
