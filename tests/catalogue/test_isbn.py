"""ISBNs as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.isbn import check_digit_problem, hyphenated, parse_isbn, to_isbn10

DIGITS = st.text("0123456789", min_size=9, max_size=9)
SEPARATORS = st.sampled_from(
    ["", "-", " ", "\u2010", "\u2011", "\u2013", "\u2212", "\u00a0", "\u2009", "\u200b"]
)


def digit_13(twelve: str) -> str:
    """ISO 2108: weights 1 and 3 in turn, to a multiple of ten."""
    return str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(twelve)) % 10)


def digit_10(nine: str) -> str:
    """ISO 2108:1992: weights 10 down to 2, to a multiple of eleven."""
    value = -sum(int(d) * (10 - i) for i, d in enumerate(nine)) % 11
    return "X" if value == 10 else str(value)


@given(nine=DIGITS, prefix=st.sampled_from(["978", "979"]), separator=SEPARATORS)
def test_every_isbn_13_is_read_back_however_it_is_hyphenated(nine: str, prefix: str, separator: str) -> None:
    isbn = prefix + nine + digit_13(prefix + nine)
    written = separator.join([isbn[:3], isbn[3:4], isbn[4:7], isbn[7:12], isbn[12]])
    assert parse_isbn(written) == isbn
    assert check_digit_problem(written) is None


@given(nine=DIGITS, separator=SEPARATORS)
def test_an_isbn_10_is_the_same_book_under_978(nine: str, separator: str) -> None:
    isbn10 = nine + digit_10(nine)
    isbn13 = parse_isbn(separator.join([isbn10[:1], isbn10[1:5], isbn10[5:9], isbn10[9]]))
    assert isbn13 == "978" + nine + digit_13("978" + nine)
    assert to_isbn10(isbn13) == isbn10


@given(nine=DIGITS, wrong=st.sampled_from("0123456789"))
def test_a_wrong_check_digit_is_told_with_the_right_one(nine: str, wrong: str) -> None:
    right = digit_13("978" + nine)
    text = "978" + nine + wrong
    problem = check_digit_problem(text)
    if wrong == right:
        assert problem is None
    else:
        assert parse_isbn(text) is None
        assert problem is not None
        assert (problem.found, problem.expected) == (wrong, right)
        assert parse_isbn(problem.corrected) == problem.corrected


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    isbn = parse_isbn(text)
    assert isbn is None or (isbn.isascii() and isbn.isdigit() and len(isbn) == 13)
    if isbn is not None:
        assert check_digit_problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978–0‑306–40615–7",
        "isbn-13: 978 0 306 40615 7",
        "ISBN13 9780306406157",
        "ISBN-10: 0-306-40615-2",
        "ISBN 0306406152",
        "９７８０３０６４０６１５７",
        "٩٧٨٠٣٠٦٤٠٦١٥٧",
        "\u202a978\u00ad0306406157\u202c",
        " 9780306406157\n",
    ],
)
def test_spellings_of_one_isbn(text: str) -> None:
    assert parse_isbn(text) == "9780306406157"


def test_an_isbn_10_that_begins_like_a_label_is_not_cut() -> None:
    assert parse_isbn("ISBN 1-306-40615-" + digit_10("130640615")) == "9781306406154"


def test_x_stands_for_ten_in_either_case() -> None:
    assert parse_isbn("0-8044-2957-X") == parse_isbn("080442957x") == "9780804429573"


@pytest.mark.parametrize(
    "text", ["", "1984", "catch 22", "9780306406157 and 9780804429573", "4006381333931", "97803064061"]
)
def test_other_numbers_are_no_isbn(text: str) -> None:
    assert parse_isbn(text) is None
    assert check_digit_problem(text) is None


def test_hyphens_follow_the_agency_ranges() -> None:
    assert hyphenated("9780306406157") == "978-0-306-40615-7"
    assert hyphenated("9799000000011") == "9799000000011"


def test_979_has_no_ten_digit_form() -> None:
    assert to_isbn10("9791034304899") is None
