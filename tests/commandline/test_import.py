"""``catalogue import``: what becomes of a file's records, and what the report says of them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.catalogue.feeds.messages import onix, price, product, supply
from tests.commandline.catalogue import LIST, CommandLine, tally


def notice(kind: str, reference: str, rest: str = "", isbn: str = "9780061054884") -> str:
    """An ONIX record that says no more than it has to."""
    return (
        f"<Product><RecordReference>{reference}</RecordReference><NotificationType>{kind}</NotificationType>"
        f"<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>{isbn}</IDValue></ProductIdentifier>{rest}</Product>"
    )


def test_importing_twice_changes_nothing(catalogue: CommandLine) -> None:
    path = catalogue.file("books.csv", LIST)
    first = catalogue("import", path)
    assert (first.status, first.err) == (0, "")
    assert tally(added=3) in first.out
    assert tally(unchanged=3) in catalogue("import", path).out
    assert [book["title"] for book in catalogue.search("wüstenplanet")] == ["Dune"]


def test_a_database_that_is_not_there_is_made(catalogue: CommandLine, tmp_path: Path) -> None:
    elsewhere = CommandLine(tmp_path, f"sqlite:///{tmp_path}/new/shop.db", catalogue.capture)
    assert elsewhere.search("dune") == []
    assert tally(added=3) in elsewhere("import", catalogue.file("books.csv", LIST)).out


def test_a_broken_record_is_reported_and_stops_nobody(catalogue: CommandLine) -> None:
    broken = (
        LIST + "9780441013590,Wrong,Somebody,,,,,,,,,,,\n9780061054884,Too short\n,Last,Somebody,,,,,,,,,,,\n"
    )
    said = catalogue("import", catalogue.file("books.csv", broken))
    assert said.status == 0
    assert tally(added=4, refused=2) in said.out
    assert (
        "line 5, record 4 (9780441013590): The ISBN 9780441013590 ends with the check digit 0, but 3"
        in said.out
    )
    assert "line 6, record 5" in said.out
    assert [
        (line["what"], line["line"], line["reason"])
        for line in catalogue.report()
        if line["what"] == "refused"
    ] == [("refused", "5", "isbn-check-digit"), ("refused", "6", "too-few-fields")]


def test_a_rehearsal_says_the_same_and_writes_nothing(catalogue: CommandLine) -> None:
    path = catalogue.file("books.csv", LIST + LIST.splitlines()[2].replace("1965", "1966") + "\n")
    rehearsed = catalogue("import", "--dry-run", path)
    assert rehearsed.status == 0
    assert tally(added=3, changed=1) in rehearsed.out
    assert "nothing written" in rehearsed.out
    assert catalogue.export() == []
    assert tally(added=3, changed=1) in catalogue("import", path).out


def test_a_partial_record_changes_its_part_of_the_stored_book(catalogue: CommandLine) -> None:
    whole = catalogue.file("whole.xml", onix(product(supply=supply(price("10.90")))))
    part = catalogue.file("part.xml", onix(notice("04", "test.1", supply(price("12.90")))))
    catalogue("import", whole)
    assert tally(changed=1) in catalogue("import", part).out
    assert tally(unchanged=1) in catalogue("import", part).out
    (book,) = catalogue.export()
    assert (book["title"], book["price"], book["authors"]) == (
        "The Dispossessed",
        "12.90",
        "Ursula K. Le Guin",
    )


def test_a_partial_record_finds_its_book_by_isbn(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("books.csv", LIST))
    said = catalogue("import", catalogue.file("part.xml", onix(notice("04", "new", supply(price("9.90"))))))
    assert tally(changed=1) in said.out
    assert [book["price"] for book in catalogue.export()] == ["9.90", "", ""]


def test_a_partial_record_of_an_unknown_book_is_refused(catalogue: CommandLine) -> None:
    said = catalogue(
        "import", catalogue.file("part.xml", onix(notice("04", "test.1", supply(price("9.90")))))
    )
    assert said.status == 0
    assert tally(refused=1) in said.out
    assert [line["reason"] for line in catalogue.report()] == ["not-in-catalogue"]


@pytest.mark.parametrize("rehearse", [True, False])
def test_a_record_sees_the_one_before_it_in_the_same_file(catalogue: CommandLine, rehearse: bool) -> None:
    message = onix(product(), notice("04", "test.1", supply(price("9.90"))), notice("05", "test.1"))
    said = catalogue("import", catalogue.file("all.xml", message), *(["--dry-run"] if rehearse else []))
    assert tally(added=1, changed=1, withdrawn=1) in said.out
    assert catalogue.export() == []


def test_a_rehearsal_of_many_files_says_what_each_would_do_after_those_before_it(
    catalogue: CommandLine,
) -> None:
    tangled = (
        "isbn,title,price\n9780061054884,A,9.99\n9780061054884,B,\n9780061054884,A,9.99\n"
        "9780441172719,C,x\n,D,1\n9780441172710,E,1\n"
    )
    files = [
        catalogue.file("one.csv", tangled),
        catalogue.file("two.csv", tangled.replace(",A,", ",F,")),
        catalogue.file("three.xml", onix(product(), notice("05", "test.1"))),
    ]
    report = str(catalogue.folder / "report.csv")
    told = catalogue("import", "--dry-run", "--report", report, *files)
    lines = Path(report).read_text(encoding="utf-8")
    done = catalogue("import", "--report", report, *files)
    counts = re.compile(r"\d+ added, .*?refused")
    assert counts.findall(told.out) == counts.findall(done.out)
    assert counts.findall(done.out)[0] == tally(added=3, changed=2, refused=1)
    assert Path(report).read_text(encoding="utf-8") == lines


def test_a_book_that_comes_twice_in_a_file_is_noted_and_the_later_one_counts(catalogue: CommandLine) -> None:
    rows = "isbn,title,price\n9780061054884,A,9.99\n9780441013593,B,1\n0-06-105488-7,A,8.99\n"
    assert tally(added=2, changed=1) in catalogue("import", catalogue.file("twice.csv", rows)).out
    assert [(one["what"], one["line"], one["explanation"]) for one in catalogue.report()] == [
        ("note", "4", "This book came before in the file, in record 1. What comes later counts.")
    ]
    assert [book["price"] for book in catalogue.export()] == ["8.99", "1.00"]


def test_a_notice_withdraws_a_book_and_nobody_finds_it_any_more(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("whole.xml", onix(product())))
    assert catalogue.search("the dispossessed") != []
    gone = catalogue.file("gone.xml", onix(notice("05", "test.1")))
    assert tally(withdrawn=1) in catalogue("import", gone).out
    assert catalogue.search("the dispossessed") == []
    assert catalogue.search("9780061054884") == []
    assert tally(unchanged=1) in catalogue("import", gone).out
    assert catalogue.export() == []


def test_what_was_withdrawn_comes_back_with_a_whole_record_only(catalogue: CommandLine) -> None:
    whole = catalogue.file("whole.xml", onix(product()))
    catalogue("import", whole)
    catalogue("import", catalogue.file("gone.xml", onix(notice("05", "test.1"))))
    part = catalogue.file("part.xml", onix(notice("04", "test.1", supply(price("9.90")))))
    assert tally(refused=1) in catalogue("import", part).out
    assert catalogue.export() == []
    assert tally(changed=1) in catalogue("import", whole).out
    assert len(catalogue.export()) == 1


def test_what_is_missing_from_a_later_file_stays(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("books.csv", LIST))
    catalogue("import", catalogue.file("fewer.csv", "\n".join(LIST.splitlines()[:2]) + "\n"))
    assert len(catalogue.export()) == 3


def test_a_feed_overwrites_nothing_that_the_shop_set_itself(catalogue: CommandLine) -> None:
    own = "isbn,title,price,on_hand,shelf\n9780061054884,The Dispossessed,8.50,3,F-12\n"
    catalogue("import", catalogue.file("own.csv", own))
    catalogue("import", catalogue.file("feed.xml", onix(product(supply=supply(price("10.90"))))))
    (book,) = catalogue.export()
    assert (book["price"], book["on_hand"], book["shelf"]) == ("8.50", "3", "F-12")
    assert book["authors"] == "Ursula K. Le Guin"


def test_a_list_of_stock_leaves_the_trades_description(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("feed.xml", onix(product(supply=supply(price("10.90"))))))
    path = catalogue.file("own.csv", "isbn,title,on_hand\n9780061054884,The Dispossessed,3\n")
    assert tally(changed=1) in catalogue("import", path).out
    (book,) = catalogue.export()
    assert (book["price"], book["on_hand"], book["authors"]) == ("10.90", "3", "Ursula K. Le Guin")
    assert tally(unchanged=1) in catalogue("import", path).out


def test_files_that_cannot_be_read_are_one_line_each_and_the_others_come_in(catalogue: CommandLine) -> None:
    missing = str(catalogue.folder / "missing.csv")
    old = catalogue.file("old.xml", '<ONIXMessage release="2.1"><Header/></ONIXMessage>')
    zipped = catalogue.folder / "books.csv.gz"
    zipped.write_bytes(gzip.compress(LIST.encode()))
    said = catalogue("import", missing, old, str(catalogue.folder), str(zipped))
    assert said.status == 1
    lines = said.err.splitlines()
    assert lines[0] == f"{missing}: cannot be read: No such file or directory"
    assert lines[1].startswith(f"{old}: This is ONIX 2.1")
    assert lines[2].startswith(f"{catalogue.folder}: cannot be read")
    assert len(lines) == 3
    assert tally(added=3) in said.out


def test_a_report_is_no_formula_for_a_spreadsheet(catalogue: CommandLine) -> None:
    path = catalogue.file("books.csv", 'reference,title\n"=HYPERLINK(1)",\n')
    catalogue("import", path)
    assert [line["reference"] for line in catalogue.report()] == ["'=HYPERLINK(1)"]
