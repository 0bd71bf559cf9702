"""What an ONIX product is: people, subjects, texts, cover. Its titles are in `onix_titles`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalogue.feeds import onix_codes as codes
from catalogue.feeds import subject_codes
from catalogue.feeds.languages import language_code
from catalogue.feeds.onix_names import Element, Group, Names, in_order, text_of, texts_of
from catalogue.feeds.plain_text import one_line, plain
from catalogue.feeds.reporting import Report
from domain.book import Form
from domain.catalogue import Role
from domain.feed import FeedContributor, Reason

_NAME_BY_CODE: Final = {"04": "Various authors"}
_LINE_ENDS: Final = re.compile(r"\s+")
_KEYWORD_BREAK: Final = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Subjects:
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def contributors(names: Names, elements: Sequence[Element], report: Report) -> tuple[FeedContributor, ...]:
    """Everybody with a name, in the order of their sequence numbers, with all their roles."""
    found: dict[str, tuple[tuple[Role, ...], tuple[str, ...]]] = {}
    for group in in_order(names, elements):
        name = _name(group)
        if not name:
            continue
        given = texts_of(group, "ContributorRole")
        roles: list[Role] = []
        for code in given:
            known = codes.ROLES.get(code)
            if known is None:
                report.unknown("onix-17", code)
            roles.extend(known or (Role.OTHER,))
        before = found.get(name, ((), ()))
        found[name] = (
            tuple(dict.fromkeys((*before[0], *(roles or [Role.OTHER])))),
            tuple(dict.fromkeys((*before[1], *given))),
        )
    return tuple(FeedContributor(name, roles, given) for name, (roles, given) in found.items())


def _name(group: Group) -> str:
    name = text_of(group, "PersonName")
    if not name and (key := text_of(group, "KeyNames")):
        parts = (text_of(group, "NamesBeforeKey"), text_of(group, "PrefixToKey"), key)
        name = " ".join(
            part for part in (*parts, text_of(group, "NamesAfterKey"), text_of(group, "SuffixToKey")) if part
        )
    if not name:
        name = uninverted(text_of(group, "PersonNameInverted"))
    name = name or text_of(group, "CorporateName") or text_of(group, "CorporateNameInverted")
    return one_line(name) or _NAME_BY_CODE.get(text_of(group, "UnnamedPersons"), "")


def uninverted(name: str) -> str:
    """``Le Guin, Ursula K.`` as it is spoken; a name with more or fewer commas than one stays."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and first.strip() else name.strip()


def language(names: Names, elements: Sequence[Element], default: str, report: Report) -> str:
    """The language of the text (list 22: 01)."""
    groups = [names.group(element) for element in elements]
    code = next(
        (text_of(g, "LanguageCode") for g in groups if text_of(g, "LanguageRole") in ("01", "08")), default
    )
    found = language_code(code) if code else ""
    if found is None:
        report.once(Reason.UNKNOWN_LANGUAGE, text=code)
    return found or ""


def pages(names: Names, elements: Sequence[Element], report: Report) -> int | None:
    extents: dict[str, str] = {}
    for element in elements:
        group = names.group(element)
        if text_of(group, "ExtentUnit") == codes.PAGES:
            extents.setdefault(text_of(group, "ExtentType"), text_of(group, "ExtentValue"))
    for kind in codes.PAGE_EXTENTS:
        value = extents.get(kind, "")
        if value.isdecimal() and 0 < int(value) < 100_000:
            return int(value)
        if value and value != "0":
            report.note(Reason.BAD_NUMBER, field="pages", text=value)
    return None


def form(code: str, details: Sequence[str], report: Report) -> Form | None:
    """By the product's form; by its details (list 175) where that says no more than that it is a book."""
    if not code:
        return None
    if code in codes.UNSPECIFIED_FORMS:
        for detail in details:
            if detail.startswith(codes.PAPERBACK_DETAILS):
                return Form.PAPERBACK
            if detail in codes.HARDBACK_DETAILS:
                return Form.HARDBACK
    found = codes.FORMS.get(code) or codes.FORMS.get(code[0])
    if found is None:
        report.unknown("onix-150", code)
    return found


