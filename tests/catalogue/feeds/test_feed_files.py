"""Files of every kind and wrapping, whole, broken and hostile."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.feeds import Feed
from domain.feed import FeedKind, FeedRecord, Notification, Reason, Severity
from tests.catalogue.feeds.appetite import count_and_peak
from tests.catalogue.feeds.messages import LIST, OPTIONS, onix, product, read_text, reasons

MARCXML = (
    '<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nam a2200000 a 4500</leader>'
    '<controlfield tag="001">1</controlfield><datafield tag="245" ind1="1" ind2="0"><subfield code="a">Momo /</subfield>'
    "</datafield></record></collection>"
)


def three(second: str = "") -> str:
    """A message of three products, of which the second may be given."""
    return onix(
        product(reference="first", identifiers=()),
        second or product(reference="second", identifiers=()),
        product(reference="third", identifiers=()),
    )


@pytest.mark.parametrize(
    ("text", "kind"), [(onix(product()), FeedKind.ONIX), (LIST, FeedKind.CSV), (MARCXML, FeedKind.MARCXML)]
)
@pytest.mark.parametrize("wrapping", ["plain", "gzip", "zip", "bom"])
def test_the_kind_is_recognised_by_the_content(
    tmp_path: Path, text: str, kind: FeedKind, wrapping: str
) -> None:
    data = text.encode()
    if wrapping == "gzip":
        data = gzip.compress(data)
    elif wrapping == "bom":
        data = b"\xef\xbb\xbf" + data
    elif wrapping == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("folder/a.dat", data)
            archive.writestr("__MACOSX/._a.dat", b"\x00\x05")
        data = packed.getvalue()
    path = tmp_path / "whatever.pdf"
    path.write_bytes(data)
    feed = Feed(path, OPTIONS)
    records = [one for one in feed if isinstance(one, FeedRecord)]
    assert feed.kind is kind
    assert len(records) == 1
    assert 0 < feed.position <= feed.size == len(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8"])
def test_a_message_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    text = onix(product(title="<TitleText>L'Écume des jours</TitleText>"))
    declared = "utf-16" if encoding.startswith("utf-16") else encoding
    data = text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)
    records, problems = read_text(tmp_path, data)
    assert [record.title for record in records] == ["L'Écume des jours"]
    assert problems == []


@pytest.mark.parametrize("declared", ["utf-16", "UTF-32", "hex", "utf-7", "idna", "no-such"])
def test_a_message_that_declares_another_encoding_than_it_has_is_read(tmp_path: Path, declared: str) -> None:
    message = onix(product(title="<TitleText>Käse</TitleText>")).replace("UTF-8", declared)
    records, problems = read_text(tmp_path, message)
    assert ([record.title for record in records], problems) == (["Käse"], [])


@pytest.mark.parametrize("data", [b"", b" \n\n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_told_as_that(tmp_path: Path, data: bytes) -> None:
    assert reasons(data, tmp_path) == [(Severity.FILE, Reason.EMPTY_FILE)]


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.4 x", b"SQLite format 3\x00", bytes(range(256))]
)
def test_other_files_are_told_as_that(tmp_path: Path, data: bytes) -> None:
    assert reasons(data, tmp_path) == [(Severity.FILE, Reason.UNKNOWN_KIND)]


def test_other_xml_is_told_by_its_root(tmp_path: Path) -> None:
    _, problems = read_text(tmp_path, '<?xml version="1.0"?><rss version="2.0"><channel/></rss>')
    assert [(one.reason, one.values) for one in problems] == [(Reason.OTHER_XML, {"root": "rss"})]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE ONIXMessage SYSTEM "http://www.editeur.org/onix/2.1/reference/onix-international.dtd"><ONIXMessage>',
        '<ONIXMessage release="2.1">',
        '<ONIXmessage xmlns="http://www.editeur.org/onix/2.1/short">',
        "<ONIXMessage>",
    ],
)
def test_onix_2_is_refused_as_a_whole(tmp_path: Path, head: str) -> None:
    root = "ONIXmessage" if "ONIXmessage" in head else "ONIXMessage"
    message = f'<?xml version="1.0"?>{head}<Product><RecordReference>1</RecordReference></Product></{root}>'
    assert reasons(message, tmp_path) == [(Severity.FILE, Reason.ONIX_2)]


def test_an_unescaped_ampersand_costs_one_record_and_no_other(tmp_path: Path) -> None:
    bad = product(reference="second", identifiers=(), title="<TitleText>War & Peace</TitleText>")
    records, problems = read_text(tmp_path, three(bad))
    assert [record.reference for record in records] == ["first", "third"]
    assert [record.line for record in records] == [3, 5]
    assert [(one.severity, one.reason, one.record, one.line) for one in problems] == [
        (Severity.RECORD, Reason.BROKEN_RECORD, 2, 4)
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "<Product><RecordReference>second</RecordReference>",
        "<Product><RecordReference>second</Wrong></Product>",
        "<Product><RecordReference>\x01</RecordReference></Product>",
        "<Product a=b></Product>",
    ],
)
def test_every_way_of_breaking_a_record_leaves_its_neighbours(tmp_path: Path, bad: str) -> None:
    records, problems = read_text(tmp_path, three(bad))
    assert [record.reference for record in records] == ["first", "third"]
    assert [(one.severity, one.reason) for one in problems] == [(Severity.RECORD, Reason.BROKEN_RECORD)]


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    text = three()
    records, problems = read_text(tmp_path, text[: text.index("third") + 40])
    assert [record.reference for record in records] == ["first", "second"]
    assert [(one.severity, one.reason, one.record, one.line) for one in problems] == [
        (Severity.RECORD, Reason.BROKEN_RECORD, 3, 5),
        (Severity.FILE, Reason.CUT_SHORT, 0, 5),
    ]


@pytest.mark.parametrize("text", [three(), MARCXML.replace("<record>", "\n<record>")])
def test_a_file_that_breaks_off_between_two_records_is_told_with_the_line(tmp_path: Path, text: str) -> None:
    whole, _ = read_text(tmp_path, text)
    records, problems = read_text(tmp_path, text[: text.rindex("</")])
    assert records == whole
    assert [(one.severity, one.reason, one.line) for one in problems] == [
        (Severity.FILE, Reason.CUT_SHORT, text.count("\n") + 1)
    ]


@pytest.mark.parametrize("short", [True, False])
def test_a_message_that_does_not_say_its_release_is_judged_by_its_products(
    tmp_path: Path, short: bool
) -> None:
    bare = re.sub(r"(<ONIX\w+)[^>]*>", r"\1>", onix(product(), short=short), count=1)
    records, problems = read_text(tmp_path, bare)
    assert ([record.title for record in records], problems) == (["The Dispossessed"], [])
    assert reasons("<ONIXMessage><Product><b028>x</b028></Product></ONIXMessage>", tmp_path) == [
        (Severity.FILE, Reason.ONIX_2)
    ]


def test_what_is_no_record_takes_no_memory_however_much_there_is_of_it(tmp_path: Path) -> None:
    junk, small = tmp_path / "junk.gz", tmp_path / "small.xml"
    message = onix(product())
    at = message.index("<Product>")
    junk.write_bytes(gzip.compress((message[:at] + "<a/>" * 6_000_000 + message[at:]).encode()))
    small.write_text(message)
    count, peak = count_and_peak(junk)
    assert count == 1
    assert peak - count_and_peak(small)[1] < 400_000


def test_bytes_that_are_no_characters_are_replaced_and_noted(tmp_path: Path) -> None:
    bad = product(reference="second", identifiers=(), title="<TitleText>M@rchen</TitleText>")
    records, problems = read_text(tmp_path, three(bad).encode().replace(b"M@r", b"M\xe4r"))
    assert [record.title for record in records][1] == "M\ufffdrchen"
    assert [(one.severity, one.reason, one.record) for one in problems] == [
        (Severity.NOTE, Reason.REPLACED_CHARACTERS, 2)
    ]


def test_html_entities_are_spelled_out_where_nothing_defines_them(tmp_path: Path) -> None:
    book = product(title="<TitleText>Caf&eacute; &amp; Cr&egrave;me</TitleText>")
    records, _ = read_text(tmp_path, onix(book))
    assert records[0].title == "Café & Crème"
    external = onix(book).replace(
        "<ONIXMessage", '<!DOCTYPE ONIXMessage SYSTEM "http://example.org/onix.dtd"><ONIXMessage', 1
    )
    records, _ = read_text(tmp_path, external)
    assert records[0].title == "Café & Crème"


def test_a_file_that_defines_entities_is_refused(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    for inside in (
        f'<!ENTITY l0 "ha">{laughs}',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://x/">',
    ):
        message = onix(product(title="<TitleText>&l29;&x;</TitleText>")).replace(
            "<ONIXMessage", f"<!DOCTYPE ONIXMessage [{inside}]><ONIXMessage", 1
        )
        assert reasons(message, tmp_path) == [(Severity.FILE, Reason.ENTITIES)]
    endless = '<?xml version="1.0"?><!DOCTYPE ONIXMessage [<!ENTITY a "b"'
    assert reasons(endless, tmp_path) == [(Severity.FILE, Reason.ENTITIES)]


def test_nothing_is_fetched_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("a feed reached for the network")

    monkeypatch.setattr("socket.socket.connect", no_network)
    (tmp_path / "secret.txt").write_text("secret")
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret.txt" parse="text"/>'
    )
    records, _ = read_text(tmp_path, onix(product(title=f"<TitleText>Open {include}</TitleText>")))
    assert records[0].title == "Open"


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from(
        [b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"<ONIXMessage release='3.0'>", b"00714cam a2200205 a 4500"]
    ),
)
def test_no_file_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    records, problems = read_text(folder, start + data)
    assert all(record.title or record.notification is not Notification.REPLACE for record in records)
    assert all(one.reason in set(Reason) for one in problems)


def test_a_long_message_takes_the_room_of_a_short_one(tmp_path: Path) -> None:
    note = f"<TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience><Text>{'x' * 20_000}</Text></TextContent>"
    one = product(collateral=note)
    long, short = tmp_path / "long.xml", tmp_path / "short.xml"
    long.write_text(onix(*[one] * 2000))
    short.write_text(onix(*[one] * 5))
    count, peak = count_and_peak(long)
    assert count == 2000
    assert long.stat().st_size > 40_000_000
    assert peak - count_and_peak(short)[1] < 10_000


def test_a_book_without_a_title_is_refused_and_one_bad_record_stops_nothing(tmp_path: Path) -> None:
    records, problems = read_text(
        tmp_path, three(product(reference="second", identifiers=(), title="<TitleText> </TitleText>"))
    )
    assert [record.reference for record in records] == ["first", "third"]
    assert [(one.reference, one.reason) for one in problems] == [("second", Reason.NO_TITLE)]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Feed(tmp_path / "missing.xml", OPTIONS)
