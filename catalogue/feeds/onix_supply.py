"""Whether an ONIX product can be had in the shop's market, from when, and what a customer pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from catalogue.feeds import onix_codes as codes
from catalogue.feeds.onix_dates import When, when
from catalogue.feeds.onix_names import Element, Group, Names, text_of, texts_of
from catalogue.feeds.reporting import Report
from domain.feed import Availability, FeedOptions, Reason
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
class Defaults:
    """The message header's defaults for what a price does not say."""

    currency: str = ""
    price_type: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """What the market says; ``availability`` None: nothing."""

    availability: Availability | None = None
    available_from: date | None = None
    price: Money | None = None


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
    prices = _Prices(names, defaults, options, report)
    found: list[tuple[Availability, date | None]] = []
    market_status: Availability | None = None
    released = publisher.published.first if publisher.published else None
    for element in sections:
        section = names.group(element)
        if not _for_market(names, section, options.country):
            continue
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
    return Supply(state, from_day, prices.best(state is Availability.PREORDER))


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
    return not markets or any(_in_territory(names, names.group(market), country) for market in markets)


def _in_territory(names: Names, holder: Group, country: str) -> bool:
    """Whether ``country`` is in the holder's territory; one without a territory is everywhere."""
    territories = [names.group(element) for element in holder.get("Territory", ())]
    if not territories:
        countries = {code for text in texts_of(holder, "CountryCode") for code in text.split()}
        return not countries or country in countries
    return any(_covers(territory, country) for territory in territories)


def _covers(territory: Group, country: str) -> bool:
    included = {code for text in texts_of(territory, "CountriesIncluded") for code in text.split()}
    regions = {code for text in texts_of(territory, "RegionsIncluded") for code in text.split()}
    excluded = {code for text in texts_of(territory, "CountriesExcluded") for code in text.split()}
    if country in excluded:
        return False
    if country in included or "WORLD" in regions or "ROW" in regions:
        return True
    if "ECZ" in regions:
        return country in codes.EUROZONE
    return not included and not regions


class _Prices:
    """The prices that are a customer's, in the shop's currency and market, in force today."""

    def __init__(self, names: Names, defaults: Defaults, options: FeedOptions, report: Report) -> None:
        self._names = names
        self._defaults = defaults
        self._options = options
        self._report = report
        self._found: dict[str, Money] = {}
        self._other_currencies: set[str] = set()
        self._untaxed = False

    def gather(self, detail: Group) -> None:
        for element in detail.get("Price", ()):
            self._consider(self._names.group(element))

    def best(self, preorder: bool) -> Money | None:
        """Fixed before recommended, with tax before without; a pre-publication price only before publication."""
        order = (*codes.RETAIL_WITH_TAX, *codes.RETAIL_WITHOUT_TAX)
        early = [kind for kind in order if kind in codes.PRE_PUBLICATION]
        usual = [kind for kind in order if kind not in codes.PRE_PUBLICATION]
        for kind in (*early, *usual) if preorder else usual:
            if kind in self._found:
                return self._found[kind]
        if self._other_currencies:
            self._report.once(Reason.OTHER_CURRENCY, currencies=" ".join(sorted(self._other_currencies)))
        elif self._untaxed:
            self._report.once(Reason.PRICE_WITHOUT_TAX)
        return None

    def _consider(self, price: Group) -> None:
        kind = text_of(price, "PriceType") or self._defaults.price_type
        with_tax = kind in codes.RETAIL_WITH_TAX
        if not with_tax and kind not in codes.RETAIL_WITHOUT_TAX:
            if kind and kind not in codes.SUPPLIER_PRICES:
                self._report.unknown("onix-58", kind)
            return
        amount = text_of(price, "PriceAmount")
        if not amount or "UnpricedItemType" in price or not self._is_everybodys(price):
            return
        if not _in_territory(self._names, price, self._options.country) or not self._in_force(price):
            return
        currency = text_of(price, "CurrencyCode") or self._defaults.currency
        if currency and currency != self._options.currency:
            self._other_currencies.add(currency)
            return
        try:
            given = Decimal(amount.replace(",", "."))
        except InvalidOperation:
            self._report.note(Reason.BAD_PRICE, text=amount)
            return
        if not given.is_finite() or given <= 0 or given >= 1_000_000:
            self._report.note(Reason.BAD_PRICE, text=amount)
            return
        gross = given if with_tax else self._taxed(given, price)
        if gross is None:
            self._untaxed = True
            return
        self._found.setdefault(kind, _rounded(gross, self._options.currency))

    def _is_everybodys(self, price: Group) -> bool:
        """For one copy, by anybody, without a condition."""
        if text_of(price, "PriceQualifier") not in codes.CONSUMER_QUALIFIERS:
            return False
        if "PriceCondition" in price or "PriceConstraint" in price:
            return False
        return text_of(price, "MinimumOrderQuantity") in ("", "0", "1")

    def _in_force(self, price: Group) -> bool:
        start = when(price, self._report, "PriceEffectiveFrom")
        end = when(price, self._report, "PriceEffectiveUntil")
        first = None if start is None else start.first
        last = None if end is None else end.first
        for element in price.get("PriceDate", ()):
            group = self._names.group(element)
            role, read = text_of(group, "PriceDateRole"), when(group, self._report)
            if read is None:
                continue
            if role in ("14", "24"):
                first = read.first
            if role == "15":
                last = read.first
            if (
                role == "24"
                and len(text_of(group, "Date")) == 16
                and (until := When.read(text_of(group, "Date")[8:], "00"))
            ):
                last = until.first
        return (first is None or first <= self._options.today) and (
            last is None or last >= self._options.today
        )

    def _taxed(self, net: Decimal, price: Group) -> Decimal | None:
        """With the tax that the price brings (its amounts, else its rates), else with the shop's own rate."""
        taxes = [self._names.group(element) for element in price.get("Tax", ())]
        if taxes:
            amounts = [_decimal(text_of(tax, "TaxAmount")) for tax in taxes]
            if all(amount is not None for amount in amounts):
                return net + sum(amount for amount in amounts if amount is not None)
            rates = [_decimal(text_of(tax, "TaxRatePercent")) for tax in taxes]
            if len(rates) == 1 and rates[0] is not None:
                return net * (100 + rates[0]) / 100
        percent = self._options.tax_percent
        return None if percent is None else net * (100 + percent) / 100


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < 1_000_000 else None


def _rounded(amount: Decimal, currency: str) -> Money:
    """To the currency's minor unit, half up: here is where a price that was made from a net one is rounded."""
    unit = Money(1, currency).decimal
    return Money(int((amount / unit).quantize(Decimal(1), ROUND_HALF_UP)), currency)
