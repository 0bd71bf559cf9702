"""getMe, and what the bot says about itself: names, descriptions, commands, the menu button.

Rules: telegram-bot-api Client.cpp (JsonUser, get_bot_commands, get_bot_command_scope, check_bot_command_scope) and
td BotCommand.cpp, BotMenuButton.cpp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.registry import method
from sandbox.model import Json
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


@method("getMe")
def get_me(sandbox: Sandbox, args: Args) -> Json:
    world = sandbox.world
    return {
        **world.bot.view(),
        "can_join_groups": world.profile["can_join_groups"],
        "can_read_all_group_messages": world.profile["can_read_all_group_messages"],
        "supports_inline_queries": world.profile["supports_inline_queries"],
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }
