"""answerCallbackQuery (telegram-bot-api Client.cpp: process_answer_callback_query_query)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.methods.registry import method
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


@method("answerCallbackQuery")
def answer_callback_query(sandbox: Sandbox, args: Args) -> bool:
    query_id = str(args.integer("callback_query_id"))
    sandbox.callbacks.answer(query_id, args.text("text"), args.flag("show_alert"), args.text("url"))
    return True
