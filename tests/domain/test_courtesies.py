from __future__ import annotations

import pytest

from domain.search.courtesies import Courtesy, courtesy


@pytest.mark.parametrize(
    "text", ["hi", "Hello!", "  HEY  ", "Guten Tag.", "grüß Gott", "Gruess Gott", "你好", "Привет!"]
)
def test_a_greeting_is_no_search(text: str) -> None:
    assert courtesy(text) is Courtesy.GREETING


@pytest.mark.parametrize("text", ["thanks", "Thank you!", "Danke schön :)", "merci 🙏", "спасибо"])
def test_neither_are_thanks(text: str) -> None:
    assert courtesy(text) is Courtesy.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "hi do you have dune",
        "So Long, and Thanks for All the Fish",
        "Hello Kitty",
        "Bonjour tristesse",
        "tagore",
    ],
)
def test_what_asks_for_a_book_is_one(text: str) -> None:
    assert courtesy(text) is None
