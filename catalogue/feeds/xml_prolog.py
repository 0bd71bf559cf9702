"""What an XML file says of itself before its first record: encoding, root, release, and whether it defines entities."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

PROLOG_BYTES: Final = 65_536

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.\-]*)[\"']")
_ONE_BYTE: Final = re.compile(
    r"utf-8|(?:us-)?ascii|latin-?1|iso-?8859-?\d+|iso-2022-\w+|windows-?\d+|cp-?\d+|koi8-\w|mac\w*|gb\w+|big5\w*|euc-\w+|shift_jis"
)
"""Encodings of text in which the signs of XML are ASCII's."""

_SKIPPED: Final = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+[^\[>]*(\[.*?\]\s*)?>", re.DOTALL)
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:.\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ONIX_2: Final = re.compile(r"/onix/2|onix-international|/2\.[01]/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prolog:
    """``root`` is the root element's local name; ``opening`` its whole start tag, to wrap single records in.

    ``doctype`` is the document type declaration, empty if there is none; ``entities`` whether it declares entities.
    """

    encoding: str
    root: str
    opening: str
    attributes: dict[str, str]
    doctype: str
    entities: bool

    @property
    def namespace(self) -> str:
        """The root's namespace, by its prefix or the default one; empty if it has none."""
        prefix = self.opening[1:].partition(":")[0] if ":" in self.opening.split(None, 1)[0] else ""
        return self.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "")

    @property
    def closing(self) -> str:
        """The end tag that fits ``opening``."""
        return f"</{self.opening[1:].split(None, 1)[0].rstrip('>')}>"

    @property
    def onix_release(self) -> str:
        """The release that the message claims: by attribute, namespace or document type; empty if it claims none."""
        if "release" in self.attributes:
            return self.attributes["release"].strip()
        if _ONIX_2.search(self.doctype) or _ONIX_2.search(self.namespace):
            return "2.1"
        return "3.0" if "/onix/3" in self.namespace else ""


def read_prolog(start: bytes) -> Prolog | None:
    """The prolog of a file that begins with ``start``; None if that is no XML, or its root does not begin within it."""
    encoding = next((name for mark, name in _BOMS if start.startswith(mark)), "")
    if not encoding and start.startswith((b"<\x00", b"\x00<")):
        encoding = "utf-16-le" if start.startswith(b"<\x00") else "utf-16-be"
    text = start.decode(encoding or "latin-1", errors="replace").lstrip("\ufeff")
    if text.startswith("\u00ef\u00bb\u00bf"):
        text = text[3:]
    if not text.lstrip().startswith("<"):
        return None
    declared = _DECLARED.search(text[:400])
    if not encoding:
        # A declaration that can be read byte by byte is not in UTF-16, whatever it says: programs write that of their strings.
        encoding = declared.group(1).lower() if declared else "utf-8"
        if not _ONE_BYTE.fullmatch(encoding):
            encoding = "utf-8"
    doctype, place = "", 0
    while True:
        skipped = _SKIPPED.match(text, place)
        if skipped is not None:
            place = skipped.end()
            continue
        kind = _DOCTYPE.match(text, place)
        if kind is None:
            break
        doctype, place = kind.group(0), kind.end()
    if text.startswith("<!DOCTYPE", place):
        return Prolog(encoding, "", "", {}, text[place:], entities=True)
    root = _ROOT.match(text, place)
    if root is None:
        return None
    attributes = {name: one or other for name, one, other in _ATTRIBUTE.findall(root.group(3))}
    opening = root.group(0).removesuffix("/>").removesuffix(">") + ">"
    return Prolog(encoding, root.group(2), opening, attributes, doctype, "<!ENTITY" in doctype)
