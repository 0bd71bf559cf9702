"""Texts in the person's language: Fluent files, strictly. The one place where values are escaped for HTML.

Every message id exists in every language with the same variables (a test holds them against each other). A missing
message or variable raises `MissingText`: a text that says nothing is worse than a loud failure in a test.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import babel
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from bot.screen import Html
from domain.money import Money

LOCALES = Path(__file__).parent / "locales"

Value = str | int | Money

_WRITTEN_AS = {"en": "en_GB"}
"""Whose numbers and dates a language is written with, where the plain language means another country's:
``17:42`` and ``25 November``, not ``5:42 PM`` and ``November 25``."""

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class MissingText(LookupError):
    """A message, or a variable of it, that the language's files do not have."""


class BrokenTexts(ValueError):
    """A Fluent file that does not parse, or an id that stands twice."""


class _Variable(str):
    """A variable's name, among a phrase's texts."""

    __slots__ = ()


Phrase = tuple[str | _Variable, ...]


class Words:
    """One language's texts, with numbers, money and dates as its readers write them. Times are the shop's."""

    def __init__(
        self, language: str, bundle: FluentBundle, phrases: Mapping[str, Phrase], zone: ZoneInfo
    ) -> None:
        """``phrases`` are those of the bundle's messages that need no Fluent to be said."""
        self.language = language
        self.zone = zone
        self._bundle = bundle
        self._phrases = phrases
        self._locale = babel.Locale.parse(_WRITTEN_AS.get(language, language))
        # The same few hundred prices and counts stand on most screens, and each takes Babel 50 µs.
        self._money = lru_cache(maxsize=2048)(self._currency)
        self._number = lru_cache(maxsize=512)(partial(format_decimal, locale=self._locale))

    def html(self, message: str, /, **values: Value) -> Html:
        """The message as HTML: its own mark-up stands, every value is escaped (one that is `Html` already is not)."""
        return Html(self._format(message, {k: self._html_value(v) for k, v in values.items()}))

    def plain(self, message: str, /, **values: Value) -> str:
        """The message for a button, a toast or a mail: no mark-up, nothing escaped."""
        return self._format(message, {k: self._plain_value(v) for k, v in values.items()})

    def has(self, message: str) -> bool:
        return bool(self._bundle.has_message(message))

    def escape(self, text: str) -> Html:
        """A text of people (a title, a name) as HTML."""
        return Html(_escape(text))

    def money(self, amount: Money) -> str:
        return self._money(amount)

    def _currency(self, amount: Money) -> str:
        return format_currency(amount.decimal, amount.currency, locale=self._locale)

    def number(self, value: Decimal) -> str:
        """A decimal as the language writes it, with no more places than it has: ``5.5``."""
        return str(format_decimal(value, locale=self._locale))

    def round_money(self, amount: Money) -> str:
        """The same without decimals where they are nought: ``€10``, for the edge of a price band."""
        if amount.decimal != amount.decimal.to_integral_value():
            return self.money(amount)
        pattern = self._locale.currency_formats["standard"].pattern.replace(".00", "")
        return format_currency(
            amount.decimal, amount.currency, pattern, locale=self._locale, currency_digits=False
        )

    def time(self, moment: datetime) -> str:
        """The time of day, ``17:42``."""
        return format_time(moment.astimezone(self.zone), "short", locale=self._locale)

    def day(self, moment: datetime | date) -> str:
        """A day near by: ``Wed 25 Nov``."""
        day = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        at = datetime.combine(day, datetime.min.time(), self.zone)
        return format_skeleton("MMMEd", at, locale=self._locale)

    def date(self, moment: datetime | date) -> str:
        """A date with its year: ``25 November 2026``."""
        day = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        return format_date(day, "long", locale=self._locale)

    def moment(self, moment: datetime, now: datetime) -> str:
        """A moment as people say it: the time today, the day and the time within the week, else the date."""
        local, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        if local.date() == today:
            return self.time(moment)
        if abs((local.date() - today).days) < 7:
            return f"{format_skeleton('EEE', local, locale=self._locale)} {self.time(moment)}"
        return f"{self.day(moment)}, {self.time(moment)}"

    def duration(self, span: timedelta) -> str:
        """About how long: ``15 minutes``."""
        return format_timedelta(span, threshold=1.2, locale=self._locale)

    def listing(self, items: list[str]) -> str:
        """``a, b and c``."""
        return format_list(items, locale=self._locale)

    def language_name(self, code: str) -> str:
        """A language's name (ISO 639-1 or -3) in this language; the code itself if it has none here."""
        return _language_name(code, self.language) or code

    def _format(self, message: str, values: Mapping[str, Any]) -> str:
        phrase = self._phrases.get(message)
        if phrase is None:
            return self._resolved(message, values)
        try:
            return "".join(
                [self._written(values[part]) if type(part) is _Variable else part for part in phrase]
            )
        except KeyError as missing:
            raise MissingText(f"{self.language}: {message}: {missing}") from None

    def _written(self, value: str | int) -> str:
        return value if isinstance(value, str) else self._number(value)

    def _resolved(self, message: str, values: Mapping[str, Any]) -> str:
        """What chooses between plurals and the like is Fluent's."""
        if not self._bundle.has_message(message):
            raise MissingText(f"{self.language}: {message}")
        pattern = self._bundle.get_message(message).value
        if pattern is None:
            raise MissingText(f"{self.language}: {message} has no text")
        text, errors = self._bundle.format_pattern(pattern, dict(values))
        if errors:
            raise MissingText(f"{self.language}: {message}: {errors[0]}")
        return str(text)

    def _html_value(self, value: Value) -> Any:
        if isinstance(value, Html):
            return str(value)
        if isinstance(value, str):
            return _isolate(_escape(value))
        return self._plain_value(value)

    def _plain_value(self, value: Value) -> Any:
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, str):
            return _isolate(value)
        return value


