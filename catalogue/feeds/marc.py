"""MARC 21, as ISO 2709 files and as MARCXML: a library's or a wholesaler's records as the shop's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from catalogue.feeds import subject_codes
from catalogue.feeds.identifiers import identity
from catalogue.feeds.languages import language_code
from catalogue.feeds.marc_record import MarcField, MarcRecord, decoded, from_xml, split_records
from catalogue.feeds.onix_description import uninverted
from catalogue.feeds.plain_text import one_line, plain
from catalogue.feeds.reporting import Report
from catalogue.feeds.streams import Stream
from catalogue.feeds.xml_records import BrokenRecord, Found
from catalogue.isbn import check_digit_problem, parse_isbn
from domain.book import Form
from domain.catalogue import Role
from domain.feed import FeedContributor, FeedProblem, FeedRecord, Notification, Reason

_TRIMMED: Final = " /:;,=."
_YEAR: Final = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_PAGES: Final = re.compile(r"(\d{1,5})\s*(?:\[\d+\]\s*)?(?:p\b|p\.|pages|pp|s\.|S\.|Seiten|pag)")
_HYPHENS: Final = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63]")
_NUMBER: Final = re.compile(r"(?<![0-9])(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])|^[0-9Xx\- ]+")
_ONLINE: Final = re.compile(r"electronic resource|online[- ]ress?ource|e-?book|elektronische", re.IGNORECASE)
_DATES: Final = re.compile(r",?\s*(?:\(?\d{3,4}|b\. |ca\. |fl\. ).*$")
_ROLE_WORDS: Final = (
    ("translat", Role.TRANSLATOR), ("übers", Role.TRANSLATOR), ("illus", Role.ILLUSTRATOR), ("photogr", Role.ILLUSTRATOR),
    ("edit", Role.EDITOR), ("hrsg", Role.EDITOR), ("herausg", Role.EDITOR), ("compil", Role.EDITOR),
    ("narrat", Role.NARRATOR), ("read", Role.NARRATOR), ("sprecher", Role.NARRATOR),
    ("author", Role.AUTHOR), ("writer", Role.AUTHOR), ("verfasser", Role.AUTHOR), ("joint author", Role.AUTHOR),
)  # fmt: skip
# MARC code list for relators.
_RELATORS: Final = {
    "aut": Role.AUTHOR, "cre": Role.AUTHOR, "aui": Role.OTHER, "aft": Role.OTHER, "win": Role.OTHER, "art": Role.ILLUSTRATOR,
    "ill": Role.ILLUSTRATOR, "pht": Role.ILLUSTRATOR, "trl": Role.TRANSLATOR, "edt": Role.EDITOR, "edc": Role.EDITOR,
    "com": Role.EDITOR, "nrt": Role.NARRATOR, "spk": Role.NARRATOR, "ctb": Role.OTHER, "oth": Role.OTHER, "pbl": Role.OTHER,
    "dst": Role.OTHER, "prf": Role.OTHER, "act": Role.OTHER, "cmp": Role.AUTHOR, "lbt": Role.AUTHOR, "lyr": Role.AUTHOR,
    "wam": Role.OTHER, "bkd": Role.OTHER, "cov": Role.OTHER, "hnr": Role.OTHER, "dte": Role.OTHER, "isb": Role.OTHER,
    "his": Role.OTHER, "own": Role.OTHER, "fmo": Role.OTHER, "dgs": Role.OTHER, "ths": Role.OTHER, "edm": Role.EDITOR,
    "adp": Role.AUTHOR, "wst": Role.AUTHOR, "wac": Role.AUTHOR, "clb": Role.OTHER, "fnd": Role.OTHER, "spn": Role.OTHER,
}  # fmt: skip
_LITERARY_FORM: Final = {
    "1": ("fiction",), "d": ("drama",), "f": ("fiction",), "h": ("humour",), "j": ("fiction",), "p": ("poetry",),
}  # fmt: skip
"""008/33 of books."""


def read_marc(stream: Stream, report: Report) -> Iterator[FeedRecord | FeedProblem]:
    """The records of an ISO 2709 file."""
    for piece in split_records(stream):
        report.begin()
        try:
            if isinstance(piece, str):
                raise ValueError(piece)
            record = _record(decoded(piece), report)
        except ValueError as error:
            report.refuse(Reason.BROKEN_RECORD, detail=str(error))
            record = None
        if record is not None:
            yield record
        yield from report.take()


def read_marcxml(records: Iterable[Found], report: Report) -> Iterator[FeedRecord | FeedProblem]:
    """The records of a MARCXML file."""
    for found in records:
        if isinstance(found, BrokenRecord):
            report.begin(found.line)
            report.refuse(Reason.BROKEN_RECORD, detail=found.detail)
            record = None
        else:
            report.begin(found[1])
            record = _record(from_xml(found[0]), report)
        if record is not None:
            yield record
        yield from report.take()


def _record(marc: MarcRecord, report: Report) -> FeedRecord | None:
    if marc.first("200") is not None and marc.first("245") is None:
        report.refuse(Reason.UNIMARC)
        return None
    source = marc.control.get("003", "").strip()
    number = marc.control.get("001", "").strip()
    report.reference = f"{source}:{number}" if source and number else number
    named = identity(report.reference, _isbns(marc, report), report)
    if named is None:
        return None
    if marc.leader[5:6] == "d":
        return FeedRecord(
            named.reference, Notification.DELETE, report.record, report.line, isbn13=named.isbn13
        )
    title, subtitle, others = _titles(marc)
    if not title:
        report.refuse(Reason.NO_TITLE)
        return None
    if marc.replaced:
        report.note(Reason.REPLACED_CHARACTERS)
    series, series_no = _series(marc)
    publisher, year = _published(marc)
    return FeedRecord(
        reference=named.reference,
        notification=Notification.REPLACE,
        record=report.record,
        line=report.line,
        isbn13=named.isbn13,
        title=title,
        subtitle=subtitle,
        other_titles=others,
        contributors=_contributors(marc, report),
        series=series,
        series_no=series_no,
        year=year,
        language=_language(marc, report),
        subjects=_subjects(marc),
        keywords=tuple(
            dict.fromkeys(_trimmed(word) for f in marc.of("653") for word in f.all("a") if word.strip())
        ),
        publisher=publisher,
        pages=_pages(marc),
        form=_form(marc),
        description=plain(
            "\n".join(text for f in marc.of("520") if f.first in " 23" for text in f.all("ab"))
        ),
        cover_url=_cover(marc),
        unknown_codes=report.unknown_codes,
    )


def _isbns(marc: MarcRecord, report: Report) -> list[str]:
    """What is said to be an ISBN (020 $a, and EANs in 024). A wrong one is noted, not fatal: libraries keep them as printed.

    Cancelled ISBNs ($z) are other books'.
    """
    texts = [number for f in marc.of("020") for a in f.all("a") if (number := _number_in(a))]
    texts += [a for f in marc.of("024") if f.first == "3" for a in f.all("a")]
    good = [text for text in texts if parse_isbn(text)]
    for text in texts:
        problem = check_digit_problem(text)
        if problem is not None:
            report.note(
                Reason.ISBN_CHECK_DIGIT,
                isbn=problem.text,
                found=problem.found,
                expected=problem.expected,
                corrected=problem.corrected,
            )
    return good


def _number_in(text: str) -> str:
    """The number in ``978-0-441-17271-9 (pbk.) :``, whichever digits and hyphens it is written with."""
    folded = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()
    found = _NUMBER.search(folded)
    return found.group(0) if found else ""


def _trimmed(text: str) -> str:
    """Without the punctuation that cataloguing puts between the parts of a field (ISBD). An ellipsis stays."""
    bare = one_line(text)
    kept = bare.rstrip(_TRIMMED)
    return f"{kept}..." if bare.endswith("...") else kept


def _original(marc: MarcRecord, field: MarcField) -> MarcField | None:
    """The same field in the original script: the 880 that field's $6 is linked to (``880-02`` and ``245-02``)."""
    link = field.get("6")
    occurrence = link[4:6]
    if len(link) < 6 or occurrence == "00":
        return None
    wanted = f"{field.tag}-{occurrence}"
    return next((other for other in marc.of("880") if other.get("6").startswith(wanted)), None)


