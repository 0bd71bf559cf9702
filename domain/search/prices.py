"""Prices in messages: "under 15", "bis 20 €", "between ten and twenty euros"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from domain.ports.books import Filters
from domain.search import vocabulary
from domain.search.understood import Step, Understood, any_of, first_of

CURRENCIES = (
    "eur|euro|euros|dollar|dollars|usd|gbp|pound|pounds|quid|buck|bucks|zl|zloty|zlotych|pln|chf|franken|franc|francs|rub|"
    "kr|kronor|yen|евро|р|peso|pesos|reais|грн|гривень|dolares|dolar|dolarow|руб|рубль|рубля|рублеи|рублях|libras|sterline"
)
_CURRENCY = rf"(?:[€$£₽¥]|(?<![^\W\d_])(?:{CURRENCIES})(?!\w))"
AMOUNTS = vocabulary.AMOUNTS
_NUMBER = (
    rf"(?:\d{{1,6}}(?:[.,]\d{{1,2}})?(?![\d%])|{any_of('|'.join(AMOUNTS))})(?:[.,]?[-–—]+(?!\d|\s*[\d€$£]))?"
)
_CENTS = r"(?:\s?\d\d(?=\s*(?:[,;.!?]|$)))?"
"""Fifteen euros fifty."""
_SURE = rf"(?:{_CURRENCY}\s*{_NUMBER}(?!\w)|{_NUMBER}\s*(?:{_CURRENCY})(?!\w){_CENTS})"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(\d+(?:[.,]\d{{1,2}})?|{any_of('|'.join(AMOUNTS))})(?:\s*(?:{_CURRENCY})\s?(\d\d)(?=\s*(?:[,;.!?]|$)))?"
)
_MONEY = re.compile(_CURRENCY)
_LEAST_YEAR, _LAST_YEAR = 1400, 2099
_ABOUT = 20
"""Per cent more or less that "about 15 euros" may be."""


def _amounts(said: str, decimals: int) -> list[int]:
    """What is named in ``said``, in minor units."""
    found: list[int] = []
    for match in _AMOUNT.finditer(said):
        number = AMOUNTS.get(match[1]) or Decimal(match[1].replace(",", "."))
        found.append(int(Decimal(number).scaleb(decimals)))
        if match[2] and decimals == 2:
            found[-1] += int(match[2])
    return found


def price(decimals: int) -> Step:
    """Prices that name a currency."""

    def step(found: Understood) -> Understood:
        filters = found.filters

        def between(match: re.Match[str]) -> Filters | None:
            if not _MONEY.search(match[0]):
                return None
            low, high = sorted(_amounts(match[0], decimals)[-2:])
            return replace(filters, price_min=low, price_max=high)

        def most(match: re.Match[str]) -> Filters | None:
            return replace(filters, price_max=_amounts(match[0], decimals)[-1])

        def least(match: re.Match[str]) -> Filters | None:
            return replace(filters, price_min=_amounts(match[0], decimals)[-1])

        def about(match: re.Match[str]) -> Filters | None:
            named = _amounts(match[0], decimals)[-1]
            return replace(
                filters, price_min=named - named * _ABOUT // 100, price_max=named + named * _ABOUT // 100
            )

        at_most = rf"(?:{any_of(vocabulary.AT_MOST + '|' + vocabulary.AT_MOST_IF_MONEY)}|[<≤]=?)"
        at_least = rf"(?:{any_of(vocabulary.AT_LEAST + '|' + vocabulary.AT_LEAST_IF_MONEY)}|[>≥]=?)"
        before = rf"(?:{any_of(vocabulary.AT_PRICE)}[:\s]\s*)?"
        money = rf"(?:{_CURRENCY})?\s*{_NUMBER}\s*(?:{_CURRENCY})?"
        both = (
            rf"(?:{any_of(vocabulary.BETWEEN)}\s+)?{money}\s*(?:-|–|{any_of(vocabulary.AND)})\s*{money}(?!\w)"
        )
        return first_of(
            found,
            (
                (both, between),
                (rf"{before}{at_most}[.:\s]*(?:{at_most}[.:\s]*)?{_SURE}", most),
                (rf"{before}{_SURE}\s+{any_of(vocabulary.OR_LESS)}", most),
                (rf"{before}{at_least}[.:\s]*{_SURE}", least),
                (rf"{any_of(vocabulary.ABOUT)}[.:\s]*{_SURE}", about),
                (rf"{any_of(vocabulary.AT_PRICE)}[:\s]\s*{_SURE}", most),
                (rf"(?:^|(?<=\w)[\s,]+){_SURE}(?=\s*[.!?]*\s*$)", most),
            ),
        )

    return step


def bare_price(decimals: int) -> Step:
    """ "Under 15" and no more: a number alone that ends the message, and is no year."""

    def step(found: Understood) -> Understood:
        filters = found.filters

        def plain(match: re.Match[str]) -> list[int] | None:
            amounts = _amounts(match[0], decimals)
            years = [int(year) for year in re.findall(r"(?<![.,\d])\d{4}(?![.,]?\d)", match[0])]
            return None if any(_LEAST_YEAR <= year <= _LAST_YEAR for year in years) else amounts

        def most(match: re.Match[str]) -> Filters | None:
            named = plain(match)
            return replace(filters, price_max=named[-1]) if named else None

        def least(match: re.Match[str]) -> Filters | None:
            named = plain(match)
            return replace(filters, price_min=named[-1]) if named else None

        def between(match: re.Match[str]) -> Filters | None:
            named = plain(match)
            return replace(filters, price_min=min(named[-2:]), price_max=max(named[-2:])) if named else None

        if filters.price_min is not None or filters.price_max is not None:
            return found
        before = rf"(?:{any_of(vocabulary.AT_PRICE)}\s+)?"
        ends = r"(?=\s*[.!?]*\s*$|\s*,(?!\d))"
        if_money = any_of(vocabulary.AT_MOST_IF_MONEY)
        return first_of(
            found,
            (
                (
                    rf"{any_of(vocabulary.BETWEEN_TWO)}\s+{_NUMBER}\s*(?:-|–|{any_of(vocabulary.AND)})\s*{_NUMBER}{ends}",
                    between,
                ),
                (rf"{before}{any_of(vocabulary.CHEAPER)}\s+{_NUMBER}(?!\w)", most),
                (rf"{before}(?:{any_of(vocabulary.AT_MOST)}|[<≤]=?)\s*{_NUMBER}{ends}", most),
                # Not "1 to 7" of anything.
                (rf"(?<!\d)(?<!\d\s){if_money}[.:\s]*{_NUMBER}{ends}", most),
                (rf"{before}{any_of(vocabulary.DEARER)}\s+{_NUMBER}{ends}", least),
            ),
        )

    return step
