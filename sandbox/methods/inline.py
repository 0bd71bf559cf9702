"""answerInlineQuery."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.errors import ApiError, bad_request
from sandbox.inline import MAX_NEXT_OFFSET, checked_results
from sandbox.methods.registry import method
from sandbox.model import Json
from sandbox.params import Args

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox


@method("answerInlineQuery")
def answer_inline_query(sandbox: Sandbox, args: Args) -> bool:
    button = _button(args)
    value: Any = args.json("results", "Can't parse JSON encoded inline query results")
    results = checked_results(value if value is not None else [])
    next_offset = args.text("next_offset")
    if len(next_offset.encode()) > MAX_NEXT_OFFSET:
        raise ApiError(400, "Bad Request: NEXT_OFFSET_INVALID")
    sandbox.inline.answer(str(args.integer("inline_query_id")), results, next_offset, button)
    return True


def _button(args: Args) -> Json | None:
    """The button above the results (Client.cpp: get_inline_query_results_button)."""
    value: Any = args.json("button", "Can't parse inline query results button JSON object")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("InlineQueryResultsButton must be an Object")
    if not isinstance(value.get("text"), str):
        raise bad_request('Can\'t find field "text"')
    if "start_parameter" in value:
        parameter = str(value["start_parameter"])
        if not parameter:
            raise bad_request("Can't use empty start_parameter")
        if len(parameter) > 64:
            raise bad_request("Too long start_parameter specified")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", parameter):
            raise bad_request("Unallowed characters in start_parameter are used")
        return {"text": value["text"], "start_parameter": parameter}
    if "web_app" in value:
        return {"text": value["text"], "web_app": value["web_app"]}
    raise bad_request("InlineQueryResultsButton must have exactly one optional field")
