"""What books are sorted and brought together by."""

from __future__ import annotations

import pytest

from storage.keys import sort_title, work_key
from storage.names import joined, parted


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("The Hobbit", "eng", "hobbit"),
        ("Die Verwandlung", "deu", "verwandlung"),
        ("Die Trying", "eng", "die trying"),
        ("L’Étranger", "fra", "etranger"),
        ("L'étranger", "fra", "etranger"),
        ("Les Misérables", "fra", "miserables"),
        ("El Aleph", "spa", "aleph"),
        ("Il nome della rosa", "ita", "nome della rosa"),
        ("Az ajtó", "hun", "ajto"),
        ("The", "eng", "the"),
        ("La La Land", "eng", "la la land"),
        ("War and Peace", "", "war and peace"),
        ("Война и мир", "rus", "воина и мир"),
        ("1984", "eng", "1984"),
        ("???", "eng", "???"),
    ],
)
def test_titles_sort_without_the_article_of_their_own_language(
    title: str, language: str, expected: str
) -> None:
    assert sort_title(title, language) == expected


def test_a_work_is_its_title_and_first_author_however_they_are_written() -> None:
    assert work_key("Dune", ("Frank Herbert",)) == work_key("DUNE!", ("frank  herbert", "Somebody"))
    assert work_key("Dune", ("Frank Herbert",)) != work_key("Dune", ("Brian Herbert",))
    assert work_key("Emma", ()) == "emma|"
    assert work_key("???", ("Somebody",)) == ""


@pytest.mark.parametrize("names", [(), ("A",), ("A B", "Ç"), ("", "x")])
def test_names_come_out_of_a_column_as_they_went_in(names: tuple[str, ...]) -> None:
    assert parted(joined(names)) == names


def test_a_bar_in_a_name_separates_nothing() -> None:
    assert parted(joined(["A|B", "C"])) == ("A/B", "C")
