"""`python -m benchmarks.queries`: what it asks is fair, and always the same."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.queries import slips
from benchmarks.queries.__main__ import main
from benchmarks.queries.books import COLUMNS
from benchmarks.queries.kinds import KINDS
from benchmarks.queries.nonsense import SORTS
from benchmarks.search import asked, described

BOOKS = """
9780000000019|The Hound of the Baskervilles|Arthur Conan Doyle|Sherlock Holmes|5|eng|9000|
9780000000026|The Hound of the Baskervilles: Another Adventure of Sherlock Holmes|Arthur Conan Doyle|Sherlock Holmes|5|eng|40|
9780000000033|Cien años de soledad|Gabriel García Márquez|||spa|700|One Hundred Years of Solitude
9780000000040|One Hundred Years of Solitude|Gabriel García Márquez|||eng|8000|
9780000000057|Мастер и Маргарита|Mikhail Bulgakov|||rus|300|
9780000000064|吾輩は猫である|Natsume Sōseki|||jpn|200|
9780000000071|Emma|Jane Austen|||eng|2000|
9780000000088|Emma|Kaoru Mori|||eng|100|
9780000000095|A Wizard of Earthsea|Ursula K. Le Guin|Earthsea|1|eng|3000|
9780000000101|Der Zauberberg|Thomas Mann|||deu|500|
9780000000118|Gödel, Escher, Bach: An Eternal Golden Braid|Douglas Hofstadter|||eng|600|
9780000000125|The Left Hand of Darkness|Ursula K. Le Guin|||eng|2500|
"""


def listed(path: Path, text: str = BOOKS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        names = (
            "isbn13",
            "title",
            "authors",
            "series",
            "series_no",
            "language",
            "ratings_count",
            "alt_title",
        )
        for line in text.strip().splitlines():
            rows.writerow(dict(zip(names, line.split("|"), strict=True)))
    return path


def titled(titles: Iterable[str]) -> str:
    """A list of books of these titles, each by somebody else."""
    lines = []
    for number, title in enumerate(titles):
        twelve = f"978{number:09}"
        weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve))
        lines.append(f"{twelve}{-weighed % 10}|{title}|Author {number}|||eng||")
    return "\n".join(lines)


def queries(
    capsys: pytest.CaptureFixture[str], books: Path, *options: str
) -> dict[str, list[dict[str, Any]]]:
    """By kind."""
    assert main(["--books", str(books), *options]) == 0
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in capsys.readouterr().out.splitlines():
        query = json.loads(line)
        kinds[query["kind"]].append(query)
    return kinds


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return listed(tmp_path / "books.csv")


def test_every_kind_is_asked_and_something_is_right_except_for_nonsense(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = queries(capsys, books, "--each", "3")

    assert [*made] == [*KINDS, *SORTS]
    for kind, some in made.items():
        assert all(bool(query["relevant"]) == (kind in KINDS) for query in some), kind
        assert len({query["query"] for query in some}) == len(some) <= 3


def test_the_same_seed_gives_the_same_queries_in_any_process(books: Path) -> None:
    def run(seed: int, hashing: int) -> bytes:
        command = [sys.executable, "-m", "benchmarks.queries", "--books", str(books), "--seed", str(seed)]
        environment = {**os.environ, "PYTHONHASHSEED": str(hashing)}
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    assert run(7, hashing=1) == run(7, hashing=2)
    assert run(7, hashing=1) != run(8, hashing=1)


def test_the_benchmark_of_the_search_reads_them_as_they_are(
    books: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--books", str(books)]) == 0
    lines = capsys.readouterr().out
    (tmp_path / "queries.jsonl").write_text(lines, encoding="utf-8")

    items = list(asked(tmp_path / "queries.jsonl", described(books)))

    assert len(items) == len(lines.splitlines())
    assert {item.kind for item in items if item.nonsense} == set(SORTS)


def test_how_many_of_a_kind_the_list_does_not_give_is_said(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--books", str(books), "--each", "5"])

    assert "transliterated: 1 of 5" in capsys.readouterr().err


def test_all_editions_of_a_work_are_right(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = queries(capsys, books, "--each", "50")

    right = {query["query"].lower(): query["relevant"] for query in made["exact"]}
    assert right["the hound of the baskervilles"] == ["9780000000019", "9780000000026"]
    assert right["cien años de soledad"] == ["9780000000033", "9780000000040"]


def test_who_names_no_author_may_mean_any_book_of_the_title(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = queries(capsys, books, "--each", "50")

    right = {query["query"].lower(): query["relevant"] for query in made["exact"] + made["author_title_word"]}
    assert right["emma"] == ["9780000000071", "9780000000088"]
    assert [right.get("emma austen", right.get("austen emma"))] == [["9780000000071"]]


def test_two_words_that_more_than_five_works_have_are_not_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    buses = titled(f"The Big Red {thing}" for thing in ("Bus", "Car", "Van", "Tram", "Boat", "Kite"))

    made = queries(capsys, listed(tmp_path / "six.csv", buses), "--each", "50", "--seed", "3")
    fewer = queries(
        capsys, listed(tmp_path / "five.csv", buses.rpartition("\n")[0]), "--each", "50", "--seed", "3"
    )

    asked_of_six = {frozenset(query["query"].split()) for query in made["partial"]}
    asked_of_five = {frozenset(query["query"].split()) for query in fewer["partial"]}
    assert asked_of_six
    assert {"big", "red"} not in asked_of_six
    assert {"big", "red"} in asked_of_five


def test_books_that_other_queries_ask_for_are_left_out(
    books: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    known = {"query": "earthsea", "kind": "exact", "relevant": ["9780000000095", "9780000000125"]}
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(known) + "\n", encoding="utf-8")

    numbers = {query["query"] for query in queries(capsys, books, "--each", "50")["isbn13"]}
    rest = {
        query["query"] for query in queries(capsys, books, "--each", "50", "--not-of", str(other))["isbn13"]
    }

    assert numbers - rest == {"9780000000095", "9780000000125"}


def within_one_edit(text: str) -> set[str]:
    """Every text that one letter left out, put in, swapped or exchanged makes of it, and itself."""
    cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return (
        {a + b[1:] for a, b in cuts if b}
        | {a + letter + b for a, b in cuts for letter in letters}
        | {a + letter + b[1:] for a, b in cuts if b for letter in letters}
        | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    )


def test_slips_are_as_many_edits_as_told_and_no_fewer() -> None:
    title = "the magic mountain"
    near = within_one_edit(title)
    dice = Random(5)

    for _ in range(200):
        once = slips.slipped(title, 1, dice)
        twice = slips.slipped(title, 2, dice)

        assert once in near - {title}
        assert twice
        assert twice not in near
        assert within_one_edit(twice) & near


def test_short_words_have_no_slips_and_middling_ones_no_two() -> None:
    assert slips.slipped("It 1984 us", 1, Random(1)) is None
    assert slips.slipped("The Road", 1, Random(1))
    assert slips.slipped("The Road", 2, Random(1)) is None


def test_a_title_with_a_slip_is_one_edit_from_a_right_book(
    books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = {
        row["isbn13"]: row["title"].split(":")[0].lower()
        for row in csv.DictReader(books.read_text(encoding="utf-8").splitlines())
    }

    made = queries(capsys, books, "--each", "50")["typo1"]

    assert made
    for query in made:
        assert any(
            query["query"] in within_one_edit(titles[isbn]) - set(titles.values())
            for isbn in query["relevant"]
        )


def test_a_slip_that_makes_the_title_of_another_book_is_not_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = "greenland"
    titles = [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]
    path = listed(tmp_path / "books.csv", titled(titles))

    for seed in range(20):
        made = queries(capsys, path, "--each", "50", "--seed", str(seed))["typo1"]
        assert made
        assert not {query["query"] for query in made} & set(titles)


def test_nonsense_begins_no_word_of_the_list(
    books: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def made_up(path: Path) -> list[str]:
        made = queries(capsys, path)
        sorts = ("nonsense_letters", "nonsense_consonants_vowels", "nonsense_syllables")
        return [word for sort in sorts for query in made[sort] for word in query["query"].split()]

    once = made_up(books)
    again = made_up(listed(tmp_path / "nonsense.csv", titled([f"{word}ing" for word in once])))

    assert once
    assert not set(once) & set(again)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("isbn13,title,authors\n9780000000019,Emma,Jane Austen\n", "has no column series, series_no, year"),
        ("", "has no column isbn13, title"),
        (",".join(COLUMNS) + "\n9780000000018,Emma,,,,,,,,\n", "line 2: '9780000000018' is no ISBN"),
        (",".join(COLUMNS) + "\n9780000000019,Emma,,,,,,,many,\n", "ratings_count is 'many', not a number"),
        (",".join(COLUMNS) + "\n", "has no book to ask for"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")

    assert main(["--books", str(path)]) == 2

    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_number_of_queries_is_from_one_on(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--books", str(books), "--each", "0"])

    assert "'0' is no number from 1 on" in capsys.readouterr().err


def test_a_missing_list_and_foreign_queries_are_named(
    books: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--books", str(tmp_path / "none.csv")]) == 2
    assert "none.csv cannot be read: No such file" in capsys.readouterr().err

    other = tmp_path / "other.jsonl"
    other.write_text('{"query": "dune"}\n', encoding="utf-8")
    assert main(["--books", str(books), "--not-of", str(other)]) == 2
    assert "line 1 is no query with its relevant ISBNs" in capsys.readouterr().err
