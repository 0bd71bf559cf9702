"""A day's close, for the staff."""

from __future__ import annotations

from bot.actions import StaffTakeIn
from bot.screen import Button, Html, Row, lines, paragraphs
from bot.screens.orders import way_name
from bot.screens.tax import named
from bot.texts import Words
from domain.closing import Compared, DayClose, Difference, Finding, Sum, Taxed
from domain.money import Money, total

_LISTED = 8
"""Orders that are named one by one; with more, the rest is counted, so that a close fits a message."""
_BUTTONS = 6
_LATER = frozenset({Finding.NOT_KNOWN, Finding.REFUND_NOT_KNOWN})
_LOOK = frozenset({Finding.NOT_PAID, Finding.OTHER_AMOUNT, Finding.OTHER_CHARGE, Finding.REFUND_NOT_MADE})


def closing(close: DayClose, words: Words, tax_name: str = "", *, in_chat: bool = True) -> Html:
    """``tax_name`` is what the shop calls its tax, if it is not what the language does. ``in_chat``: there are buttons beneath it."""
    return paragraphs(
        words.html("close-title", day=words.date(close.day)),
        _taken(close, words),
        _sums("close-given-back", close.given_back, words, "close-sum-back"),
        _sums("close-came-back", close.came_back, words, "close-sum-back"),
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
        _compared(close, close.compared, words, in_chat=in_chat) if close.compared is not None else None,
    )


def taking_in(close: DayClose, words: Words) -> tuple[Row, ...]:
    """A button for each order that the gateways have more of than our books."""
    orders: dict[str, Difference] = {}
    for one in close.compared.differences if close.compared is not None else ():
        if one.can_be_taken_in:
            orders.setdefault(one.number, one)
    return tuple(
        (
            Button(
                words.plain("close-take-in", number=number, amount=one.theirs or one.ours),
                StaffTakeIn(close.day.isoformat(), number),
            ),
        )
        for number, one in list(orders.items())[:_BUTTONS]
    )


def difference_line(one: Difference, words: Words) -> Html:
    """What a gateway says, and what our books say."""
    message = f"close-{one.finding.value.replace('_', '-')}"
    if not one.number:
        message += "-of-nobody"
    return words.html(
        message,
        number=one.number,
        service=service_name(one.gateway, words),
        ours=one.ours,
        theirs=one.theirs if one.theirs is not None else Money.zero(one.ours.currency),
        charge=one.charge_id,
    )


def service_name(gateway: str, words: Words) -> str:
    """Who the staff turn to about this gateway's payments."""
    message = f"service-{gateway.replace('_', '-')}"
    return words.plain(message) if words.has(message) else gateway


def _taken(close: DayClose, words: Words) -> Html:
    if not close.taken:
        return words.html("close-nothing-taken")
    return lines(_sums("close-taken", close.taken, words), words.html("close-total", amount=close.total))


def _sums(title: str, sums: tuple[Sum, ...], words: Words, line: str = "close-sum") -> Html | None:
    if not sums:
        return None
    listed = (
        words.html(line, way=way_name(one.way, words), count=one.count, amount=one.amount) for one in sums
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


def _compared(close: DayClose, compared: Compared, words: Words, *, in_chat: bool) -> Html:
    listed = [difference_line(one, words) for one in compared.differences]
    left_out = [
        words.html(message, service=service_name(name, words), day=close.day.isoformat())
        for message, names in (
            ("close-unheard", compared.unheard),
            ("close-one-by-one", compared.one_by_one),
            ("close-unasked", compared.unasked),
        )
        for name in names
    ]
    agree = None
    if not listed and not compared.unheard:
        agree = words.html("close-no-differences")
    return paragraphs(
        _named("close-differences", listed, words),
        lines(*(words.html(message, day=close.day.isoformat()) for message in _to_do(compared, in_chat))),
        lines(agree, *left_out),
    )


def _to_do(compared: Compared, in_chat: bool) -> list[str]:
    """What can be done about the differences, a sentence for each kind."""
    found = compared.differences
    wanted = {
        "close-do-tap" if in_chat else "close-do-in-group": any(one.can_be_taken_in for one in found),
        "close-do-of-nobody": any(not one.number for one in found),
        "close-do-look": any(one.finding in _LOOK for one in found),
        "close-do-later": any(one.finding in _LATER for one in found),
    }
    return [message for message, is_wanted in wanted.items() if is_wanted]
