"""Keyboards: parsed from a call and kept in the API's own shape.

Rules: telegram-bot-api Client.cpp (get_reply_markup, get_inline_keyboard_button_type, get_button_style) and td
ReplyMarkup.cpp (get_reply_markup: buttons without text are left out, 12 in a row). The server's own limits: callback
data of 1 to 64 bytes (BUTTON_DATA_INVALID), 100 buttons in all (REPLY_MARKUP_TOO_LONG).
"""

from __future__ import annotations

from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.links import LinkError, checked_link, link_user_id
from sandbox.model import ChatType, Json
from sandbox.params import Args

MAX_BUTTONS = 100
MAX_ROW = 12
MAX_DATA = 64
MAX_COPY = 256
_STYLES = ("", "default", "primary", "danger", "success")
_REQUESTS = {
    "request_contact": "Phone number can be requested",
    "request_location": "Location can be requested",
    "request_poll": "Poll can be requested",
    "request_users": "Users can be requested",
    "request_chat": "Chats can be requested",
    "web_app": "Web App buttons can be used",
}


def reply_markup(args: Args, chat: ChatType = "private") -> Json | None:
    """The keyboard of a send; None without one, or when nothing is left of it."""
    value = args.json("reply_markup", "Can't parse reply keyboard markup JSON object")
    return markup_of(value, chat) if value is not None else None


def inline_markup(args: Args) -> Json | None:
    """The keyboard of an edit, which must be an inline one (ReplyMarkup.cpp: get_inline_reply_markup)."""
    markup = reply_markup(args)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def markup_of(value: Any, chat: ChatType = "private") -> Json | None:
    """Checks any `reply_markup` object and returns it as it will be shown."""
    if not isinstance(value, dict):
        raise bad_request("Object expected as reply markup")
    keyboard = _rows(
        value,
        "keyboard",
        'Field "keyboard" must be an Array of Arrays',
        "Can't parse keyboard button: ",
        _key,
    )
    inline = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        "Can't parse inline keyboard button: ",
        _inline_button,
    )
    selective = {"selective": True} if value.get("selective") and chat != "private" else {}
    placeholder = str(value.get("input_field_placeholder") or "")
    holder = {"input_field_placeholder": placeholder} if placeholder else {}
    if keyboard:
        asked = next(
            (name for row in keyboard for button in row for name in _REQUESTS if name in button), None
        )
        if chat != "private" and asked is not None:
            raise bad_request(f"{_REQUESTS[asked]} in private chats only")
        flags = {
            name: True
            for name in ("resize_keyboard", "one_time_keyboard", "is_persistent")
            if value.get(name)
        }
        shown = _shown(keyboard)
        return {"keyboard": shown, **flags, **selective, **holder} if shown else None
    if inline:
        shown = _shown(inline)
        _check_inline(shown)
        return {"inline_keyboard": shown} if shown else None
    if value.get("remove_keyboard") or value.get("hide_keyboard"):
        return {"remove_keyboard": True, **selective}
    if value.get("force_reply"):
        return {"force_reply": True, **selective, **holder}
    return None


def _rows(value: Json, name: str, shape: str, prefix: str, parse: Any) -> list[list[Json]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    parsed: list[list[Json]] = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(shape)
        try:
            parsed.append([parse(button) for button in row])
        except ValueError as error:
            raise bad_request(prefix + str(error)) from None
    return parsed


def _shown(rows: list[list[Json]]) -> list[list[Json]]:
    shown = [
        [button for button in row if button["text"] or "icon_custom_emoji_id" in button][:MAX_ROW]
        for row in rows
    ]
    shown = [row for row in shown if row]
    if sum(map(len, shown)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return shown


def _text_of(button: Json) -> str:
    if "text" not in button:
        raise ValueError('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise ValueError('Field "text" must be of type String')
    return button["text"]


def _look(button: Json) -> Json:
    look: Json = {}
    if button.get("icon_custom_emoji_id"):
        look["icon_custom_emoji_id"] = str(button["icon_custom_emoji_id"])
    style = str(button.get("style") or "").lower()
    if style not in _STYLES:
        raise ValueError("invalid button style specified")
    if style not in ("", "default"):
        look["style"] = style
    return look


def _key(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise ValueError("KeyboardButton must be a String or an Object")
    kept = {name: button[name] for name in _REQUESTS if button.get(name)}
    return {"text": _text_of(button), **_look(button), **kept}


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise ValueError("InlineKeyboardButton must be an Object")
    return {"text": _text_of(button), **_look(button), **_action(button)}


def _action(button: Json) -> Json:
    for name in ("url", "callback_data"):
        value = button.get(name)
        if value is not None and not isinstance(value, str | int | float):
            raise ValueError(f'Field "{name}" must be of type String')
        if value is not None and str(value):
            return {name: str(value)}
    for name in ("callback_game", "pay"):
        if name in button:
            return {name: button[name]}
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in button:
            if not isinstance(button[name], str):
                raise ValueError(f'Field "{name}" must be of type String')
            return {name: button[name]}
    for name in ("switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text"):
        if name in button:
            value = button[name]
            if not isinstance(value, dict):
                raise ValueError(f'Field "{name}" must be of type Object')
            needed = {"login_url": "url", "web_app": "url", "copy_text": "text"}.get(name)
            if needed and not isinstance(value.get(needed), str):
                raise ValueError(f'Can\'t find field "{needed}"')
            return {name: value}
    raise ValueError("Text buttons are unallowed in the inline keyboard")


def _check_inline(rows: list[list[Json]]) -> None:
    """What td and the server check once the shape is right."""
    for button in (button for row in rows for button in row):
        if "callback_data" in button and len(button["callback_data"].encode()) > MAX_DATA:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not link_user_id(button["url"]):
            button["url"] = _checked(button["url"], "", https_only=False)
        if "login_url" in button:
            _checked(button["login_url"]["url"], "login ", https_only=True)
        if "web_app" in button:
            _checked(button["web_app"]["url"], "Web App ", https_only=True)
        if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= MAX_COPY:
            raise ApiError(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")
        if "callback_game" in button:
            raise ApiError(400, "Bad Request: BUTTON_TYPE_INVALID")


def _checked(url: str, what: str, *, https_only: bool) -> str:
    try:
        return checked_link(url, https_only=https_only)
    except LinkError as error:
        raise bad_request(f"Inline keyboard button {what}URL '{url}' is invalid: {error}") from None


def check_pay_buttons(markup: Json | None, *, invoice: bool) -> None:
    """A pay button must be the first one, and only under an invoice, whose first button it has to be."""
    rows = (markup or {}).get("inline_keyboard") or []
    places = [(i, j) for i, row in enumerate(rows) for j, button in enumerate(row) if "pay" in button]
    if places and (not invoice or places != [(0, 0)]):
        raise ApiError(400, "Bad Request: BUTTON_TYPE_INVALID")
    if invoice and rows and not places:
        raise ApiError(400, "Bad Request: REPLY_MARKUP_BUY_EMPTY")
