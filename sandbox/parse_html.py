"""The HTML parse mode (td MessageEntity.cpp: parse_html), with its errors word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.entities import Entity
from sandbox.links import LinkError, checked_link, link_user_id

_SPACE = " \t\r\n\0\v"
_STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
_TAGS = {*_STYLES, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]*)|#([0-9]*)|([A-Za-z]*));?")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")


class ParseError(ValueError):
    """Why the text is refused; the API says it after "can't parse entities: "."""


@dataclass
class _Open:
    tag: str
    argument: str
    date: int
    begin: int


def _decode_reference(text: str, position: int) -> tuple[str, int]:
    """The character that `&...;` stands for and the position after it; an empty string if it stands for itself."""
    found = _REFERENCE.match(text, position)
    if found is None:
        return "", position
    if found[3] is not None:
        return _NAMED.get(found[3], ""), found.end()
    digits = found[1] if found[1] is not None else found[2]
    code = int(digits, 16 if found[1] is not None else 10) if digits else 0
    length = found.end() - position - text[position : found.end()].endswith(";")
    if code == 0 or code >= 0x10FFFF or length >= 10:
        return "", position
    return chr(code), found.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def byte(self, position: int) -> int:
        return len(self.text[:position].encode("utf-8", "surrogatepass"))

    def peek(self) -> str:
        """The character here, an empty string at the end."""
        return self.text[self.at : self.at + 1]

    def skip_space(self) -> None:
        while self.peek() and self.peek() in _SPACE:
            self.at += 1

    def emit(self, piece: str) -> None:
        self.out.append(piece)
        self.length += len(piece)

    def run(self) -> tuple[str, list[Entity]]:
        text, size = self.text, len(self.text)
        while self.at < size:
            here = text[self.at]
            if here == "&":
                decoded, end = _decode_reference(text, self.at)
                if decoded:
                    self.emit(decoded)
                    self.at = end
                    continue
            if here != "<":
                stop = next((i for i in range(self.at + 1, size) if text[i] in "<&"), size)
                self.emit(text[self.at : stop])
                self.at = stop
            elif text.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        plain = "".join(self.out)
        if any("\ud800" <= char <= "\udfff" for char in plain):
            raise ParseError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
                "surrogate code units"
            )
        for entity in self.entities:
            if entity.type == "code":
                entity.extra = {}
        return plain, self.entities

    def _read_name(self, stop: str) -> str:
        begin = self.at
        while self.peek() and self.peek() not in stop:
            self.at += 1
        return self.text[begin : self.at].lower()

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._read_name(_SPACE + ">")
        if not self.peek():
            raise ParseError(f"Unclosed start tag at byte offset {self.byte(begin)}")
        if tag not in _TAGS:
            raise ParseError(f'Unsupported start tag "{tag}" at byte offset {self.byte(begin)}')
        argument, date = "", 0
        while self.peek() != ">":
            self.skip_space()
            if self.peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            if tag == "blockquote" and name == "expandable":
                argument = "1"
            elif tag == "a" and name == "href" and value is not None:
                argument = value
            elif tag == "code" and name == "class" and value and value.startswith("language-"):
                argument = value[9:]
            elif tag == "span" and name == "class" and value and value.startswith("tg-"):
                argument = value[3:]
            elif (tag, name) in (("tg-emoji", "emoji-id"), ("tg-time", "format")) and value is not None:
                argument = value
            elif (tag, name) == ("tg-time", "unix") and value and value.isdigit():
                date = int(value)
        if tag == "span" and argument != "spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}')
        self.at += 1
        self.open.append(_Open(tag, argument, date, self.length))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        found = _ATTRIBUTE_NAME.match(self.text, self.at)
        name = found[0] if found else ""
        if not name:
            if not self.peek():
                raise ParseError(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {self.byte(begin)}')
        self.at += len(name)
        self.skip_space()
        if not self.peek():
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        if self.peek() != "=":
            return name, None
        self.at += 1
        self.skip_space()
        if not self.peek():
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        value = self._quoted() if self.peek() in "\"'" else self._token()
        if not self.peek():
            raise ParseError(f"Unclosed start tag at byte offset {self.byte(begin)}")
        return name, value

    def _token(self) -> str:
        begin = self.at
        while self.peek().isascii() and (self.peek().isalnum() or self.peek() in (".", "-")):
            self.at += 1
        if self.peek() and self.peek() not in _SPACE + ">":
            raise ParseError(f"Unexpected end of name token at byte offset {self.byte(begin)}")
        return self.text[begin : self.at].lower()

    def _quoted(self) -> str:
        quote = self.peek()
        self.at += 1
        value: list[str] = []
        while self.peek() and self.peek() != quote:
            decoded, end = _decode_reference(self.text, self.at) if self.peek() == "&" else ("", 0)
            if decoded:
                self.at = end
            else:
                decoded = self.peek()
                self.at += 1
            value.append(decoded)
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {self.byte(begin)}")
        self.at += 2
        name = self._read_name(_SPACE + ">")
        self.skip_space()
        if self.peek() != ">":
            raise ParseError(f"Unclosed end tag at byte offset {self.byte(begin)}")
        opened = self.open[-1]
        if name and name != opened.tag:
            raise ParseError(
                f'Unmatched end tag at byte offset {self.byte(begin)}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.at += 1
        self.open.pop()
        if self.length > opened.begin:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        begin, length, argument = opened.begin, self.length - opened.begin, opened.argument
        last = self.entities[-1] if self.entities else None
        same = last is not None and last.offset == begin and last.length == length
        if opened.tag in _STYLES:
            self._add(_STYLES[opened.tag], begin, length)
        elif opened.tag == "blockquote":
            self._add("expandable_blockquote" if argument else "blockquote", begin, length)
        elif opened.tag == "tg-emoji":
            if not re.fullmatch(r"-?[0-9]+", argument) or int(argument) == 0:
                raise ParseError("Invalid custom emoji identifier specified")
            self._add("custom_emoji", begin, length, custom_emoji_id=argument)
        elif opened.tag == "tg-time":
            if opened.date > 0:
                self._add("date_time", begin, length, unix_time=opened.date, date_time_format=argument)
        elif opened.tag == "a":
            self._link(argument or "".join(self.out)[begin:], begin, length)
        elif opened.tag == "pre":
            if same and last is not None and last.type == "code" and last.extra:
                last.type = "pre"
            else:
                self._add("pre", begin, length)
        elif same and last is not None and last.type == "pre" and not last.extra and argument:
            last.extra = {"language": argument}
        else:
            self._add("code", begin, length, **({"language": argument} if argument else {}))

    def _link(self, address: str, begin: int, length: int) -> None:
        if user := link_user_id(address):
            self._add("text_mention", begin, length, user_id=user)
            return
        try:
            self._add("text_link", begin, length, url=checked_link(address))
        except LinkError:
            return  # Telegram keeps the text and drops the link

    def _add(self, kind: str, begin: int, length: int, **extra: object) -> None:
        self.entities.append(Entity(kind, begin, length, dict(extra)))


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities, whose offsets count code points; ParseError with Telegram's words."""
    return _Parser(text).run()
