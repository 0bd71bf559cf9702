"""A day's close, for the staff."""

from __future__ import annotations

from bot.screen import Html, lines, paragraphs
from bot.screens.orders import way_name
from bot.screens.tax import named
from bot.texts import Words
from domain.closing import DayClose, Sum, Taxed
from domain.money import Money, total

_LISTED = 15
"""Orders that are named one by one; with more, the rest is counted."""


def closing(close: DayClose, words: Words, tax_name: str = "") -> Html:
    """``tax_name`` is what the shop calls its tax, if it is not what the language does."""
    return paragraphs(
        words.html("close-title", day=words.date(close.day)),
        _taken(close, words),
        _sums("close-given-back", close.given_back, words),
        _kept(close, words),
        _taxed(close, words, tax_name),
        _named(
            "close-owed",
            [words.html("close-owed-line", number=o.number, amount=o.amount) for o in close.owed],
            words,
        ),
        words.html("close-open", count=close.open_orders, copies=close.held_copies),
        _named(
            "close-doubts",
            [
                words.html(
                    "close-doubt-line",
                    number=doubt.number,
                    amount=doubt.attempt.amount,
                    way=way_name(doubt.attempt.gateway, words),
                )
                for doubt in close.doubts
            ],
            words,
        ),
        _differences(close, words),
    )


def _taken(close: DayClose, words: Words) -> Html:
    if not close.taken:
        return words.html("close-nothing-taken")
    return lines(_sums("close-taken", close.taken, words), words.html("close-total", amount=close.total))


def _sums(title: str, sums: tuple[Sum, ...], words: Words) -> Html | None:
    if not sums:
        return None
    listed = (
        words.html("close-sum", way=way_name(one.way, words), count=one.count, amount=one.amount)
        for one in sums
    )
    return lines(words.html(title), *listed)


def _taxed(close: DayClose, words: Words, tax_name: str) -> Html | None:
    if not close.taxed:
        return None
    return lines(words.html("close-tax"), *(_at_rate(one, words, tax_name) for one in close.taxed))


def _at_rate(one: Taxed, words: Words, tax_name: str) -> Html:
    if one.rate is None:
        return words.html("close-tax-unknown", gross=one.gross)
    rate = named(one.rate, words, tax_name)
    return words.html("close-tax-line", rate=rate, gross=one.gross, net=one.net, tax=one.tax)


def _kept(close: DayClose, words: Words) -> Html | None:
    if not close.kept:
        return None
    amount = total([one.amount for one in close.kept], close.total.currency)
    return words.html("close-kept", count=sum(one.count for one in close.kept), amount=amount)


def _named(title: str, listed: list[Html], words: Words) -> Html | None:
    if not listed:
        return None
    rest = words.html("close-more", count=len(listed) - _LISTED) if len(listed) > _LISTED else None
    return lines(words.html(title), *listed[:_LISTED], rest)


def _differences(close: DayClose, words: Words) -> Html | None:
    if close.differences is None:
        return None
    listed = [
        words.html(
            f"close-{one.finding.value.replace('_', '-')}",
            number=one.number,
            way=way_name(one.gateway, words),
            ours=one.ours,
            theirs=one.theirs if one.theirs is not None else Money.zero(one.ours.currency),
        )
        for one in close.differences
    ]
    unasked = [words.html("close-unasked", way=way_name(way, words)) for way in close.unasked]
    if not listed:
        return lines(words.html("close-no-differences"), *unasked)
    return lines(_named("close-differences", listed, words), *unasked)
