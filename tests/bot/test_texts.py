"""Texts: every language says everything, with the same facts, and values never become mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.errors import message_id
from bot.screen import Html
from bot.texts import LOCALES, MissingText, Texts
from domain import errors
from domain.money import Money

LANGUAGES = tuple(sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir()))
TEXTS = Texts(LANGUAGES, "en", ZoneInfo("Europe/Berlin"))

# Telegram's HTML style (Bot API, "HTML style"): nothing else may stand in a message.
_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler", "em", "strong"}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


def _messages(language: str) -> Iterator[tuple[str, ast.Message]]:
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            if isinstance(entry, ast.Message):
                yield entry.id.name, entry


def _variables(message: ast.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_language_has_the_same_messages_with_the_same_variables(language: str) -> None:
    english = {name: _variables(message) for name, message in _messages("en")}
    other = {name: _variables(message) for name, message in _messages(language)}
    assert set(other) == set(english)
    assert {name: found for name, found in other.items() if found != english[name]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said_and_its_mark_up_is_telegrams(language: str) -> None:
    words = TEXTS.words(language)
    for name, message in _messages(language):
        for count in (0, 1, 2, 21):
            values = dict.fromkeys(_variables(message), count)
            said = words.html(name, **values)
            assert _only_known_tags(said), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_said_as_fluent_would_say_it(language: str) -> None:
    words, bundle = TEXTS.words(language), FluentBundle([language], use_isolating=False)
    for file in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    for name, message in _messages(language):
        pattern = bundle.get_message(name).value
        assert pattern is not None
        for value in (0, 1, 1_234_567, "a { $word }"):
            values = dict.fromkeys(_variables(message), value)
            assert words.plain(name, **values) == bundle.format_pattern(pattern, values)[0], name


def _only_known_tags(text: str) -> bool:
    seen: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(tag)

        def handle_endtag(self, tag: str) -> None:
            seen.append(tag)

    Tags().feed(text)
    return set(seen) <= _TAGS and len(seen) % 2 == 0


def test_every_fact_that_stops_a_service_has_its_words() -> None:
    facts = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.ShopError) and kind is not errors.ShopError
    ]
    unsaid = [message_id(kind) for kind in facts if not TEXTS.words("en").has(message_id(kind))]
    assert unsaid == []


def test_a_book_called_like_mark_up_is_shown_as_it_is_called() -> None:
    words = TEXTS.words("en")
    assert words.escape('<b>&"') == '&lt;b&gt;&amp;"'
    assert "<b>evil" not in words.html("staff-linked", shop="<b>evil</b>")
    assert words.html("staff-linked", shop=Html("<i>fine</i>")).count("<i>fine</i>") == 1


def test_a_message_that_is_not_there_is_a_loud_failure() -> None:
    with pytest.raises(MissingText):
        TEXTS.words("en").plain("no-such-message")
    with pytest.raises(MissingText):
        TEXTS.words("en").plain("cart-count")


def test_money_and_days_are_written_as_their_readers_do() -> None:
    now = datetime(2026, 11, 25, 16, 42, tzinfo=UTC)
    english, german = TEXTS.words("en"), TEXTS.words("de")
    assert english.money(Money(109050, "EUR")) == "€1,090.50"
    assert german.money(Money(109050, "EUR")) == "1.090,50\xa0€"
    assert english.money(Money(500, "JPY")) == "¥500" or english.money(Money(500, "JPY")) == "JP¥500"
    assert german.time(now) == english.time(now) == "17:42"
    assert re.search(r"25", german.day(now))
    assert english.moment(now - timedelta(minutes=5), now) == "17:37"


def test_a_right_to_left_title_does_not_turn_the_sentence() -> None:
    said = TEXTS.words("en").plain("staff-linked", shop="متجر الكتب")
    assert "\u2068متجر الكتب\u2069" in said


def test_a_language_the_shop_does_not_speak_falls_back() -> None:
    assert TEXTS.words("pt-BR").language == "en"
    assert TEXTS.words("de-AT").language == "de"
