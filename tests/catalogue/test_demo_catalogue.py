"""The demo catalogue keeps what its README promises."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale

from catalogue.isbn import parse_isbn
from domain.subjects import SUBJECTS, is_subject

FILE = Path(__file__).parents[2] / "catalogue" / "demo" / "books.csv"
COLUMNS = [
    *("isbn13", "title", "authors", "series", "series_no", "year", "language", "subjects", "alt_title"),
    *("form", "pages", "publisher", "price", "on_hand", "lead_days", "shelf", "staff_pick", "blurb"),
    *("popularity", "added_days_ago", "preorder_in_days"),
]

Row = dict[str, str]


@cache
def rows() -> list[Row]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def scripts_of(text: str) -> set[str]:
    """The scripts of the letters, by the first word of their Unicode names."""
    return {
        unicodedata.name(char, "").split(" ")[0]
        for char in text
        if unicodedata.category(char).startswith("L")
    }


def test_the_file_is_utf_8_with_lf_and_the_columns_of_the_readme() -> None:
    data = FILE.read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert all(set(row) == set(COLUMNS) and None not in row.values() for row in rows())
    assert all(value == value.strip() and "\n" not in value for row in rows() for value in row.values())


def test_there_are_about_three_thousand_books_the_most_popular_first() -> None:
    assert 2900 <= len(rows()) <= 3500
    popularity = [int(row["popularity"]) for row in rows()]
    assert popularity == sorted(popularity, reverse=True)


def test_every_isbn_is_valid_and_stands_once() -> None:
    isbns = [row["isbn13"] for row in rows() if row["isbn13"]]
    assert len(isbns) > 2000
    assert all(parse_isbn(isbn) == isbn for isbn in isbns)
    assert len(set(isbns)) == len(isbns)


def test_no_edition_stands_twice() -> None:
    editions = Counter((r["isbn13"], r["title"], r["authors"], r["language"], r["form"]) for r in rows())
    assert [edition for edition, times in editions.items() if times > 1] == []


def test_titles_and_authors_are_clean() -> None:
    assert all(row["title"] for row in rows())
    assert sum(not row["authors"] for row in rows()) <= 2
    for row in rows():
        authors = row["authors"].split("|")
        assert len(set(authors)) == len(authors) <= 4, row["title"]
        assert (
            not any(mark in row["title"] for mark in (" (", "Box Set", "Boxset"))
            or "Hanging Out" in row["title"]
            or row["isbn13"]
        ), row
        assert row["title"] not in row["alt_title"].split("|"), row["title"]


def test_many_languages_and_scripts_with_healthy_shares() -> None:
    languages = Counter(row["language"] for row in rows())
    assert len(languages) >= 8
    for language in ("deu", "fra", "spa", "ita", "pol", "rus", "jpn", "zho", "ara", "ell"):
        assert languages[language] >= 30, language
    for language in languages:
        assert len(language) == 3
        assert Locale.parse(language).get_language_name("en"), language
    scripts: set[str] = set()
    for row in rows():
        scripts |= scripts_of(row["title"])
    wanted = {
        "LATIN",
        "CYRILLIC",
        "GREEK",
        "ARABIC",
        "HEBREW",
        "CJK",
        "HIRAGANA",
        "KATAKANA",
        "HANGUL",
        "DEVANAGARI",
    }
    assert wanted <= scripts


def test_every_book_has_known_subjects_and_every_subject_has_books() -> None:
    used: Counter[str] = Counter()
    for row in rows():
        subjects = row["subjects"].split("|")
        assert 1 <= len(subjects) <= 3
        assert len(set(subjects)) == len(subjects)
        assert all(is_subject(subject) for subject in subjects), row["title"]
        used.update(subjects)
    assert set(used) == set(SUBJECTS)


def test_prices_are_sane_and_a_few_are_to_be_asked_for() -> None:
    unpriced = [row for row in rows() if not row["price"]]
    assert 5 <= len(unpriced) <= 40
    assert all(row["on_hand"] == "0" for row in unpriced)
    for row in rows():
        if row["price"]:
            price = Decimal(row["price"])
            assert Decimal("4.90") <= price <= Decimal("79.99"), row["title"]
            assert price.as_tuple().exponent == -2


def test_stock_is_spread_as_in_a_shop() -> None:
    stock = [int(row["on_hand"]) for row in rows()]
    assert min(stock) == 0
    among = len(stock)
    assert 0.05 < stock.count(0) / among < 0.3
    assert 0.05 < stock.count(1) / among < 0.3
    assert 0.4 < sum(2 <= copies <= 6 for copies in stock) / among < 0.8
    assert 0.01 < sum(copies >= 20 for copies in stock) / among < 0.1
    assert all(row["lead_days"] == "" or 1 <= int(row["lead_days"]) <= 30 for row in rows())
    assert any(row["on_hand"] == "0" and row["lead_days"] == "" for row in rows())


def test_years_forms_and_shelves() -> None:
    for row in rows():
        assert row["form"] in ("paperback", "hardback")
        assert row["year"] == "" or 1 <= int(row["year"]) <= 2026
        assert row["pages"] == "" or 4 <= int(row["pages"]) <= 4000, row["title"]
        letter, _, board = row["shelf"].partition("-")
        assert len(letter) == 1
        assert letter.isalpha()
        assert len(board) == 2
        assert board.isdigit()


def test_the_shop_speaks_of_its_best_known_books() -> None:
    blurbs = {row["blurb"] for row in rows() if row["blurb"]}
    assert len(blurbs) >= 100
    assert all(len(blurb) <= 240 for blurb in blurbs)
    picks = [row for row in rows() if row["staff_pick"]]
    assert 35 <= len(picks) <= 60
    assert all(row["on_hand"] != "0" and row["price"] for row in picks)


def test_something_is_new_this_week_and_something_is_to_come() -> None:
    new = [row for row in rows() if int(row["added_days_ago"]) < 7]
    assert 15 <= len(new) <= 40
    assert all(row["on_hand"] != "0" for row in new)
    to_come = [row for row in rows() if row["preorder_in_days"]]
    assert 8 <= len(to_come) <= 15
    assert all(row["on_hand"] == "0" and int(row["preorder_in_days"]) > 0 for row in to_come)


def test_some_works_stand_in_several_editions_and_languages() -> None:
    forms: dict[tuple[str, str, str], set[str]] = {}
    for row in rows():
        forms.setdefault((row["title"], row["authors"], row["language"]), set()).add(row["form"])
    assert sum(found == {"paperback", "hardback"} for found in forms.values()) >= 20
    originals = {row["title"] for row in rows() if row["language"] == "eng"}
    translated = [
        row for row in rows() if row["language"] != "eng" and originals & set(row["alt_title"].split("|"))
    ]
    assert len(translated) >= 100
