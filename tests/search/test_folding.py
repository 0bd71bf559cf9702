"""Spellings meet: what is lost in folding is lost on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search import folding


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Brontë", "bronte"),
        ("NESBØ", "nesbo"),
        ("Władysław", "wladyslaw"),
        ("Straße", "strasse"),
        ("Encyclopædia", "encyclopaedia"),
        ("Đorđe", "dorde"),
        ("Poirot’s", "poirots"),
        ("Cat & Mouse", "cat and mouse"),
        ("ＤＵＮＥ", "dune"),
        ("Ёлка", "елка"),
        ("أحمد", "احمد"),
        ("ﬁn", "fin"),
        ("Ce\u0301line", "céline"),
        ("well-known", "well known"),
    ],
)
def test_spellings_of_one_word_fold_alike(first: str, second: str) -> None:
    assert folding.words(first) == folding.words(second)


@pytest.mark.parametrize(
    ("first", "second"), [("が", "か"), ("13½", "131 2"), ("мир", "мип"), ("한", "하"), ("C++", "D")]
)
def test_different_words_stay_different(first: str, second: str) -> None:
    assert folding.words(first) != folding.words(second)


def test_scripts_without_spaces_are_taken_apart_in_overlapping_pairs() -> None:
    assert folding.words("白鹿原") == ["白鹿", "鹿原"]
    assert folding.words("流") == ["流"]
    assert folding.words("3月のライオン") == ["3", "月の", "のラ", "ライ", "イオ", "オン"]


def test_a_key_ignores_spacing_and_punctuation() -> None:
    assert folding.key("The Master-Mind of Mars!") == folding.key("the mastermind  of mars")


def test_what_was_once_read_in_the_wrong_encoding_is_mended() -> None:
    assert folding.mended("JosÃ© MartÃ­") == "José Martí"
    assert folding.mended("Ångström Ãcole") == "Ångström Ãcole"


@given(st.text(max_size=80))
def test_folded_text_stays_as_it_is_when_folded_again(text: str) -> None:
    folded = " ".join(folding.plain_words(text))
    assert " ".join(folding.plain_words(folded)) == folded


@given(st.text(max_size=80))
def test_words_hold_neither_spaces_nor_quotation_marks(text: str) -> None:
    for word in folding.words(text):
        assert word
        assert not set(word) & set(" \t\n\x00'\"|()&!:*~^")