def _titles(marc: MarcRecord) -> tuple[str, str, tuple[str, ...]]:
    """Title and subtitle as on the book, in its own script, and all other forms: transliterated, original, on the cover."""
    field = marc.first("245")
    if field is None:
        return "", "", ()
    title, subtitle = _title(field)
    others: list[str] = []
    original = _original(marc, field)
    if original is not None:
        others.append(f"{title}: {subtitle}" if subtitle else title)
        title, subtitle = _title(original)
    for other in marc.of("246", "240", "130", "242", "740"):
        others.append(_title(other)[0])
    return title, subtitle, tuple(dict.fromkeys(o for o in others if o and o != title))


def _title(field: MarcField) -> tuple[str, str]:
    main = _trimmed(field.get("a"))
    part = " ".join(_trimmed(text) for text in field.all("np"))
    return f"{main}. {part}" if main and part else main or part, _trimmed(" ".join(field.all("b")))


def _series(marc: MarcRecord) -> tuple[str, str]:
    for field in marc.of("490", "830", "800", "440"):
        given, _, volume = (field.get("t") if field.tag == "800" else field.get("a")).partition(" ; ")
        name, volume = _trimmed(given), field.get("v") or volume
        if name:
            number = re.search(r"\d+(?:\.\d+)?", volume)
            return name, number.group(0) if number else _trimmed(volume)
    return "", ""


