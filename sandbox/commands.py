"""The bot's command menus: kept by scope and language, resolved for a person in a chat.

core.telegram.org/bots/api#determining-list-of-commands: the narrowest scope that has a list wins, in each the person's
language before the general one.
"""

from __future__ import annotations

from sandbox.model import Chat, Json, User
from sandbox.world import World


def scope_key(scope: Json, language: str) -> str:
    """How a list is filed."""
    parts = [str(scope["type"]), *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope)]
    return "/".join(parts) + f"|{language}"


def command_lists(world: World) -> dict[str, list[Json]]:
    lists: dict[str, list[Json]] = world.profile.setdefault("commands", {})
    return lists


def commands_for(world: World, chat: Chat, user: User) -> list[Json]:
    """The menu that this person sees in this chat."""
    if chat.type == "private":
        scopes: list[Json] = [
            {"type": "chat", "chat_id": chat.id},
            {"type": "all_private_chats"},
            {"type": "default"},
        ]
    else:
        scopes = [{"type": "chat_member", "chat_id": chat.id, "user_id": user.id}]
        if chat.member(user.id).is_admin:
            scopes.append({"type": "chat_administrators", "chat_id": chat.id})
        scopes.append({"type": "chat", "chat_id": chat.id})
        if chat.member(user.id).is_admin:
            scopes.append({"type": "all_chat_administrators"})
        scopes += [{"type": "all_group_chats"}, {"type": "default"}]
    lists = command_lists(world)
    for scope in scopes:
        for language in (user.language_code[:2].lower(), ""):
            found = lists.get(scope_key(scope, language))
            if found:
                return found
    return []


def menu_button_for(world: World, chat: Chat) -> Json:
    """The button beside the text field in a private chat."""
    buttons: dict[str, Json] = world.profile.get("menu_buttons", {})
    own = buttons.get(str(chat.id), {"type": "default"})
    return own if own["type"] != "default" else buttons.get("", {"type": "commands"})
