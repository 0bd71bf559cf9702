"""getMe, and what the bot says about itself: names, descriptions, commands, the menu button.

Rules: telegram-bot-api Client.cpp (JsonUser, get_bot_commands, get_bot_command_scope, check_bot_command_scope) and
td BotCommand.cpp (set_commands), BotMenuButton.cpp, misc (validate_bot_language_code).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.access import check_chat
from sandbox.commands import command_lists, scope_key
from sandbox.errors import ApiError, bad_request
from sandbox.links import LinkError, checked_link
from sandbox.methods.registry import Handler, method
from sandbox.model import Json
from sandbox.params import Args, leading_integer

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_DESCRIPTION = 256
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
TEXT_LIMITS = {
    "names": ("name", 64),
    "descriptions": ("description", 512),
    "short_descriptions": ("short_description", 120),
}


@method("getMe")
def get_me(sandbox: Sandbox, args: Args) -> Json:
    profile = sandbox.world.profile
    return {
        **sandbox.world.bot.view(),
        "can_join_groups": profile["can_join_groups"],
        "can_read_all_group_messages": profile["can_read_all_group_messages"],
        "supports_inline_queries": profile["supports_inline_queries"],
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _language(args: Args) -> str:
    code = args.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("Invalid language code specified")
    return code


def _scope(sandbox: Sandbox, args: Args) -> Json:
    value = args.json("scope", "Can't parse BotCommandScope JSON object")
    if value is None:
        return {"type": "default"}
    prefix = "Can't parse BotCommandScope: "
    if not isinstance(value, dict):
        raise bad_request(prefix + "BotCommandScope must be an Object")
    kind = value.get("type")
    if kind is None:
        raise bad_request(prefix + 'Can\'t find field "type"')
    if kind in PLAIN_SCOPES:
        return {"type": kind}
    if kind not in CHAT_SCOPES:
        raise bad_request(prefix + "Unsupported type specified")
    if value.get("chat_id") is None:
        raise bad_request(prefix + 'Can\'t find field "chat_id"')
    chat_id = str(value["chat_id"])
    if not chat_id:
        raise bad_request(prefix + "Empty chat_id specified")
    scope: Json = {"type": kind}
    user_id = 0
    if kind == "chat_member":
        user_id = leading_integer(str(value.get("user_id", 0)))
        if user_id <= 0:
            raise bad_request(prefix + "Invalid user_id specified")
    scope["chat_id"] = check_chat(sandbox.world, chat_id, "members").id
    if user_id:
        scope["user_id"] = user_id
    return scope


def _commands(args: Args) -> list[Json]:
    value: Any = args.json("commands", "Can't parse commands JSON object")
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of BotCommand")
    commands: list[Json] = []
    for one in value:
        prefix = "Can't parse BotCommand: "
        if not isinstance(one, dict):
            raise bad_request(prefix + "expected an Object")
        for name in ("command", "description"):
            if not isinstance(one.get(name), str):
                raise bad_request(prefix + f'Can\'t find field "{name}"')
        command, description = one["command"].strip().removeprefix("/"), one["description"].strip()
        if not command:
            raise bad_request("Command must be non-empty")
        if len(command) > MAX_COMMAND:
            raise bad_request(f"Command length must not exceed {MAX_COMMAND}")
        if not description:
            raise bad_request("Command description must be non-empty")
        if len(description) > MAX_DESCRIPTION:
            raise bad_request(f"Command description length must not exceed {MAX_DESCRIPTION}")
        if not re.fullmatch(r"[a-z0-9_]+", command):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        commands.append({"command": command, "description": description})
    if len(commands) > MAX_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    return commands


@method("setMyCommands")
def set_my_commands(sandbox: Sandbox, args: Args) -> bool:
    commands, scope, language = _commands(args), _scope(sandbox, args), _language(args)
    _store(sandbox, scope_key(scope, language), commands)
    return True


@method("deleteMyCommands")
def delete_my_commands(sandbox: Sandbox, args: Args) -> bool:
    _store(sandbox, scope_key(_scope(sandbox, args), _language(args)), [])
    return True


def _store(sandbox: Sandbox, key: str, commands: list[Json]) -> None:
    lists = command_lists(sandbox.world)
    if commands:
        lists[key] = commands
    else:
        lists.pop(key, None)
    sandbox.world.save_profile()
    sandbox.world.events.tell("commands", {})


@method("getMyCommands")
def get_my_commands(sandbox: Sandbox, args: Args) -> list[Json]:
    return command_lists(sandbox.world).get(scope_key(_scope(sandbox, args), _language(args)), [])


def _menu_button(args: Args) -> Json:
    value: Any = args.json("menu_button", "Can't parse menu button JSON object")
    if value is None:
        return {"type": "default"}
    prefix = "Can't parse menu button: "
    if not isinstance(value, dict):
        raise bad_request(prefix + "MenuButton must be an Object")
    kind = value.get("type")
    if kind is None:
        raise bad_request(prefix + 'Can\'t find field "type"')
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise bad_request(prefix + "MenuButton has unsupported type")
    text, app = value.get("text"), value.get("web_app")
    if not isinstance(text, str) or not isinstance(app, dict) or not isinstance(app.get("url"), str):
        raise bad_request(prefix + "a Web App button has text and web_app.url")
    try:
        url = checked_link(app["url"], https_only=True)
    except LinkError as error:
        raise bad_request(f"Menu button Web App URL '{app['url']}' is invalid: {error}") from None
    return {"type": "web_app", "text": text, "web_app": {"url": url}}


def _menu_owner(sandbox: Sandbox, args: Args) -> str:
    if "chat_id" not in args:
        return ""
    user_id = args.integer("chat_id")
    if user_id <= 0:
        raise bad_request("invalid chat_id specified")
    user = sandbox.world.users.get(user_id)
    if user is None or not (user.known or user.started):
        raise bad_request("user not found")
    return str(user_id)


@method("setChatMenuButton")
def set_chat_menu_button(sandbox: Sandbox, args: Args) -> bool:
    button, owner = _menu_button(args), _menu_owner(sandbox, args)
    buttons = {**sandbox.world.profile.get("menu_buttons", {}), owner: button}
    sandbox.world.save_profile(menu_buttons=buttons)
    sandbox.world.events.tell("commands", {})
    return True


@method("getChatMenuButton")
def get_chat_menu_button(sandbox: Sandbox, args: Args) -> Json:
    buttons = sandbox.world.profile.get("menu_buttons", {})
    owner = _menu_owner(sandbox, args)
    button: Json = buttons.get(owner, {"type": "default" if owner else "commands"})
    return button


def _text_methods(key: str, setter: str, getter: str) -> None:
    """Registers the pair of methods for one of the bot's texts, kept by language."""
    field, limit = TEXT_LIMITS[key]

    def change(sandbox: Sandbox, args: Args) -> bool:
        text, language = args.text(field), _language(args)
        if len(text) > limit:
            raise ApiError(400, f"Bad Request: {'BOT_TITLE' if field == 'name' else 'BOT_ABOUT'}_INVALID")
        texts = {**sandbox.world.profile.get(key, {}), language: text}
        sandbox.world.save_profile(**{key: {code: one for code, one in texts.items() if one}})
        if key == "names" and not language and text:
            sandbox.world.bot.first_name = text
            sandbox.world.save_user(sandbox.world.bot)
        return True

    def read(sandbox: Sandbox, args: Args) -> Json:
        texts = sandbox.world.profile.get(key, {})
        default = sandbox.world.bot.first_name if key == "names" else ""
        return {field: texts.get(_language(args)) or texts.get("") or default}

    handlers: tuple[tuple[str, Handler], ...] = ((setter, change), (getter, read))
    for name, handler in handlers:
        method(name)(handler)


_text_methods("names", "setMyName", "getMyName")
_text_methods("descriptions", "setMyDescription", "getMyDescription")
_text_methods("short_descriptions", "setMyShortDescription", "getMyShortDescription")