def _contributors(marc: MarcRecord, report: Report) -> tuple[FeedContributor, ...]:
    """The main entry first, then the added ones (100, 110, 700, 710); works that are merely named ($t) are nobody."""
    found: dict[str, FeedContributor] = {}
    for field in marc.of("100", "110", "111", "700", "710"):
        if field.tag.startswith("7") and field.get("t"):
            continue
        shown = _original(marc, field) or field
        name = _name(shown)
        if not name:
            continue
        roles, codes = _roles(field, report)
        if not roles:
            roles = (Role.AUTHOR,) if field.tag.startswith("1") else (Role.OTHER,)
        before = found.get(name)
        if before is not None:
            roles, codes = (*before.roles, *roles), (*before.codes, *codes)
        found[name] = FeedContributor(name, tuple(dict.fromkeys(roles)), tuple(dict.fromkeys(codes)))
    if found and not any(Role.AUTHOR in one.roles for one in found.values()):
        return tuple(
            FeedContributor(one.name, (Role.AUTHOR,), one.codes)
            if one.roles == (Role.OTHER,) and not one.codes
            else one
            for one in found.values()
        )
    return tuple(found.values())


def _name(field: MarcField) -> str:
    name = one_line(_DATES.sub("", field.get("a"))).rstrip(" ,:;")
    if not name.endswith((" Jr.", " Sr.")) and re.search(r"[^\W\d_]{2,}\.$", name):
        name = name[:-1]
    numeral = field.get("b").strip(" ,") if field.tag.endswith("00") else ""
    if field.tag.endswith("10"):
        return _trimmed(" ".join(field.all("ab")))
    spoken = uninverted(name) if field.first == "1" else name
    return f"{spoken} {numeral}" if numeral else spoken


def _roles(field: MarcField, report: Report) -> tuple[tuple[Role, ...], tuple[str, ...]]:
    roles: list[Role] = []
    codes: list[str] = []
    for code in field.all("4"):
        bare = code.rpartition("/")[2].strip(" .").lower()
        codes.append(bare)
        if bare not in _RELATORS:
            report.unknown("marc-relator", bare)
        roles.append(_RELATORS.get(bare, Role.OTHER))
    for words in field.all("e"):
        text = words.lower()
        role = next((role for word, role in _ROLE_WORDS if word in text), Role.OTHER)
        codes.append(_trimmed(words))
        roles.append(role)
    return tuple(dict.fromkeys(roles)), tuple(codes)


