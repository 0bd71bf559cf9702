"""Inline queries: asked by people, answered by the bot, a result sent `via_bot`.

Rules: telegram-bot-api Client.cpp (get_inline_query_results, get_input_message_content) and td
InlineQueriesManager.cpp (answer_inline_query). core.telegram.org/bots/api#answerinlinequery: at most 50 results.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox import text as texts
from sandbox.callbacks import TOO_OLD
from sandbox.errors import ApiError, PersonError, bad_request
from sandbox.links import LinkError, checked_link
from sandbox.markup import markup_of
from sandbox.model import Chat, Json, Message, User
from sandbox.people import People
from sandbox.previews import checked_options
from sandbox.world import World

ANSWERABLE = 10.0
"""Seconds for which a query can be answered. Telegram documents no number; bots report refusals from some 10 s on."""
MAX_RESULTS = 50
MAX_ID = 64
MAX_NEXT_OFFSET = 64
KEPT = 500
FILE_TYPES = ("photo", "document")


@dataclass
class InlineQuery:
    id: str
    user: int
    query: str
    offset: str
    at: float
    results: list[Json] | None = None
    next_offset: str = ""
    button: Json | None = None
    update_id: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)


class InlineQueries:
    """The queries of this run."""

    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people
        self._by_id: dict[str, InlineQuery] = {}

    def ask(self, user: User, query: str, offset: str, chat: Chat | None) -> InlineQuery:
        """A person types `@bot query`: `inline_query`."""
        world = self._world
        if not world.profile["supports_inline_queries"]:
            raise PersonError(409, "this bot has no inline mode")
        asked = InlineQuery(str(secrets.randbits(62)), user.id, query, offset, world.clock.now())
        self._by_id[asked.id] = asked
        while len(self._by_id) > KEPT:
            del self._by_id[next(iter(self._by_id))]
        world.meet(user.id)
        body: Json = {"id": asked.id, "from": user.view()}
        if chat is not None:
            body["chat_type"] = "sender" if chat.type == "private" else chat.type
        asked.update_id = world.updates.add("inline_query", {**body, "query": query, "offset": offset})
        return asked

    def find(self, query_id: str) -> InlineQuery:
        try:
            return self._by_id[query_id]
        except KeyError:
            raise PersonError(404, "there is no such inline query") from None

    def state(self, asked: InlineQuery) -> Json:
        """What the person's app knows of the query."""
        late = self._world.clock.now() > asked.at + ANSWERABLE
        state = "answered" if asked.results is not None else "expired" if late else "waiting"
        shown: Json = {
            "id": asked.id,
            "state": state,
            "results": asked.results or [],
            "next_offset": asked.next_offset,
            "update_id": asked.update_id,
        }
        if asked.button is not None:
            shown["button"] = asked.button
        return shown

    def answer(self, query_id: str, results: list[Json], next_offset: str, button: Json | None) -> None:
        """The bot's results. 400 for a query that is unknown, answered or too old."""
        asked = self._by_id.get(query_id)
        if asked is None or asked.results is not None or self._world.clock.now() > asked.at + ANSWERABLE:
            raise bad_request(TOO_OLD)
        asked.results, asked.next_offset, asked.button = results, next_offset, button
        asked.done.set()
        data = {"id": asked.id, "state": "answered"}
        self._world.events.tell("inline", data, frozenset({asked.user}))

    def send(
        self, asked: InlineQuery, result_id: str, chat: Chat, content: Json, markup: Json | None
    ) -> Message:
        """Sends a chosen result into a chat; the bot hears of the choice if its feedback is on."""
        world = self._world
        user = world.users[asked.user]
        inline_id = "AQAA" + secrets.token_urlsafe(15) if markup is not None else ""
        message = self._people.send(user, chat, content, markup=markup, via_bot=True, inline_id=inline_id)
        if world.profile["inline_feedback"]:
            chosen: Json = {"from": user.view(), "query": asked.query, "result_id": result_id}
            if inline_id:
                chosen["inline_message_id"] = inline_id
            world.updates.add("chosen_inline_result", chosen)
        return message


def checked_results(value: Any) -> list[Json]:
    """The results of an answer, refused where Telegram refuses them."""
    if not isinstance(value, list):
        raise bad_request("Expected an Array of inline query results")
    if len(value) > MAX_RESULTS:
        raise bad_request("Too many inline query results specified")
    seen: set[str] = set()
    for one in value:
        result_id = _checked_result(one)
        if not 1 <= len(result_id.encode()) <= MAX_ID:
            raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
        if result_id in seen:
            raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
        seen.add(result_id)
    return value


def _checked_result(one: Any) -> str:
    if not isinstance(one, dict):
        raise _unparsed("Inline query result must be an object")
    kind = str(_needed(one, "type")).lower()
    result_id = str(_needed(one, "id"))
    if kind == "article":
        _needed(one, "title")
        if result_content(one) is None:
            raise _unparsed("Input message content is not specified")
        _check_address(one.get("thumbnail_url"))
    elif kind in FILE_TYPES:
        source = one.get(f"{kind}_url") or _needed(one, f"{kind}_file_id")
        if not isinstance(source, str):
            raise _unparsed(f'Field "{kind}_url" must be of type String')
        result_content(one)
    else:
        raise bad_request(
            f"the sandbox knows inline results of type article, photo and document, not {kind!r}"
        )
    if one.get("reply_markup") is not None:
        markup_of(one["reply_markup"])
    return result_id


def result_content(one: Json) -> Json | None:
    """The text that a result sends; None if it sends its own file."""
    given = one.get("input_message_content")
    source = given if isinstance(given, dict) else one
    message_text = source.get("message_text")
    if not message_text:
        return None
    options = None
    if (wish := source.get("link_preview_options")) is not None:
        if not isinstance(wish, dict):
            raise _unparsed('Field "link_preview_options" must be of type Object')
        try:
            options = checked_options(wish)
        except ValueError as wrong:
            raise _unparsed(str(wrong)) from None
    text, entities = texts.formatted(
        str(message_text), str(source.get("parse_mode", "")), source.get("entities"), allow_empty=False
    )
    if len(text) > texts.MAX_TEXT:
        raise bad_request("Message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if options is not None:
        content["link_preview_options"] = options
    return content


def _check_address(address: Any) -> None:
    """One picture's address that is none refuses the whole answer (core.telegram.org/method/messages.setInlineBotResults)."""
    if not address:
        return
    try:
        checked_link(str(address))
    except LinkError:
        raise ApiError(400, "Bad Request: WEBDOCUMENT_URL_INVALID") from None


def _needed(one: Json, name: str) -> Any:
    value = one.get(name)
    if value is None or value == "":
        raise _unparsed(f'Can\'t find field "{name}"')
    return value


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"Can't parse inline query result: {reason}")
