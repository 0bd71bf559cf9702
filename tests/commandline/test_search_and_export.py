"""``catalogue search`` and ``catalogue export``."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commandline import exporting
from storage.catalogue import SqlCatalogue
from tests.catalogue.feeds.messages import onix, price, product, supply
from tests.commandline.catalogue import LIST, CommandLine, tally
from tests.databases import opened
from tests.storage.samples import NOW, row

ROOT = Path(__file__).parents[2]


def test_a_file_of_queries_is_answered_line_by_line(catalogue: CommandLine) -> None:
    editions = "9780441172719,Dune,Frank Herbert,Dune,1,1965,eng,,Ace,,,10,,\n"
    catalogue("import", catalogue.file("books.csv", LIST + editions))
    queries = catalogue.file(
        "queries.jsonl",
        '{"query": "dune", "kind": "exact"}\n\nsolaris lem\n{not json\n{"query": "qqqzzzxx"}\n',
    )
    answers = [json.loads(line) for line in catalogue("search", "--queries", queries).out.splitlines()]
    assert [answer["query"] for answer in answers] == ["dune", "solaris lem", "{not json", "qqqzzzxx"]
    assert all(set(answer) == {"query", "results", "ms"} for answer in answers)
    assert all(isinstance(answer["ms"], float) and answer["ms"] > 0 for answer in answers)
    assert answers[0]["results"][0] == {
        "isbn13": "9780441013593",
        "title": "Dune",
        "authors": ["Frank Herbert"],
        "editions": ["9780441013593", "9780441172719"],
    }
    solaris = answers[1]["results"][0]
    assert (solaris["isbn13"], solaris["editions"]) == (None, [])
    assert solaris["authors"] == ["Stanisław Lem", "Bill Johnston"]
    assert answers[3]["results"] == []


def test_people_get_a_numbered_list(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("feed.xml", onix(product(supply=supply(price("10.90"))))))
    said = catalogue("search", "the", "dispossesed")
    assert said.out == (
        "Showing results for “The Dispossessed”.\n  1. The Dispossessed · Ursula K. Le Guin · €10.90\n"
    )
    assert catalogue("search", "qqqzzzxx").out == "Nothing found.\n"


def test_no_query_is_one_clear_sentence(catalogue: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    said = catalogue("search")
    assert (said.status, said.err) == (2, "Say what to search for, or give a file with --queries.\n")
    assert (
        catalogue("search", "--queries", "missing.jsonl").err == "missing.jsonl: No such file or directory\n"
    )


def test_an_export_comes_back_and_changes_nothing(catalogue: CommandLine) -> None:
    people = (
        "<Contributor><SequenceNumber>1</SequenceNumber><ContributorRole>A01</ContributorRole>"
        "<ContributorRole>A12</ContributorRole><PersonName>Ana Mar</PersonName></Contributor>"
        "<Contributor><SequenceNumber>2</SequenceNumber><ContributorRole>A19</ContributorRole>"
        "<PersonName>Ben Sol</PersonName></Contributor>"
    )
    isbn = (("15", "9780441172719"),)
    long = "<TitleText>A Walk: In the Old Town by Night</TitleText>"
    feed = onix(
        product(reference="one", supply=supply(price("10.90"), availability="10")),
        product(reference="two", identifiers=isbn, people=people, form="BB", title=long),
        product(reference="three", identifiers=(("01", "x-3"),), title="<TitleText>No Number</TitleText>"),
    )  # fmt: skip
    own = (
        'title,authors,price,on_hand,lead_days,shelf,staff_pick\nZine,Us,4.00,5,,Z-1,"Ours, with ""love"""\n'
    )
    for path in (
        catalogue.file("books.csv", LIST),
        catalogue.file("feed.xml", feed),
        catalogue.file("own.csv", own),
    ):
        assert catalogue("import", path).status == 0
    before = catalogue.export()
    assert len(before) == 6
    path = str(catalogue.folder / "export.csv")
    assert catalogue("export", path).out == f"{path}: 6 books.\n"
    assert tally(unchanged=6) in catalogue("import", "--dry-run", path).out
    assert tally(unchanged=6) in catalogue("import", path).out
    assert catalogue.export() == before


ODD = onix(
    product(reference="one", supply=supply(price("10.90"), availability="10")),
    product(
        reference="two",
        identifiers=(("01", "x-2"),),
        title="<TitleText>Sapiens: A Brief History of Humankind</TitleText>",
        people="<Contributor><ContributorRole>B01</ContributorRole><PersonName>Ed | Co</PersonName></Contributor>"
        "<Contributor><ContributorRole>A12</ContributorRole><CorporateName>Smith; Jones</CorporateName></Contributor>"
        "<Contributor><ContributorRole>A19</ContributorRole><PersonName>Ben Sol</PersonName></Contributor>",
        descriptive="<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>ZZZ9</SubjectCode></Subject>",
        collateral="<TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience>"
        "<Text>Para “one”,&lt;br/&gt;= 2</Text></TextContent>",
        supply=supply(price("12.00")),
    ),
    product(reference="-3", identifiers=(("01", "x-3"),), title="<TitleText>=1+1 😀</TitleText>",
            supply=supply(availability="49")),
)  # fmt: skip
OWN = 'title,authors,price,on_hand,lead_days,shelf,staff_pick\nZine,Us,4.00,5,,Z-1,"Ours, with ""love"""\n'


