"""Archives of feeds: several files, damaged ones, and bombs."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from domain.feed import FeedOptions, Reason, Severity
from tests.catalogue.feeds.messages import LIST, TODAY, onix, product, read, read_text, reasons


def test_an_archives_files_are_read_one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "feeds.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", onix(product(reference="a")))
        archive.writestr("b.pdf", b"%PDF-1.7")
        archive.writestr("c.csv", LIST)
        archive.writestr("d.zip", b"PK\x03\x04an archive of its own")
        archive.writestr("e.csv", "title,isbn\n,9780306406157\n")
        archive.writestr("._c.csv", b"\0\5\x16\7 what macOS puts beside a file")
        archive.mkdir("folder")
    records, problems = read(path)
    assert [(record.record, record.title) for record in records] == [
        (1, "The Dispossessed"),
        (2, "The Dispossessed"),
    ]
    assert [(one.severity, one.reason, one.within) for one in problems] == [
        (Severity.FILE, Reason.UNKNOWN_KIND, "b.pdf"),
        (Severity.FILE, Reason.UNKNOWN_KIND, "d.zip"),
        (Severity.RECORD, Reason.NO_TITLE, "e.csv"),
    ]


def test_a_bomb_ends_at_the_limit(tmp_path: Path) -> None:
    small = FeedOptions(currency="EUR", country="DE", today=TODAY, most_bytes=1_000_000)
    bomb = gzip.compress(onix(product()).encode() + b" " * 50_000_000)
    records, problems = read_text(tmp_path, bomb, small)
    assert len(records) <= 1
    assert [(one.severity, one.reason, one.values) for one in problems] == [
        (Severity.FILE, Reason.TOO_LARGE, {"most": "1000000"})
    ]


@pytest.mark.parametrize("cut", [8, 30, 200])
def test_a_damaged_archive_is_told(tmp_path: Path, cut: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", onix(*(product(reference=str(n)) for n in range(50))))
    for data in (packed.getvalue()[:-cut], gzip.compress(LIST.encode() * 900)[:-cut]):
        assert (Severity.FILE, Reason.BROKEN_ARCHIVE) in reasons(data, tmp_path)


def test_what_was_unpacked_before_the_damage_comes_in(tmp_path: Path) -> None:
    message = onix(*(product(reference=str(n)) for n in range(50)))
    records, problems = read_text(tmp_path, gzip.compress(message.encode())[:-9])
    assert len(records) == 50
    assert [one.reason for one in problems] == [Reason.BROKEN_ARCHIVE]


def test_a_damaged_file_of_an_archive_costs_the_others_nothing(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", LIST)
        archive.writestr("b.csv", "title\nDamaged\n")
        archive.writestr("c.csv", "title\nLocked\n")
        archive.writestr("d.csv", "title\nMomo\n")
    data = bytearray(packed.getvalue().replace(b"Damaged", b"Dxmaged"))
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        # The flag of a member that is encrypted (APPNOTE.TXT 4.4.4).
        at = data.index(b"c.csv", data.index(mark)) if mark == b"PK\3\4" else data.rindex(b"c.csv")
        data[data.rindex(mark, 0, at) + place] |= 1
    records, problems = read_text(tmp_path, bytes(data))
    assert [record.title for record in records] == ["The Dispossessed", "Momo"]
    assert [(one.reason, one.within) for one in problems] == [
        (Reason.BROKEN_ARCHIVE, "b.csv"),
        (Reason.BROKEN_ARCHIVE, "c.csv"),
    ]
