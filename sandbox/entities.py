"""Formatted text: entities made consistent, cleaned, trimmed, and found in plain text.

Rules: td MessageEntity.cpp (fix_formatted_text, fix_entities, split_entities, find_entities) and misc.cpp
(clean_input_string). Inside, offsets count code points; the API's count UTF-16 code units.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sandbox.model import Json

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
BLOCKQUOTES = ("blockquote", "expandable_blockquote")
PRE = ("pre", "code", "date_time")
_PRIORITY = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "date_time": 30, "text_link": 49, "text_mention": 49,
    "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip


@dataclass
class Entity:
    type: str
    offset: int
    length: int
    extra: Json = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.offset, -self.length, _PRIORITY.get(self.type, 50))


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) + sum(char > "\uffff" for char in text)


_TO_SPACE = {code: " " for code in range(33) if code not in (10, 13)}
_DROPPED = dict.fromkeys([13, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A])
_CLEANING = {**_TO_SPACE, **_DROPPED}
_BLANKS = re.compile("[\u1680\u180e\u2000-\u200a\u202e\u202f\u205f\u2800\u3000\ufffc\U000e0000-\U000e007f]")
_INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u00a0 \n]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")


def is_blank(text: str) -> bool:
    """Nothing but characters that show nothing (td misc.cpp: is_empty_string)."""
    return not _INVISIBLE.sub("", _BLANKS.sub(" ", text))


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, others vanish; spaces and line ends are trimmed; entities follow."""
    if entities:
        kept: list[int] = [0]
        for char in text:
            kept.append(kept[-1] + (ord(char) not in _DROPPED))
        for entity in entities:
            begin, end = kept[entity.offset], kept[entity.end]
            entity.offset, entity.length = begin, end - begin
    text = text.translate(_CLEANING)
    text = _DIRECTION_MARKS.sub(lambda marks: "\u200c" * len(marks[0]), text)
    trimmed = text.rstrip(" \n")
    for entity in entities:
        entity.length = min(entity.end, len(trimmed)) - entity.offset
    first = min([entity.offset for entity in entities if entity.length > 0], default=len(trimmed))
    lead = min(len(trimmed) - len(trimmed.lstrip(" \n")), first)
    for entity in entities:
        entity.offset -= lead
    return trimmed[lead:], [entity for entity in entities if entity.length > 0]


def _without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda one: one.order):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    return (entity.offset < quote.offset < entity.end) or (entity.offset < quote.end < entity.end)


def merge(entities: list[Entity], found: Iterable[Entity] = ()) -> list[Entity]:
    """A consistent set: links, code and the like do not overlap, styles are cut where others begin and end."""
    styles = sorted((one for one in entities if one.type in SPLITTABLE), key=lambda one: one.order)
    quotes = _without_overlaps(one for one in entities if one.type in BLOCKQUOTES)
    fixed = _without_overlaps(one for one in entities if one.type not in SPLITTABLE + BLOCKQUOTES)
    for new in found:
        if all(new.end <= old.offset or new.offset >= old.end for old in fixed):
            fixed.append(new)
    fixed = [one for one in fixed if not any(_crosses(one, quote) for quote in quotes)]
    others = sorted(fixed + quotes, key=lambda one: one.order)
    return sorted(others + _cut_styles(styles, others), key=lambda one: one.order)


def _cut_styles(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    united: dict[str, list[Entity]] = {kind: [] for kind in SPLITTABLE}
    for style in styles:
        same = united[style.type]
        if same and style.offset <= same[-1].end:
            same[-1].length = max(same[-1].end, style.end) - same[-1].offset
        else:
            same.append(Entity(style.type, style.offset, style.length))
    cuts = {one.offset for one in others} | {one.end for one in others}
    cuts |= {one.offset for same in united.values() for one in same}
    code = [one for one in others if one.type in PRE]
    pieces: list[Entity] = []
    for same in united.values():
        for style in same:
            edges = [style.offset, *sorted(cut for cut in cuts if style.offset < cut < style.end), style.end]
            pieces += [Entity(style.type, a, b - a) for a, b in itertools.pairwise(edges)]
    return [one for one in pieces if not any(pre.offset <= one.offset and one.end <= pre.end for pre in code)]


_WORD = r"[\w]"
_FINDERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("email", re.compile(r"(?<![\w.+\-@])[A-Za-z0-9_.+\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}(?![\w@])")),
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:(?:https?|ftp)://[^\s<>\"«»]*[^\s<>\"«».,:;!?'(){}\[\]~`*_|]"
            r"|tg://[^\s<>\"]+"
            r"|(?:[a-z0-9\-]+\.)+(?:com|org|net|de|io|me|info|example|co|uk|eu|app|dev|shop|fr|es|it|nl|pl|ru|us|at|ch)"
            r"(?::\d{1,5})?(?:/[^\s<>\"«»]*[^\s<>\"«».,:;!?'(){}\[\]~`*_|])?/?(?![\w@]))",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")),
)  # fmt: skip


def find_entities(text: str) -> list[Entity]:
    """Commands, addresses, mails, mentions, hashtags in a text, as the server and the apps find them."""
    found: list[Entity] = []
    if not any(char in text for char in "/@#$."):
        return found
    for kind, pattern in _FINDERS:
        for match in pattern.finditer(text):
            one = Entity(kind, match.start(), match.end() - match.start())
            if all(one.end <= old.offset or one.offset >= old.end for old in found):
                found.append(one)
    return sorted(found, key=lambda one: one.order)


def to_api(text: str, entities: Iterable[Entity]) -> list[Json]:
    """The API's `MessageEntity` list, offsets in UTF-16 code units."""
    wide = [index for index, char in enumerate(text) if char > "\uffff"]
    shown: list[Json] = []
    for one in entities:
        before = sum(index < one.offset for index in wide)
        inside = sum(one.offset <= index < one.end for index in wide)
        shown.append(
            {"offset": one.offset + before, "length": one.length + inside, "type": one.type, **one.extra}
        )
    return shown
