"""MARC 21 as libraries write it: two encodings, linked scripts, broken records."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from domain.book import Form
from domain.catalogue import Role
from domain.feed import FeedContributor, FeedRecord, Notification, Reason, Severity
from tests.catalogue.feeds.messages import read_text

Field = tuple[str, str, Sequence[tuple[str, str]]]

FIXED = "011204s1974    nyu           000 1 eng d"
MOMO: list[Field] = [
    ("020", "  ", [("a", "3522119401 (geb.) :"), ("c", "DM 16.80"), ("z", "9783522119401")]),
    ("041", "0 ", [("a", "ger")]),
    ("100", "1 ", [("a", "Ende, Michael,"), ("d", "1929-1995.")]),
    (
        "245",
        "10",
        [
            ("a", "Momo, oder, Die seltsame Geschichte :"),
            ("b", "ein Märchen-Roman /"),
            ("c", "Michael Ende."),
        ],
    ),
    ("246", "3 ", [("a", "Grey gentlemen")]),
    ("260", "  ", [("a", "Stuttgart :"), ("b", "Thienemann,"), ("c", "c1973.")]),
    ("300", "  ", [("a", "269 p. :"), ("b", "ill. ;"), ("c", "21 cm.")]),
    ("490", "1 ", [("a", "Große Kinderbücher ;"), ("v", "Bd. 7")]),
    ("520", "  ", [("a", "Graue Herren stehlen die Zeit.")]),
    ("655", " 7", [("a", "Fantasy fiction.")]),
    ("700", "1 ", [("a", "Bauer, Anna,"), ("e", "illustrator.")]),
    ("700", "1 ", [("a", "Quinn, John,"), ("4", "trl")]),
]


def iso2709(
    fields: Sequence[Field],
    *,
    control: Sequence[tuple[str, str]] = (("001", "b1"), ("008", FIXED)),
    encoding: str = "utf-8",
    status: str = "n",
) -> bytes:
    """A record in transmission format."""
    directory, body = "", b""
    pieces = [(tag, text.encode() + b"\x1e") for tag, text in control]
    for tag, indicators, subfields in fields:
        data = indicators.encode() + b"".join(
            b"\x1f" + code.encode() + value.encode(encoding) for code, value in subfields
        )
        pieces.append((tag, data + b"\x1e"))
    for tag, data in pieces:
        directory += f"{tag}{len(data):04d}{len(body):05d}"
        body += data
    base = 24 + len(directory) + 1
    scheme = "a" if encoding == "utf-8" else " "
    leader = f"{base + len(body) + 1:05d}{status}am {scheme}22{base:05d} a 4500"
    return leader.encode() + directory.encode() + b"\x1e" + body + b"\x1d"


def marcxml(fields: Sequence[Field], *, prefix: str = "") -> str:
    p = f"{prefix}:" if prefix else ""
    inner = "".join(
        f'<{p}datafield tag="{tag}" ind1="{marks[0]}" ind2="{marks[1]}">'
        + "".join(f'<{p}subfield code="{code}">{escape(value)}</{p}subfield>' for code, value in subfields)
        + f"</{p}datafield>"
        for tag, marks, subfields in fields
    )
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0"?>\n<{p}collection {name}="http://www.loc.gov/MARC21/slim"><{p}record>'
        f"<{p}leader>00000nam a2200000 a 4500</{p}leader>"
        f'<{p}controlfield tag="001">b1</{p}controlfield><{p}controlfield tag="008">{FIXED}</{p}controlfield>'
        f"{inner}</{p}record></{p}collection>"
    )


def one(folder: Path, data: bytes | str) -> FeedRecord:
    records, problems = read_text(folder, data)
    assert len(records) == 1, problems
    return records[0]


@pytest.mark.parametrize("dress", ["iso2709", "marcxml", "prefixed"])
def test_a_whole_record_is_read_in_every_dress(tmp_path: Path, dress: str) -> None:
    data = {
        "iso2709": iso2709(MOMO),
        "marcxml": marcxml(MOMO).encode(),
        "prefixed": marcxml(MOMO, prefix="marc").encode(),
    }[dress]
    records, problems = read_text(tmp_path, data)
    assert problems == []
    assert records == [
        FeedRecord(
            reference="b1",
            notification=Notification.REPLACE,
            record=1,
            line=0 if dress == "iso2709" else 2,
            isbn13="9783522119405",
            title="Momo, oder, Die seltsame Geschichte",
            subtitle="ein Märchen-Roman",
            other_titles=("Grey gentlemen",),
            contributors=(
                FeedContributor("Michael Ende", (Role.AUTHOR,)),
                FeedContributor("Anna Bauer", (Role.ILLUSTRATOR,), ("illustrator",)),
                FeedContributor("John Quinn", (Role.TRANSLATOR,), ("trl",)),
            ),
            series="Große Kinderbücher",
            series_no="7",
            year=1973,
            language="deu",
            subjects=("fantasy",),
            publisher="Thienemann",
            pages=269,
            form=Form.HARDBACK,
            description="Graue Herren stehlen die Zeit.",
        )
    ]


def test_marc_8_is_understood(tmp_path: Path) -> None:
    accents = iso2709([("245", "10", [("a", "@")])], encoding="latin-1")
    # ANSEL: a combining mark before its letter; 0xE2 is an acute, 0xE8 a diaeresis.
    data = accents.replace(b"@", b"Caf\xe2e M\xe8uller")
    lengthened = data.replace(accents[:5], b"%05d" % len(data), 1)
    assert one(tmp_path, lengthened).title == "Café Müller"


def test_utf_8_under_a_marc_8_label_is_seen_for_what_it_is(tmp_path: Path) -> None:
    data = iso2709([("245", "10", [("a", "Die Bücher der Träume")])])
    assert one(tmp_path, data[:9] + b" " + data[10:]).title == "Die Bücher der Träume"


def test_windows_1251_under_a_marc_8_label_is_seen_by_the_language(tmp_path: Path) -> None:
    data = iso2709(
        [("245", "10", [("a", "Мастер и Маргарита")])],
        control=(("001", "r1"), ("008", FIXED.replace("eng", "rus"))),
        encoding="cp1251",
    )
    assert one(tmp_path, data).title == "Мастер и Маргарита"


def test_linked_fields_give_the_title_in_its_own_script(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        iso2709(
            [
                ("100", "1 ", [("6", "880-01"), ("a", "Murakami, Haruki,"), ("d", "1949-")]),
                ("245", "10", [("6", "880-02"), ("a", "Noruwei no mori /"), ("c", "Murakami Haruki.")]),
                ("880", "1 ", [("6", "100-01/$1"), ("a", "村上春樹,"), ("d", "1949-")]),
                ("880", "10", [("6", "245-02/$1"), ("a", "ノルウェイの森 /"), ("c", "村上春樹.")]),
            ]
        ),
    )
    assert (record.title, record.other_titles, record.authors) == (
        "ノルウェイの森",
        ("Noruwei no mori",),
        ("村上春樹",),
    )


def test_records_between_broken_ones_are_read(tmp_path: Path) -> None:
    good = [iso2709([("245", "10", [("a", f"Number {n}")])], control=(("001", str(n)),)) for n in (1, 2, 3)]
    noise = b"00042nonsense without a directory\x1d"
    wrong_length = b"09999" + good[1][5:]
    records, problems = read_text(
        tmp_path, good[0] + b"\r\n" + noise + wrong_length + good[2] + b"00100nam a22000"
    )
    assert [record.title for record in records] == ["Number 1", "Number 2", "Number 3"]
    assert [(one.severity, one.reason, one.record) for one in problems] == [
        (Severity.RECORD, Reason.BROKEN_RECORD, 2),
        (Severity.RECORD, Reason.BROKEN_RECORD, 5),
    ]


def test_a_directory_that_does_not_fit_is_done_without(tmp_path: Path) -> None:
    data = iso2709([("245", "10", [("a", "Grosse Buecher")]), ("260", "  ", [("b", "Verlag")])])
    longer = data.replace(b"Grosse Buecher", "Große Bücher und noch mehr".encode())
    record = one(tmp_path, longer)
    assert (record.title, record.publisher) == ("Große Bücher und noch mehr", "Verlag")


def test_wrong_isbns_are_noted_and_cancelled_ones_are_other_books(tmp_path: Path) -> None:
    fields: list[Field] = [
        ("020", "  ", [("a", "9780061054885 (pbk.)"), ("z", "9780061054884")]),
        ("245", "10", [("a", "The dispossessed")]),
    ]
    records, problems = read_text(tmp_path, iso2709(fields))
    assert records[0].isbn13 is None
    assert [(one.severity, one.reason, one.values["corrected"]) for one in problems] == [
        (Severity.NOTE, Reason.ISBN_CHECK_DIGIT, "9780061054884")
    ]


@pytest.mark.parametrize(
    "number",
    [
        "978‐0‑441–17271—9 (pbk.) :",
        "９７８０４４１１７２７１９",
        "ISBN 0-441-17271-7 : $9.99",
        "0441172717(pbk)",
        "9780441172719 : ISBN-13",
    ],
)
def test_an_isbn_is_read_however_it_is_written(tmp_path: Path, number: str) -> None:
    record = one(tmp_path, iso2709([("020", "  ", [("a", number)]), *MOMO[3:]]))
    assert record.isbn13 == "9780441172719"


def test_a_wrong_check_digit_is_told_with_the_right_one_behind_a_label_too(tmp_path: Path) -> None:
    _, problems = read_text(
        tmp_path, iso2709([("020", "  ", [("a", "ISBN 978–0–441–17271–0 (geb.)")]), *MOMO[3:]])
    )
    assert [(one.reason, one.values["corrected"]) for one in problems] == [
        (Reason.ISBN_CHECK_DIGIT, "9780441172719")
    ]


@pytest.mark.parametrize(
    "before",
    [
        b"\n\nnever was a record\n",
        iso2709(MOMO)[:-40],
        iso2709(MOMO)[:100],
    ],
)
def test_what_stands_before_a_record_without_an_end_costs_it_nothing(tmp_path: Path, before: bytes) -> None:
    good = iso2709(MOMO)
    records, problems = read_text(tmp_path, good + before + good)
    assert [record.record for record in records] == [1, 3]
    assert [(one.severity, one.reason, one.record) for one in problems] == [
        (Severity.RECORD, Reason.BROKEN_RECORD, 2)
    ]


def test_a_file_that_is_made_of_leaders_takes_no_time(tmp_path: Path) -> None:
    began = time.process_time()
    _, problems = read_text(tmp_path, (iso2709(MOMO)[:24] * 70_000 + b"\x1d") * 6)
    assert [one.reason for one in problems] == [Reason.BROKEN_RECORD] * 6
    assert time.process_time() - began < 4


def test_a_code_that_is_none_is_not_talked_about(tmp_path: Path) -> None:
    path = tmp_path / "marc"
    path.write_bytes(iso2709(MOMO).replace(b"\x1fc21 cm.", b"\x1f\xe521 cm."))
    program = (
        "import sys; from datetime import date; from pathlib import Path; from catalogue.feeds import Feed;"
        "from domain.feed import FeedOptions;"
        "print(*[one.title for one in Feed(Path(sys.argv[1]), FeedOptions('EUR', 'DE', date(2026, 11, 22)))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("Momo, oder, Die seltsame Geschichte\n", "")


@pytest.mark.parametrize(
    "field",
    [
        ("245", "10", [("a", "Momo"), ("h", "[electronic resource] /")]),
        ("300", "  ", [("a", "1 online resource (xiv, 212 pages)")]),
        ("338", "  ", [("a", "Online-Ressource"), ("b", "cr")]),
    ],
)
def test_what_is_read_on_a_screen_is_an_ebook(tmp_path: Path, field: Field) -> None:
    record = one(tmp_path, iso2709([field, ("245", "10", [("a", "Momo")])]))
    assert record.form is Form.EBOOK


def test_a_deleted_record_is_a_delete(tmp_path: Path) -> None:
    record = one(tmp_path, iso2709(MOMO, status="d"))
    assert (record.notification, record.reference, record.isbn13) == (
        Notification.DELETE,
        "b1",
        "9783522119405",
    )


def test_unimarc_is_refused_by_name(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, iso2709([("200", "1 ", [("a", "Le petit prince")])]))
    assert records == []
    assert [one.reason for one in problems] == [Reason.UNIMARC]


def test_who_is_only_added_counts_as_author_if_nobody_else_does(tmp_path: Path) -> None:
    fields: list[Field] = [
        ("245", "00", [("a", "Good omens")]),
        ("700", "1 ", [("a", "Pratchett, Terry.")]),
        ("700", "1 ", [("a", "Gaiman, Neil.")]),
    ]
    assert one(tmp_path, iso2709(fields)).authors == ("Terry Pratchett", "Neil Gaiman")


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (("082", "04", [("a", "641.5/944")]), ("cooking",)),
        (("655", " 7", [("a", "Detective and mystery fiction.")]), ("crime",)),
        (("072", " 7", [("a", "FIC028000"), ("2", "bisacsh")]), ("science-fiction",)),
        (("084", "  ", [("a", "FFL"), ("2", "thema")]), ("crime",)),
        (("650", " 0", [("a", "Birds"), ("x", "Behavior")]), ("nature",)),
    ],
)
def test_subjects_of_every_scheme(tmp_path: Path, field: Field, expected: tuple[str, ...]) -> None:
    control = (("001", "1"), ("008", FIXED[:33] + "0" + FIXED[34:]))
    assert (
        one(tmp_path, iso2709([("245", "10", [("a", "Title")]), field], control=control)).subjects == expected
    )


def test_children_and_teenagers_by_the_audience(tmp_path: Path) -> None:
    def subjects(audience: str) -> tuple[str, ...]:
        fixed = FIXED[:22] + audience + FIXED[23:]
        return one(
            tmp_path, iso2709([("245", "10", [("a", "T")])], control=(("001", "1"), ("008", fixed)))
        ).subjects

    assert subjects("j")[0] == "children"
    assert subjects("d")[0] == "young-adult"


def test_a_record_without_number_and_isbn_cannot_be_told_again(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, iso2709([("245", "10", [("a", "Nameless")])], control=()))
    assert records == []
    assert [one.reason for one in problems] == [Reason.NO_REFERENCE]
