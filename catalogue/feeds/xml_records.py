"""The records of an XML file one at a time, whatever its size, and past those that are broken.

libxml2 reads the file as a stream, without entities, document types or the network. Where it stops at a mistake, the file
is read again as text, cut into records, and each of them parsed by itself, so that one bad record costs no other.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lxml import etree

from catalogue.feeds.onix_names import Element, local_name
from catalogue.feeds.streams import Stream
from catalogue.feeds.xml_prolog import Prolog

_CHUNK: Final = 1 << 18
_LONGEST_RECORD: Final = 8_000_000
_TAIL: Final = 4_096
"""Characters at a file's end in which its root's end tag stands, before some comments perhaps."""

_NAMED_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that is not well-formed: where it begins, and what the parser said."""

    line: int
    detail: str


class CutShort(Exception):
    """The file ends at a line where it should go on: its root has no end tag. All records before it were given."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Endless(Exception):
    """More stands between two records than any record has."""


class _Nested(Exception):
    """A record within a record: the outer one has lost its end tag."""


Found = tuple[Element, int] | BrokenRecord


def stream_records(open_stream: Callable[[], Stream], prolog: Prolog, tags: Sequence[str]) -> Iterator[Found]:
    """The elements with one of the local names ``tags``, in order, each with its line; to be used before the next is asked for.

    ``open_stream`` opens the file from its start; it is called again if the file is not well-formed. Raises CutShort in the
    end if the file breaks off.
    """
    read = 0
    with suppress(etree.XMLSyntaxError, _Nested, _Endless):
        for element in _parsed(open_stream(), prolog, tags):
            read += 1
            yield element, element.sourceline or 0
            _free(element)
        return
    yield from _cut(open_stream(), prolog, tags, read)


class _Metered:
    """A stream whose parser keeps all that it reads until a record is over: that has to end."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.since = 0
        """Bytes since the last record."""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.since += len(data)
        if self.since > _LONGEST_RECORD:
            raise _Endless
        return data


def _parsed(stream: Stream, prolog: Prolog, tags: Sequence[str]) -> Iterator[Element]:
    metered = _Metered(stream)
    events = etree.iterparse(
        metered,
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    for _, element in events:
        parent = element.getparent()
        if parent is not None and parent.getparent() is not None:
            raise _Nested
        if prolog.doctype:
            _spell_out_entities(element)
        metered.since = 0
        yield element


def _free(element: Element) -> None:
    """Let go of a record and of what stood before it, so that a file of any length takes the same room."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _spell_out_entities(element: Element) -> None:
    """HTML's named characters, which a document type outside the file would define, as the characters they are."""
    for entity in list(element.iter(etree.Entity)):
        parent = entity.getparent()
        if parent is None:
            continue
        text = html.unescape(str(entity.text)) + (entity.tail or "")
        before = entity.getprevious()
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text
        entity.tail = None
        parent.remove(entity)


def _cut(stream: Stream, prolog: Prolog, tags: Sequence[str], skipped: int) -> Iterator[Found]:
    """The records after the first ``skipped`` ones, each parsed by itself."""
    names = "|".join(re.escape(tag) for tag in tags)
    edge = re.compile(rf"<(/?)((?:[\w.\-]+:)?(?:{names}))(?=[\s>/])")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    number = 0
    texts = _Watched(_texts(stream, prolog.encoding))
    for snippet, line in _snippets(texts, edge):
        number += 1
        if number <= skipped:
            continue
        yield _parse(snippet, line, prolog, parser)
    if prolog.closing.removesuffix(">") not in texts.last:
        raise CutShort(texts.line)


class _Watched:
    """Keeps the end of a text, and the line that it has come to."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.last = ""
        self.line = 1

    def __iter__(self) -> Iterator[str]:
        for text in self._texts:
            self.line += text.count("\n")
            self.last = (self.last + text)[-_TAIL:]
            yield text


def _parse(snippet: str, line: int, prolog: Prolog, parser: etree.XMLParser) -> Found:
    text = _NAMED_ENTITY.sub(_character, snippet)
    try:
        root = etree.fromstring(f"{prolog.opening}{text}{prolog.closing}".encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return BrokenRecord(line, str(error).partition(", line")[0])
    if len(root) != 1:
        return BrokenRecord(line, "no end tag")
    return root[0], line


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _XML_ENTITIES:
        return match.group(0)
    spelled = html.unescape(match.group(0))
    return html.escape(spelled) if spelled != match.group(0) else html.escape(match.group(0))


def _texts(stream: Stream, encoding: str) -> Iterator[str]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except LookupError:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while chunk := stream.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _snippets(texts: Iterable[str], edge: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """The text of each record with the line it begins on. One without an end comes as far as the next one's start."""
    held, line, start = "", 1, -1
    searched = 0
    for text in texts:
        held += text
        while True:
            match = edge.search(held, searched)
            if match is None or held.find(">", match.end()) < 0:
                searched = max(start + 1 if start >= 0 else 0, (match.start() if match else len(held) - 64))
                break
            closing, end = match.group(1) == "/", held.find(">", match.end()) + 1
            if not closing and start < 0:
                start, searched = match.start(), end
                continue
            if start < 0:
                searched = end
                continue
            stop = end if closing else match.start()
            line += held.count("\n", 0, start)
            yield held[start:stop], line
            line += held.count("\n", start, stop)
            held, start, searched = held[stop:], -1, 0
        if start < 0:
            keep = max(0, len(held) - 256)
            line += held.count("\n", 0, keep)
            held, searched = held[keep:], max(0, searched - keep)
        elif len(held) - start > _LONGEST_RECORD:
            line += held.count("\n", 0, start)
            yield held[start : start + 200], line
            line += held.count("\n", start, len(held))
            held, start, searched = "", -1, 0
    if start >= 0:
        yield held[start:], line + held.count("\n", 0, start)


def is_named(element: Element, name: str) -> bool:
    """Whether the element's local name is ``name``, in capitals or not: reference names or short tags."""
    return local_name(str(element.tag)).lower() == name.lower()