class Texts:
    """All languages. Raises BrokenTexts at the start rather than showing half a sentence to somebody later."""

    def __init__(
        self, languages: tuple[str, ...], default: str, zone: ZoneInfo, folder: Path = LOCALES
    ) -> None:
        self.default = default
        self._words = {language: Words(language, *_bundle(folder, language), zone) for language in languages}

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._words)

    def words(self, language: str) -> Words:
        """The words for ``de`` or ``de-AT``; the default language's if the shop does not speak it."""
        return (
            self._words.get(language)
            or self._words.get(language.split("-")[0].lower())
            or self._words[self.default]
        )

    def speaks(self, language: str) -> bool:
        return language.split("-")[0].lower() in self._words


@lru_cache(maxsize=32)
def _bundle(folder: Path, language: str) -> tuple[FluentBundle, dict[str, Phrase]]:
    """A language's texts, read once a process: parsing them is most of what a start takes. Nothing changes them after that."""
    # Isolation marks around every value would put invisible characters between a number and its unit;
    # `_isolate` sets them just where a right-to-left value needs them.
    bundle = FluentBundle([language], use_isolating=False)
    phrases: dict[str, Phrase] = {}
    seen: dict[str, str] = {}
    files = sorted((folder / language).glob("*.ftl"))
    if not files:
        raise BrokenTexts(f"no texts for {language}")
    for file in files:
        resource = FluentParser().parse(file.read_text("utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise BrokenTexts(
                    f"{language}/{file.name}: {entry.annotations[0].message}: {entry.content!r}"
                )
            if isinstance(entry, ast.Message | ast.Term):
                if entry.id.name in seen:
                    raise BrokenTexts(f"{entry.id.name} stands in {seen[entry.id.name]} and in {file.name}")
                seen[entry.id.name] = file.name
            if isinstance(entry, ast.Message) and (phrase := _phrase(entry.value)) is not None:
                phrases[entry.id.name] = phrase
        bundle.add_resource(resource)
    return bundle, phrases


def _phrase(pattern: ast.Pattern | None) -> Phrase | None:
    """The pattern if it is nothing but text and variables: nine of ten are, and to join them takes a twentieth of
    what Fluent takes to resolve them."""
    if pattern is None:
        return None
    parts: list[str | _Variable] = []
    for element in pattern.elements:
        match element:
            case ast.TextElement(value=text):
                parts.append(text)
            case ast.Placeable(expression=ast.VariableReference(id=ast.Identifier(name=name))):
                parts.append(_Variable(name))
            case _:
                return None
    return tuple(parts)


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _isolate(text: str) -> str:
    """Keep a right-to-left value from turning the sentence around it (Unicode Standard Annex 9, isolates)."""
    if text.isascii() or not any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


@lru_cache(maxsize=512)
def _language_name(code: str, locale: str) -> str:
    try:
        # ISO 639-3 codes that have a two-letter form are normalised to it by Babel.
        return babel.Locale.parse(code).get_language_name(locale) or ""
    except (babel.UnknownLocaleError, ValueError):
        return str(babel.Locale.parse(locale).languages.get(code, ""))
