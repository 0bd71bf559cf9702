"""The bot that the shop is measured against: python-telegram-bot as its users write it, with its defaults.

``python -m benchmarks.echo_bot URL TOKEN [concurrent]``
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(url: str, token: str, *more: str) -> None:
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    if "concurrent" in more:
        builder = builder.concurrent_updates(True)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
