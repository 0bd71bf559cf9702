"""What ONIX says of price and availability, and what of it is for a customer of this shop."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.feeds.onix_prices import _rounded
from domain.feed import Availability, FeedOptions, Reason
from domain.money import Money
from tests.catalogue.feeds.messages import (
    OPTIONS,
    TODAY,
    onix,
    only,
    price,
    product,
    read_text,
    schema_errors,
    supply,
    with_tax,
)

TAX_7 = "<Tax><TaxType>01</TaxType><TaxRateCode>R</TaxRateCode><TaxRatePercent>7</TaxRatePercent></Tax>"


def territory(inner: str) -> str:
    return f"<Territory>{inner}</Territory>"


def dated(role: str, day: str) -> str:
    return f'<PriceDate><PriceDateRole>{role}</PriceDateRole><Date dateformat="00">{day}</Date></PriceDate>'


def price_of(folder: Path, *prices: str, options: FeedOptions = OPTIONS) -> Money | None:
    return only(folder, product(supply=supply(*prices)), options=options).price


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_the_samples_of_this_file_are_valid_onix(tmp_path: Path) -> None:
    ours = territory("<CountriesIncluded>DE AT</CountriesIncluded>")
    section = supply(
        price("12.00", before="<PriceQualifier>05</PriceQualifier>", after=ours),
        price("9.35", kind="03").replace("<CurrencyCode>", f"{TAX_7}<CurrencyCode>"),
        price("10", after=dated("14", "20270101")),
        dates='<SupplyDate><SupplyDateRole>08</SupplyDateRole><Date dateformat="00">20270301</Date></SupplyDate>',
        market="<Market><Territory><RegionsIncluded>WORLD</RegionsIncluded></Territory></Market>",
    )
    publisher = "<Imprint><ImprintName>Gateway</ImprintName></Imprint><PublishingStatus>04</PublishingStatus>"
    assert schema_errors(tmp_path, onix(product(publishing=publisher, supply=section))) == []


def test_a_retail_price_with_tax_is_what_a_customer_pays(tmp_path: Path) -> None:
    assert price_of(tmp_path, price("10.90")) == euro(1090)
    assert price_of(tmp_path, price("24", kind="04")) == euro(2400)


def test_a_fixed_price_counts_before_a_recommended_one(tmp_path: Path) -> None:
    assert price_of(tmp_path, price("9.99", kind="02"), price("12.00", kind="04")) == euro(1200)


@pytest.mark.parametrize("kind", ["05", "07", "08", "09", "15", "17", "25", "27", "32", "35", "36", "37"])
def test_what_the_shop_pays_is_never_shown(tmp_path: Path, kind: str) -> None:
    assert price_of(tmp_path, price("5.10", kind=kind)) is None
    assert price_of(tmp_path, price("5.10", kind=kind), price("10.90")) == euro(1090)


def test_a_price_without_tax_takes_the_tax_that_it_brings(tmp_path: Path) -> None:
    net = price("9.35", kind="03").replace("<CurrencyCode>", f"{TAX_7}<CurrencyCode>")
    assert price_of(tmp_path, net) == euro(1000)
    amount = "<Tax><TaxType>01</TaxType><TaxRatePercent>7</TaxRatePercent><TaxAmount>0.64</TaxAmount></Tax>"
    assert price_of(
        tmp_path, price("9.35", kind="03").replace("<CurrencyCode>", f"{amount}<CurrencyCode>")
    ) == euro(999)


def test_else_the_shops_rate_and_without_one_no_price_at_all(tmp_path: Path) -> None:
    assert price_of(tmp_path, price("10.00", kind="01"), options=with_tax("7")) == euro(1070)
    records, problems = read_text(tmp_path, onix(product(supply=supply(price("10.00", kind="01")))))
    assert records[0].price is None
    assert [one.reason for one in problems] == [Reason.PRICE_WITHOUT_TAX]


def test_another_currency_is_not_converted(tmp_path: Path) -> None:
    both = supply(price("9.99", currency="GBP"), price("11.99", currency="USD"))
    records, problems = read_text(tmp_path, onix(product(supply=both)))
    assert records[0].price is None
    assert [(one.reason, one.values["currencies"]) for one in problems] == [
        (Reason.OTHER_CURRENCY, "GBP USD")
    ]
    assert price_of(tmp_path, price("9.99", currency="GBP"), price("11.50")) == euro(1150)


def test_the_headers_currency_and_type_hold_for_prices_without_one(tmp_path: Path) -> None:
    bare = "<Price><PriceAmount>8.50</PriceAmount></Price>"
    header = "<DefaultPriceType>04</DefaultPriceType><DefaultCurrencyCode>EUR</DefaultCurrencyCode>"
    records, _ = read_text(tmp_path, onix(product(supply=supply(bare)), header=header))
    assert records[0].price == euro(850)


@pytest.mark.parametrize(
    ("inner", "ours"),
    [
        ("<CountriesIncluded>DE AT CH</CountriesIncluded>", True),
        ("<CountriesIncluded>FR</CountriesIncluded>", False),
        ("<RegionsIncluded>WORLD</RegionsIncluded>", True),
        ("<RegionsIncluded>ECZ</RegionsIncluded>", True),
        ("<RegionsIncluded>GB-EWS</RegionsIncluded>", False),
        ("<RegionsIncluded>WORLD</RegionsIncluded><CountriesExcluded>DE</CountriesExcluded>", False),
    ],
)
def test_a_price_is_for_its_territory(tmp_path: Path, inner: str, ours: bool) -> None:
    found = price_of(tmp_path, price("10.00", after=territory(inner)))
    assert found == (euro(1000) if ours else None)


def test_a_price_that_names_the_country_counts_before_one_for_the_world(tmp_path: Path) -> None:
    anywhere = price("20.00")
    world = price("19.00", after=territory("<RegionsIncluded>WORLD</RegionsIncluded>"))
    ours = price("18.00", after=territory("<CountriesIncluded>DE AT</CountriesIncluded>"))
    assert price_of(tmp_path, anywhere, world, ours) == euro(1800)
    assert price_of(tmp_path, anywhere, world) == euro(1900)
    assert price_of(tmp_path, ours, anywhere) == euro(1800)


def test_a_preorder_shows_the_price_of_the_day_on_which_it_comes_out(tmp_path: Path) -> None:
    release = (
        "<PublishingStatus>02</PublishingStatus><PublishingDate><PublishingDateRole>01</PublishingDateRole>"
        '<Date dateformat="00">20270105</Date></PublishingDate>'
    )
    later = price("14.00", after=dated("14", "20270201"))
    first = price("12.00", after=dated("14", "20270105"))

    def found(*prices: str) -> Money | None:
        section = supply(*prices, availability="10")
        return only(tmp_path, product(publishing=release, supply=section)).price

    assert found(later, first) == euro(1200)
    assert found(later) is None
    assert found(first, price("10.00", after=dated("15", "20261231"))) == euro(1000)
    assert price_of(tmp_path, first) is None


def test_a_market_elsewhere_says_nothing_of_this_one(tmp_path: Path) -> None:
    abroad = "<Market><Territory><CountriesIncluded>AU</CountriesIncluded></Territory></Market>"
    record = only(tmp_path, product(supply=supply(price("10.00"), market=abroad)))
    assert (record.price, record.availability) == (None, None)
    both = supply(price("8.00"), market=abroad) + supply(price("12.00"), availability="22")
    record = only(tmp_path, product(supply=both))
    assert (record.price, record.availability) == (euro(1200), Availability.TO_ORDER)


def test_a_price_is_in_force_between_its_dates(tmp_path: Path) -> None:
    now, then = price("10.00", after=dated("15", "20261231")), price("12.00", after=dated("14", "20270101"))
    assert price_of(tmp_path, now, then) == euro(1000)
    later = FeedOptions(currency="EUR", country="DE", today=date(2027, 1, 1))
    assert price_of(tmp_path, now, then, options=later) == euro(1200)
    span = '<PriceDate><PriceDateRole>24</PriceDateRole><Date dateformat="06">2026010120261101</Date></PriceDate>'
    assert price_of(tmp_path, price("7.00", after=span)) is None


@pytest.mark.parametrize(
    "special",
    [
        price("5.00", before="<PriceQualifier>10</PriceQualifier>"),
        price("5.00", before="<MinimumOrderQuantity>10</MinimumOrderQuantity>"),
        price("5.00", before="<PriceCondition><PriceConditionType>02</PriceConditionType></PriceCondition>"),
    ],
)
def test_a_price_for_some_is_not_everybodys(tmp_path: Path, special: str) -> None:
    assert price_of(tmp_path, special) is None


@pytest.mark.parametrize("amount", ["0", "0.00", "free", "-3", "NaN", "1e9", ""])
def test_what_is_no_price_is_not_one(tmp_path: Path, amount: str) -> None:
    assert price_of(tmp_path, price(amount)) is None


def test_an_unpriced_item_is_to_be_asked_for_and_never_free(tmp_path: Path) -> None:
    record = only(tmp_path, product(supply=supply(unpriced="<UnpricedItemType>01</UnpricedItemType>")))
    assert (record.price, record.availability) == (None, Availability.IN_STOCK)


@given(st.decimals(min_value=Decimal("0.01"), max_value=9999, places=4))
def test_a_price_made_from_a_net_one_is_rounded_half_up_to_a_cent(amount: Decimal) -> None:
    rounded = _rounded(amount, "EUR")
    assert abs(rounded.decimal - amount) <= Decimal("0.005")
    assert _rounded(amount, "JPY") == Money(int(amount + Decimal("0.5")), "JPY")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("20", Availability.IN_STOCK),
        ("21", Availability.IN_STOCK),
        ("22", Availability.TO_ORDER),
        ("23", Availability.TO_ORDER),
        ("10", Availability.PREORDER),
        ("11", Availability.PREORDER),
        ("31", Availability.UNAVAILABLE),
        ("40", Availability.UNAVAILABLE),
        ("49", Availability.RECALLED),
        ("99", Availability.TO_ORDER),
        ("97", None),
    ],
)
def test_availability_by_the_suppliers_code(tmp_path: Path, code: str, expected: Availability | None) -> None:
    assert only(tmp_path, product(supply=supply(availability=code))).availability is expected


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        ("04", "21", Availability.IN_STOCK),
        ("02", "22", Availability.PREORDER),
        ("02", "21", Availability.IN_STOCK),
        ("07", "21", Availability.UNAVAILABLE),
        ("01", "10", Availability.UNAVAILABLE),
        ("15", "21", Availability.RECALLED),
        ("04", "49", Availability.RECALLED),
    ],
)
def test_the_publishers_word_counts_for_more(
    tmp_path: Path, status: str, code: str, expected: Availability
) -> None:
    book = product(
        publishing=f"<PublishingStatus>{status}</PublishingStatus>", supply=supply(availability=code)
    )
    assert only(tmp_path, book).availability is expected


def test_of_several_suppliers_the_best_counts(tmp_path: Path) -> None:
    assert only(
        tmp_path, product(supply=supply(availability="31") + supply(availability="21"))
    ).availability is (Availability.IN_STOCK)


def test_a_book_that_is_not_out_is_a_preorder_with_its_date(tmp_path: Path) -> None:
    coming = (
        "<PublishingStatus>02</PublishingStatus><PublishingDate><PublishingDateRole>01</PublishingDateRole>"
        '<Date dateformat="00">20270214</Date></PublishingDate>'
    )
    record = only(tmp_path, product(publishing=coming, supply=supply(price("20.00"), availability="21")))
    assert (record.availability, record.available_from) == (Availability.PREORDER, date(2027, 2, 14))
    out = FeedOptions(currency="EUR", country="DE", today=date(2027, 2, 14))
    record = only(
        tmp_path, product(publishing=coming, supply=supply(price("20.00"), availability="21")), options=out
    )
    assert (record.availability, record.available_from) == (Availability.IN_STOCK, None)


def test_an_embargo_is_kept_even_if_the_books_are_there(tmp_path: Path) -> None:
    embargo = (
        "<PublishingStatus>04</PublishingStatus><PublishingDate><PublishingDateRole>02</PublishingDateRole>"
        '<Date dateformat="00">20261201</Date></PublishingDate>'
    )
    record = only(tmp_path, product(publishing=embargo, supply=supply(availability="21")))
    assert (record.availability, record.available_from) == (Availability.PREORDER, date(2026, 12, 1))


def test_something_missing_says_when_it_is_expected(tmp_path: Path) -> None:
    expected = (
        '<SupplyDate><SupplyDateRole>08</SupplyDateRole><Date dateformat="00">20270301</Date></SupplyDate>'
    )
    record = only(tmp_path, product(supply=supply(availability="32", dates=expected)))
    assert (record.availability, record.available_from) == (Availability.UNAVAILABLE, date(2027, 3, 1))
    assert date(2027, 3, 1) > TODAY


def test_a_pre_publication_price_ends_with_publication(tmp_path: Path) -> None:
    prices = (price("20.00", kind="24"), price("25.00", kind="04"))
    assert only(tmp_path, product(supply=supply(*prices, availability="10"))).price == euro(2000)
    assert only(tmp_path, product(supply=supply(*prices, availability="21"))).price == euro(2500)
