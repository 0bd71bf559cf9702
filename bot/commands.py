"""The commands that Telegram's menu shows, in each language, and what the bot says of itself before the first message."""

from __future__ import annotations

import telegram
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from bot.texts import Texts
from domain.shop import Shop

PRIVATE = (
    "start", "search", "cart", "orders", "login", "logout", "language", "help", "terms", "privacy", "support",
)  # fmt: skip
GROUP = ("orders", "questions", "stock", "import", "close")


async def register_commands(bot: telegram.Bot, texts: Texts, shop: Shop) -> None:
    """Register both menus in every language; the default language's stands for all others. Raises TelegramError."""
    for language in texts.languages:
        words = texts.words(language)
        code = "" if language == texts.default else language
        private = [BotCommand(name, words.plain(f"command-{name}")) for name in PRIVATE]
        group = [BotCommand(name, words.plain(f"command-staff-{name}")) for name in GROUP]
        await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_commands(group, scope=BotCommandScopeAllGroupChats(), language_code=code)
        await bot.set_my_description(words.plain("bot-description", shop=shop.name), language_code=code)
        await bot.set_my_short_description(
            words.plain("bot-short-description", shop=shop.name), language_code=code
        )
    await bot.delete_my_commands(scope=BotCommandScopeDefault())
    await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