def subjects(
    names: Names, elements: Sequence[Element], audiences: Sequence[Element], report: Report
) -> Subjects:
    """The shop's subjects of all schemes that it understands, the main subjects first, and the keywords."""
    main: list[tuple[str, ...]] = []
    more: list[tuple[str, ...]] = []
    words: list[tuple[str, ...]] = []
    keywords: list[str] = []
    teen = _teen_audience(names, audiences)
    for element in elements:
        group = names.group(element)
        scheme, code = text_of(group, "SubjectSchemeIdentifier"), text_of(group, "SubjectCode")
        heading = text_of(group, "SubjectHeadingText")
        if scheme == codes.KEYWORDS:
            keywords.extend(one_line(word) for word in _KEYWORD_BREAK.split(heading or code) if word.strip())
        elif scheme == codes.INTEREST_AGE:
            teen = teen or subject_codes.is_teen_age(code)
        elif scheme in codes.HEADING_SCHEMES:
            words.append(subject_codes.from_heading(heading or code))
        elif scheme not in codes.QUIET_SCHEMES and (code or heading):
            found = _of_scheme(scheme, code, heading, report)
            (main if "MainSubject" in group else more).append(found)
    known = subject_codes.gathered((*main, *more), teen=teen)
    if not known:
        known = subject_codes.gathered((*words, *map(subject_codes.from_heading, keywords)), teen=teen)
    return Subjects(known, tuple(dict.fromkeys(keywords)))


def _of_scheme(scheme: str, code: str, heading: str, report: Report) -> tuple[str, ...]:
    name, lookup = _SCHEMES.get(scheme, ("", None))
    if lookup is None and scheme in codes.DEWEY_SCHEMES:
        name, lookup = "dewey", subject_codes.from_dewey
    if lookup is None:
        report.unknown("onix-27", scheme)
        return subject_codes.from_heading(heading) if heading else ()
    found = lookup(code) if code else ()
    if not found and heading:
        found = subject_codes.from_heading(heading)
    if not found:
        report.unknown(name, code or heading)
    return found


_SCHEMES: Final = {
    "93": ("thema", subject_codes.from_thema),
    "10": ("bisac", subject_codes.from_bisac),
    "12": ("bic", subject_codes.from_bic),
    "26": ("warengruppe", subject_codes.from_warengruppe),
}


def _teen_audience(names: Names, audiences: Sequence[Element]) -> bool:
    """List 28: 03, young adult (by the list's own code type, 01)."""
    for audience in audiences:
        group = names.group(audience)
        if text_of(group, "AudienceCodeType") == "01" and text_of(group, "AudienceCodeValue") == "03":
            return True
    return False


def description(names: Names, contents: Sequence[Element]) -> str:
    """The fullest public description, as plain paragraphs."""
    best, place = "", len(codes.DESCRIPTIONS)
    for content in contents:
        group = names.group(content)
        kind = text_of(group, "TextType")
        if kind not in codes.DESCRIPTIONS[:place] or not _public(group):
            continue
        for element in group.get("Text", ()):
            text = plain(_with_breaks(element) if len(element) else element.text or "")
            if text:
                best, place = text, codes.DESCRIPTIONS.index(kind)
                break
    return best


def _with_breaks(element: Element) -> str:
    """XHTML in the message itself, as text with a line end where a block ends."""
    parts = [_spaced(element.text)]
    for child in element.iterdescendants():
        tag = str(child.tag).rpartition("}")[2].lower()
        if tag in ("p", "br", "li", "div", "ul", "ol", "h1", "h2", "h3", "h4"):
            parts.append("\n")
        parts.append(_spaced(child.text))
        parts.append(_spaced(child.tail))
    return "".join(parts)


def _spaced(text: str | None) -> str:
    return _LINE_ENDS.sub(" ", text) if text else ""


def _public(group: Group) -> bool:
    audiences = texts_of(group, "ContentAudience") or [""]
    return any(audience in codes.PUBLIC_AUDIENCES for audience in audiences)


def cover_url(names: Names, resources: Sequence[Element]) -> str:
    """The address of the front cover's picture (list 158), if it is one on the web."""
    best, place = "", len(codes.FRONT_COVERS)
    for resource in resources:
        group = names.group(resource)
        kind = text_of(group, "ResourceContentType")
        if kind not in codes.FRONT_COVERS[:place] or text_of(group, "ResourceMode") not in ("", codes.IMAGE):
            continue
        for version in group.get("ResourceVersion", ()):
            for link in texts_of(names.group(version), "ResourceLink"):
                if link.lower().startswith(("https://", "http://")) and " " not in link:
                    best, place = link, codes.FRONT_COVERS.index(kind)
                    break
    return best
