"""Whether an ONIX product can be had in the shop's market, and from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from catalogue.feeds import onix_codes as codes
from catalogue.feeds.onix_dates import When, when
from catalogue.feeds.onix_names import Element, Group, Names, text_of
from catalogue.feeds.onix_prices import Defaults, Prices
from catalogue.feeds.onix_territories import in_territory
from catalogue.feeds.reporting import Report
from domain.feed import Availability, FeedOptions
from domain.money import Money

_BEST_FIRST: Final = (
    Availability.RECALLED,
    Availability.IN_STOCK,
    Availability.TO_ORDER,
    Availability.PREORDER,
    Availability.UNAVAILABLE,
)


@dataclass(frozen=True, slots=True)
class Publishing:
    """What the publisher says: when it came or comes out, and whether it is kept in print."""

    published: When | None = None
    year: int | None = None
    on_sale: date | None = None
    status: Availability | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """What the market says; ``availability`` None: nothing. ``here``: whether anything was said of the shop's market."""

    availability: Availability | None = None
    available_from: date | None = None
    price: Money | None = None
    here: bool = True


def publishing(names: Names, detail: Group, report: Report) -> Publishing:
    """Of the block ``PublishingDetail``."""
    dates: dict[str, When] = {}
    for element in detail.get("PublishingDate", ()):
        group = names.group(element)
        read = when(group, report)
        if read is not None:
            dates.setdefault(text_of(group, "PublishingDateRole"), read)
    published = dates.get(codes.PUBLICATION)
    dated = next((dates[role] for role in codes.YEAR_ROLES if role in dates), None)
    embargo = dates.get(codes.EMBARGO)
    status = _of(codes.STATUS, text_of(detail, "PublishingStatus"), "onix-64", report)
    return Publishing(
        published=published,
        year=None if dated is None else dated.year,
        on_sale=None if embargo is None else embargo.first,
        status=status,
    )


def supply(
    names: Names,
    sections: Sequence[Element],
    publisher: Publishing,
    defaults: Defaults,
    options: FeedOptions,
    report: Report,
) -> Supply:
    """Of all blocks ``ProductSupply`` that are for the shop's country."""
    prices = Prices(names, defaults, options, report)
    found: list[tuple[Availability, date | None]] = []
    market_status: Availability | None = None
    released = publisher.published.first if publisher.published else None
    here = False
    for element in sections:
        section = names.group(element)
        if not _for_market(names, section, options.country):
            continue
        here = True
        for market in section.get("MarketPublishingDetail", ()):
            group = names.group(market)
            market_status = _of(
                codes.MARKET_STATUS, text_of(group, "MarketPublishingStatus"), "onix-68", report
            )
            released = _market_date(names, group, report) or released
        for detail in section.get("SupplyDetail", ()):
            group = names.group(detail)
            state = _of(codes.AVAILABILITY, text_of(group, "ProductAvailability"), "onix-65", report)
            if state is not None:
                found.append((state, _expected(names, group, report)))
            prices.gather(group)
    state, expected = min(found, key=lambda pair: _BEST_FIRST.index(pair[0]), default=(None, None))
    state = _overruled(state, publisher.status, market_status)
    release = max((day for day in (released, publisher.on_sale) if day is not None), default=None)
    if (
        state in (Availability.IN_STOCK, Availability.TO_ORDER, None)
        and release is not None
        and release > options.today
    ):
        state = Availability.PREORDER
    from_day = None
    if state is Availability.PREORDER:
        from_day = _later(expected or release, options.today)
    elif state is Availability.UNAVAILABLE:
        from_day = _later(expected, options.today)
    return Supply(state, from_day, prices.best(state is Availability.PREORDER, release), here)


def _overruled(state: Availability | None, *statuses: Availability | None) -> Availability | None:
    """A publisher's recall or end of a book counts for more than a supplier's stock; a forthcoming one is a pre-order."""
    if Availability.RECALLED in (state, *statuses):
        return Availability.RECALLED
    if Availability.UNAVAILABLE in statuses:
        return Availability.UNAVAILABLE
    if Availability.PREORDER in statuses and state in (None, Availability.TO_ORDER):
        return Availability.PREORDER
    return state


def _later(day: date | None, today: date) -> date | None:
    return day if day is not None and day > today else None


def _of(table: dict[str, Availability | None], code: str, scheme: str, report: Report) -> Availability | None:
    if code and code not in table:
        report.unknown(scheme, code)
    return table.get(code)


def _market_date(names: Names, group: Group, report: Report) -> date | None:
    for element in group.get("MarketDate", ()):
        dated = names.group(element)
        if text_of(dated, "MarketDateRole") == codes.PUBLICATION:
            read = when(dated, report)
            return None if read is None else read.first
    return None


def _expected(names: Names, group: Group, report: Report) -> date | None:
    for element in group.get("SupplyDate", ()):
        dated = names.group(element)
        if text_of(dated, "SupplyDateRole") == codes.EXPECTED:
            read = when(dated, report)
            return None if read is None else read.first
    return None


def _for_market(names: Names, section: Group, country: str) -> bool:
    """A section without a market is for all of them."""
    markets = section.get("Market", ())
    return not markets or any(in_territory(names, names.group(market), country) for market in markets)
