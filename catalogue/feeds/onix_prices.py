"""What a customer pays for an ONIX product, out of all the prices that it brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from catalogue.feeds import onix_codes as codes
from catalogue.feeds.onix_dates import When, when
from catalogue.feeds.onix_names import Group, Names, text_of, texts_of
from catalogue.feeds.onix_territories import in_territory
from catalogue.feeds.reporting import Report
from domain.feed import FeedOptions, Reason
from domain.money import Money


@dataclass(frozen=True, slots=True)
class Defaults:
    """The message header's defaults for what a price does not say."""

    currency: str = ""
    price_type: str = ""


class Prices:
    """The prices that are a customer's, in the shop's currency and market, in force today."""

    def __init__(self, names: Names, defaults: Defaults, options: FeedOptions, report: Report) -> None:
        self._names = names
        self._defaults = defaults
        self._options = options
        self._report = report
        self._found: dict[str, tuple[int, Money]] = {}
        self._coming: dict[str, tuple[date, Money]] = {}
        self._other_currencies: set[str] = set()
        self._untaxed = False

    def gather(self, detail: Group) -> None:
        for element in detail.get("Price", ()):
            self._consider(self._names.group(element))

    def best(self, preorder: bool, release: date | None = None) -> Money | None:
        """Fixed before recommended, with tax before without; a pre-publication price only before publication.

        For a pre-order without a price of today's, the one of the day on which it comes out.
        """
        order = (*codes.RETAIL_WITH_TAX, *codes.RETAIL_WITHOUT_TAX)
        early = [kind for kind in order if kind in codes.PRE_PUBLICATION]
        usual = [kind for kind in order if kind not in codes.PRE_PUBLICATION]
        for kind in (*early, *usual) if preorder else usual:
            if kind in self._found:
                return self._found[kind][1]
        for kind in usual if preorder else ():
            start, price = self._coming.get(kind, (None, None))
            if start is not None and (release is None or start <= release):
                return price
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
        if not in_territory(self._names, price, self._options.country):
            return
        first, last = self._validity(price)
        if last is not None and last < self._options.today:
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
        money = _rounded(gross, self._options.currency)
        if first is not None and first > self._options.today:
            if kind not in self._coming or first < self._coming[kind][0]:
                self._coming[kind] = first, money
            return
        width = self._width(price)
        if kind not in self._found or width < self._found[kind][0]:
            self._found[kind] = width, money

    def _width(self, price: Group) -> int:
        """How wide the price's territory is: one that names the country counts before one for a region or for the world."""
        territories = [self._names.group(element) for element in price.get("Territory", ())]
        named = any(
            self._options.country in text.split()
            for group in (price, *territories)
            for name in ("CountryCode", "CountriesIncluded")
            for text in texts_of(group, name)
        )
        if named:
            return 0
        return 1 if any("RegionsIncluded" in group for group in territories) else 2

    def _is_everybodys(self, price: Group) -> bool:
        """For one copy, by anybody, without a condition."""
        if text_of(price, "PriceQualifier") not in codes.CONSUMER_QUALIFIERS:
            return False
        if "PriceCondition" in price or "PriceConstraint" in price:
            return False
        return text_of(price, "MinimumOrderQuantity") in ("", "0", "1")

    def _validity(self, price: Group) -> tuple[date | None, date | None]:
        """The first and the last day on which the price holds, as far as it says them."""
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
        return first, last

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