def _published(marc: MarcRecord) -> tuple[str, int | None]:
    """Publisher and year (264 with second indicator 1, 260; the year else of 008)."""
    field = next((f for f in marc.of("264") if f.second == "1"), None) or marc.first("260", "264")
    publisher, year = "", None
    if field is not None:
        shown = _original(marc, field) or field
        publisher = _trimmed(shown.get("b")).strip("[]")
        dated = _YEAR.search(field.get("c"))
        year = int(dated.group(0)) if dated else None
    if year is None:
        coded = marc.control.get("008", "")[7:11]
        year = int(coded) if _YEAR.fullmatch(coded) else None
    return ("" if publisher.lower() in ("s.n", "publisher not identified") else publisher), year


def _language(marc: MarcRecord, report: Report) -> str:
    field = marc.first("041")
    code = field.get("a")[:3] if field is not None and len(field.all("a")) == 1 else ""
    code = code or marc.control.get("008", "")[35:38]
    found = language_code(code) if code.strip() else ""
    if found is None:
        report.once(Reason.UNKNOWN_LANGUAGE, text=code)
    return found or ""


def _subjects(marc: MarcRecord) -> tuple[str, ...]:
    fixed = marc.control.get("008", "")
    audience = fixed[22:23]
    found: list[tuple[str, ...]] = []
    if audience in ("a", "b"):
        found.append(("picture-books", "children"))
    elif audience in ("c", "d", "j"):
        found.append(("children",))
    found.extend(subject_codes.from_heading(text) for f in marc.of("655") for text in f.all("a"))
    for field in marc.of("084", "072"):
        if field.get("2").startswith("bisac"):
            found.append(subject_codes.from_bisac(field.get("a")))
        elif field.get("2").startswith("thema"):
            found.append(subject_codes.from_thema(field.get("a")))
    found.extend(subject_codes.from_dewey(text) for f in marc.of("082", "083") for text in f.all("a")[:1])
    if len(fixed) > 33 and marc.leader[6:7] == "a":
        found.append(_LITERARY_FORM.get(fixed[33], ()))
    for field in marc.of("650"):
        found.append(subject_codes.from_heading(" ".join(field.all("avx"))))
    return subject_codes.gathered(found, teen=audience == "d")


def _pages(marc: MarcRecord) -> int | None:
    for field in marc.of("300"):
        numbers = [int(number) for number in _PAGES.findall(field.get("a"))]
        if numbers:
            return max(numbers) or None
    return None


def _form(marc: MarcRecord) -> Form | None:
    """By the carrier's kind (leader, 007) and by what stands beside the ISBN."""
    kind, carrier = marc.leader[6:7], marc.control.get("007", "")
    if kind in ("i", "j"):
        return Form.AUDIO
    if carrier.startswith("cr") or kind == "m":
        return Form.EBOOK
    # What the title, the extent and the carrier (338) say of it.
    said = [*(f.get("h") for f in marc.of("245")), *(f.get("a") for f in marc.of("300"))]
    if any(_ONLINE.search(text) for text in said) or any(f.get("b") == "cr" for f in marc.of("338")):
        return Form.EBOOK
    for field in marc.of("020"):
        words = " ".join(field.all("aq")).lower()
        if re.search(r"hbk|hardb|hardc|cloth|geb\b|gebunden|pappband|alk\. paper.*cloth", words):
            return Form.HARDBACK
        if re.search(r"pbk|paper(?!\))|soft|brosch|kart|taschenb|trade", words) and "alk" not in words:
            return Form.PAPERBACK
        if re.search(r"e-?book|epub|electronic|pdf", words):
            return Form.EBOOK
    return None


def _cover(marc: MarcRecord) -> str:
    for field in marc.of("856"):
        words = " ".join(field.all("3yz")).lower()
        address = field.get("u").strip()
        if "cover" in words and address.startswith(("https://", "http://")) and " " not in address:
            return address
    return ""
