"""From a call's text, parse mode and entities to the formatted text that a message keeps.

Rules: telegram-bot-api Client.cpp (get_formatted_text, get_input_message_text, get_text_entity) and td
MessageEntity.cpp (fix_formatted_text), MessageContent.cpp (the limits, counted in code points).
"""

from __future__ import annotations

from typing import Any

from sandbox.entities import Entity, clean, find_entities, is_blank, merge, to_api
from sandbox.errors import bad_request
from sandbox.links import LinkError, checked_link
from sandbox.model import Json
from sandbox.params import Args, json_or_none
from sandbox.parse_html import ParseError, parse_html

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW = 1 << 15
_PLAIN_STYLES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote",
}  # fmt: skip
_FOUND_BY_SERVER = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}

Formatted = tuple[str, list[Json]]


def formatted(text: str, parse_mode: str, entities: Any, *, allow_empty: bool) -> Formatted:
    """Parses, cleans and trims; finds links and commands. Raises the API's own 400s."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_RAW:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    marked: list[Entity] = []
    if text and mode and mode != "none":
        if mode in ("markdown", "markdownv2"):
            raise bad_request("Can't parse entities: the sandbox reads parse_mode HTML only")
        if mode != "html":
            raise bad_request("Unsupported parse_mode")
        try:
            text, marked = parse_html(text)
        except ParseError as error:
            raise bad_request(f"Can't parse entities: {error}") from None
    elif isinstance(entities, list):
        marked = _given_entities(text, entities)
    text, marked = clean(text, merge(marked))
    if is_blank(text):
        if not allow_empty:
            raise bad_request("Text must be non-empty")
        return "", []
    return text, to_api(text, merge(marked, find_entities(text)))


def message_text(args: Args, *, too_long: str = "Message is too long") -> Formatted:
    """The text of sendMessage and editMessageText: not empty, at most 4,096 code points once it is parsed."""
    if not args.text("text"):
        raise bad_request("Message text is empty")
    entities = json_or_none(args.text("entities"))
    text, marked = formatted(args.text("text"), args.text("parse_mode"), entities, allow_empty=False)
    if len(text) > MAX_TEXT:
        raise bad_request(too_long)
    return text, marked


def caption(
    text: str, parse_mode: str, entities: Any, *, too_long: str = "Message caption is too long"
) -> Formatted:
    """A caption: may be empty, at most 1,024 code points once it is parsed."""
    text, marked = formatted(text, parse_mode, entities, allow_empty=True)
    if len(text) > MAX_CAPTION:
        raise bad_request(too_long)
    return text, marked


def call_caption(args: Args, *, too_long: str = "Message caption is too long") -> Json:
    """The caption fields of a message from the parameters of a call."""
    entities = json_or_none(args.text("caption_entities"))
    return caption_fields(
        *caption(args.text("caption"), args.text("parse_mode"), entities, too_long=too_long)
    )


def caption_fields(text: str, entities: list[Json]) -> Json:
    fields: Json = {}
    if text:
        fields["caption"] = text
    if entities:
        fields["caption_entities"] = entities
    return fields


def _given_entities(text: str, given: list[Any]) -> list[Entity]:
    positions = _code_points(text)
    size = len(positions) - 1
    entities: list[Entity] = []
    for one in given:
        if not isinstance(one, dict):
            raise bad_request("Can't parse MessageEntity: expected an Object")
        offset, length, kind = one.get("offset"), one.get("length"), one.get("type")
        for name, value in (("offset", offset), ("length", length), ("type", kind)):
            if value is None:
                raise bad_request(f"Can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(offset, int) or not isinstance(length, int) or not isinstance(kind, str):
            raise bad_request("Can't parse MessageEntity: wrong field type")
        if kind in _FOUND_BY_SERVER:
            continue
        extra = _entity_extra(kind, one)
        if extra is None or length == 0:
            continue
        for name, value in (("offset", offset), ("length", length)):
            if not 0 <= value <= 1_000_000:
                raise bad_request(f"Receive an entity with incorrect {name} {value}")
        if offset > size:
            raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > size:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset "
                f"{offset + length}"
            )
        begin, end = positions[offset], positions[offset + length]
        byte = len(text[: max(begin, -1 - begin)].encode())
        if begin < 0:
            raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at byte offset {byte}")
        if end < 0:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol at byte offset {byte}"
            )
        entities.append(Entity(kind, begin, end - begin, extra))
    return entities


def _entity_extra(kind: str, one: Json) -> Json | None:
    if kind in _PLAIN_STYLES:
        return {}
    if kind == "pre":
        return {"language": one["language"]} if one.get("language") else {}
    if kind == "text_link":
        try:
            return {"url": checked_link(str(one.get("url", "")))}
        except LinkError:
            return None
    if kind == "text_mention":
        user = one.get("user")
        if not isinstance(user, dict) or not isinstance(user.get("id"), int):
            raise bad_request("Can't parse MessageEntity: Can't find field \"user\"")
        return {"user_id": user["id"]}
    if kind == "custom_emoji":
        return {"custom_emoji_id": str(one.get("custom_emoji_id", ""))}
    if kind == "date_time":
        return {"unix_time": one.get("unix_time"), "date_time_format": one.get("date_time_format", "")}
    raise bad_request("Can't parse MessageEntity: Unsupported type specified")


def _code_points(text: str) -> list[int]:
    """For each UTF-16 offset the code point's index; the middle of a surrogate pair is negative."""
    positions: list[int] = []
    for index, char in enumerate(text):
        positions.append(index)
        if char > "\uffff":
            positions.append(-1 - index)
    positions.append(len(text))
    return positions