def test_an_export_into_an_empty_database_is_exported_the_same(
    catalogue: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for path in (
        catalogue.file("books.csv", LIST),
        catalogue.file("feed.xml", ODD),
        catalogue.file("own.csv", OWN),
    ):
        assert catalogue("import", path).status == 0
    exported = catalogue("export", "-").out
    folder = tmp_path_factory.mktemp("empty")
    other = dataclasses.replace(catalogue, folder=folder, url=f"sqlite:///{folder / 'shop.db'}")
    path = other.file("export.csv", exported)
    assert tally(added=6) in other("import", path).out
    assert other("export", "-").out == exported
    assert tally(unchanged=6) in other("import", path).out
    assert tally(unchanged=6) in catalogue("import", path).out
    two = next(book for book in other.export() if book["reference"] == "two")
    assert (two["unknown_codes"], two["source"], two["subtitle"]) == ("thema:ZZZ9", "onix", "")
    assert (two["illustrators"], two["others"]) == ("Smith; Jones|", "Ben Sol")


def test_after_an_export_came_into_an_empty_database_the_feeds_go_on(
    catalogue: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    catalogue("import", catalogue.file("feed.xml", ODD))
    catalogue("import", catalogue.file("own.csv", OWN))
    folder = tmp_path_factory.mktemp("empty")
    other = dataclasses.replace(catalogue, folder=folder, url=f"sqlite:///{folder / 'shop.db'}")
    other("import", other.file("export.csv", catalogue("export", "-").out))
    dearer = ODD.replace("12.00", "13.00")
    assert tally(changed=3) in other("import", other.file("feed.xml", dearer)).out
    assert tally(unchanged=1) in other("import", other.file("own.csv", OWN)).out
    prices = {book["reference"]: book["price"] for book in other.export()}
    assert (prices["two"], prices["Zine|Us||"]) == ("13.00", "4.00")


def test_a_price_that_is_changed_in_an_export_is_the_shops_own_from_then_on(catalogue: CommandLine) -> None:
    feed = catalogue.file("feed.xml", ODD)
    catalogue("import", feed)
    edited = catalogue("export", "-").out.replace(",12.00,EUR", ",9.50,EUR")
    assert tally(changed=1, unchanged=2) in catalogue("import", catalogue.file("edited.csv", edited)).out
    catalogue("import", catalogue.file("dearer.xml", ODD.replace("12.00", "13.00").replace("10.90", "11.90")))
    assert {book["reference"]: (book["price"], book["own_fields"]) for book in catalogue.export()} == {
        "one": ("11.90", ""),
        "two": ("9.50", "price"),
        "-3": ("", ""),
    }


def test_a_list_that_agrees_with_the_trade_today_is_the_shops_own_tomorrow(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("feed.xml", onix(product(supply=supply(price("10.90"))))))
    own = catalogue.file("own.csv", "isbn,title,price,on_hand\n9780061054884,The Dispossessed,10.90,0\n")
    assert tally(changed=1) in catalogue("import", own).out
    assert tally(unchanged=1) in catalogue("import", own).out
    catalogue("import", catalogue.file("dearer.xml", onix(product(supply=supply(price("12.90"))))))
    assert [book["price"] for book in catalogue.export()] == ["10.90"]


def test_what_is_changed_in_an_export_is_changed_by_importing_it(catalogue: CommandLine) -> None:
    catalogue("import", catalogue.file("feed.xml", onix(product(identifiers=(("01", "x-3"),)))))
    exported = catalogue("export", "-").out
    edited = exported.replace(",The Dispossessed,", ",The Dispossessed,", 1).replace(
        "EUR,to_order", "EUR,unavailable"
    )
    assert tally(changed=1) in catalogue("import", catalogue.file("edited.csv", edited)).out
    (book,) = catalogue.export()
    assert (book["availability"], book["source"], book["reference"]) == ("unavailable", "onix", "test.1")


def test_the_command_line_itself_needs_no_token(catalogue: CommandLine) -> None:
    path = catalogue.file("books.csv", LIST)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "catalogue", "import", path, "--database", catalogue.url],
        cwd=catalogue.folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert tally(added=3) in done.stdout


class Closed(io.StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str) -> int:
        if self.tell():
            raise BrokenPipeError
        return super().write(text)


async def test_an_export_that_nobody_reads_to_the_end_gives_its_connection_back(
    catalogue: CommandLine,
) -> None:
    async with opened(catalogue.url, readers=1, wait=0.2) as database:
        async for _ in SqlCatalogue(database).load([row(f"r{n}") for n in range(3)], NOW):
            pass
        with pytest.raises(BrokenPipeError):
            await exporting.write(database, Closed(), NOW)
        assert await SqlCatalogue(database).count() == 3
