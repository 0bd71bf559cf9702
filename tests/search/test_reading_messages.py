"""What a message asks for, without what people say around it; book numbers; other alphabets; slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from domain.search import entry, filler, folding, isbn, spelling, transliteration


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("do you have the silent orchard?", "silent orchard"),
        ("Hi there, I'm looking for a copy of Silent Orchard please", "silent orchard"),
        ("can i order silent orchard for my daughter", "silent orchard"),
        ("silent orchard - do you have it in stock?", "silent orchard"),
        ("haben sie zufällig das buch silent orchard da?", "silent orchard"),
        ("ich suche silent orchard", "silent orchard"),
        ("je cherche le livre silent orchard s'il vous plaît", "silent orchard"),
        ("avez-vous silent orchard en stock ?", "silent orchard"),
        ("¿tienen silent orchard?", "silent orchard"),
        ("quisiera comprar silent orchard por favor", "silent orchard"),
        ("cerco il libro silent orchard", "silent orchard"),
        ("vocês têm silent orchard?", "silent orchard"),
        ("hebben jullie silent orchard op voorraad", "silent orchard"),
        ("szukam książki silent orchard", "silent orchard"),
        ("есть ли у вас silent orchard?", "silent orchard"),
        ("мне нужна книга silent orchard, пожалуйста", "silent orchard"),
        ("anything new by nora vale?", "nora vale"),
        ("what nora vale books do you have", "nora vale"),
        ("haben sie etwas von nora vale", "nora vale"),
        ("silent orchard", "silent orchard"),
    ],
)
def test_the_request_around_a_title_is_taken_off(message: str, asked: str) -> None:
    words = folding.words(message)
    start, end = filler.core(words)
    assert words[start:end] == asked.split()


@pytest.mark.parametrize("message", ["please", "do you have any books", "hallo", "the", "what is it"])
def test_a_request_for_nothing_is_taken_as_it_stands(message: str) -> None:
    words = folding.words(message)
    assert filler.core(words) == (0, len(words))


@pytest.mark.parametrize(
    ("message", "author"),
    [("anything by nora vale", True), ("romane von nora vale", True), ("silent orchard", False)],
)
def test_an_announced_author_is_noticed(message: str, author: bool) -> None:
    assert filler.names_author(folding.words(message)) is author


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("i wnat to buy silent orchard", "silent orchard"),
        ("do yuo have silent orchard", "silent orchard"),
        ("ahben sie silent orchard noch", "silent orchard"),
        ("any old copies of silent orchard around here please", "silent orchard around"),
        (
            "my colleague told me yesterday about silent orchard, could you keep it for a week",
            "silent orchard",
        ),
        (
            "unsere Lehrerin hat uns letzte Woche Silent Orchard empfohlen, was kostet das denn",
            "silent orchard",
        ),
        ("ma tante m'a parlé hier de silent orchard, vous pourriez le garder", "silent orchard"),
        ("mi profesora nos ha mandado leer silent orchard esta semana", "silent orchard"),
        ("mia cugina vuole leggere silent orchard", "silent orchard"),
        ("the latest brandt", "brandt"),
        ("which lea brandt books are in", "lea brandt"),
    ],
)
def test_a_request_that_is_mistyped_or_worded_otherwise_is_left_out_loosely(message: str, asked: str) -> None:
    words = folding.words(message)
    assert asked.split() in [words[start:end] for start, end in filler.loosely(words)]


@pytest.mark.parametrize("message", ["do you have any books", "the help", "dune"])
def test_nothing_is_left_out_if_nothing_else_would_be_left(message: str) -> None:
    words = folding.words(message)
    assert filler.loosely(words) == [(0, len(words))]


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_one_slip_apart_is_what_the_distance_says(word: str, other: str) -> None:
    assert spelling.one_slip_apart(word, other) is (OSA.distance(word, other) == 1)


def test_what_japanese_and_chinese_put_around_a_title_is_taken_off() -> None:
    assert filler.without_request("海辺のカフカという本はありますか？") == "海辺のカフカ"
    assert filler.without_request("请问有没有活着") == "活着"


@pytest.mark.parametrize(
    "typed",
    [
        "9780439023481",
        "978-0-439-02348-1",
        "978 0 439 02348 1",
        "ISBN 978–0–439–02348–1",
        "0439023483",
        "0-439-02348-3",
        "isbn-10: 0439023483",
        "do you have 9780439023481?",
    ],
)
def test_a_book_number_is_spotted_however_it_is_written(typed: str) -> None:
    assert isbn.spot(typed)[0] == ("9780439023481",)


def test_several_numbers_are_spotted_in_order_and_once() -> None:
    found, rest = isbn.spot("9780439023481, 080442957X and 0439023483")
    assert found == ("9780439023481", "9780804429573")
    assert rest == ",   and"


@pytest.mark.parametrize(
    "typed", ["9780439023482", "1234567890123", "call 0170 1234567", "1984", "97804390234811"]
)
def test_other_numbers_are_words(typed: str) -> None:
    assert isbn.spot(typed) == ((), typed)


@pytest.mark.parametrize(
    ("original", "typed"),
    [
        ("Чайка", ["chayka", "chajka", "chaika", "tchaika"]),
        ("Щедрин", ["shchedrin", "schedrin"]),
        ("Преступление", ["prestuplenie", "prestupleniye", "prestuplenije"]),
        ("Толстой", ["tolstoy", "tolstoj", "tolstoi"]),
        ("Καζαντζάκης", ["kazantzakis", "kazantsakis"]),
        ("ツバサ", ["tsubasa"]),
        ("しょうじょ", ["shoujo", "shojo"]),
        ("한강", ["hangang"]),
    ],
)
def test_all_ways_to_romanise_a_word_sound_alike(original: str, typed: list[str]) -> None:
    roman = transliteration.latin(folding.plain_words(original)[0])
    assert roman is not None
    assert {transliteration.sounding(word) for word in typed} == {transliteration.sounding(roman)}


@pytest.mark.parametrize("word", ["dune", "أحمد", "枕草子", "x-ray"])
def test_what_has_no_letters_to_romanise_is_left_alone(word: str) -> None:
    assert transliteration.latin(word) is None


letters = st.text("abcdefgh", min_size=5, max_size=12)


@given(letters, letters)
def test_words_up_to_two_slips_apart_share_a_key(first: str, second: str) -> None:
    if OSA.distance(first, second) <= 2:
        assert set(spelling.keys(first)) & set(spelling.keys(second))


@given(st.text("abcd", min_size=3, max_size=4), st.text("abcd", min_size=3, max_size=4))
def test_short_words_one_slip_apart_share_a_key(first: str, second: str) -> None:
    if OSA.distance(first, second) <= 1:
        assert set(spelling.keys(first)) & set(spelling.keys(second))


def test_digits_are_never_misspelled() -> None:
    assert not spelling.correctable("1984")
    assert not spelling.correctable("4th")
    assert spelling.correctable("dune")


def test_more_popular_books_are_indexed_before_less_popular_ones() -> None:
    ranks = [entry.rank(popularity, 7) for popularity in (5_000_000, 100_000, 900, 3, 0)]
    assert ranks == sorted(ranks)
    assert entry.rank(900, 2**32 - 1) < entry.rank(300, 1)


def test_an_entry_is_found_by_every_spelling_of_its_title() -> None:
    found = entry.compose(
        title="L'Étrange X-Ray: Poirot's Notes",
        authors=("J.R.R. Vale",),
        series="Чайка",
        series_no="2",
        other_titles=("The Strange Ray",),
    )
    assert {
        "letrange",
        "etrange",
        "xray",
        "x",
        "poirots",
        "poirot",
        "чаика",
        "~qaika",
        "strange",
        "vale",
        "jrr",
    } <= found.words
    assert {"letrangexray", "letrangexraypoirotsnotes", "thestrangeray", "strangeray", "чаика2"} <= set(
        found.titles
    )
    assert found.names == ("jrrvale",)
