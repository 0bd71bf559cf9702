"""Feeds for the tests: small messages written here, in every dress that they come in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from onixcheck import validation

from catalogue.feeds import Feed
from catalogue.feeds.onix_names import _COMPOSITES, _SHORT
from domain.feed import FeedOptions, FeedProblem, FeedRecord, Reason, Severity

_validate: Callable[[str], list[object]] = validation.validate

TODAY = date(2026, 11, 22)
OPTIONS = FeedOptions(currency="EUR", country="DE", today=TODAY)

# Tags that the reader passes over, for whole messages.
_OTHERS = {
    "SenderName": "x298", "SentDateTime": "x307", "SupplierRole": "j292", "SupplierName": "j137", "NoPrefix": "x501",
    "SubjectSchemeVersion": "b068", "CountryOfPublication": "b083", "TaxRateCode": "x471", "NameIDType": "x415",
}  # fmt: skip
_SHORT_OF = (
    {name: tag for tag, name in _SHORT.items()} | {name: name.lower() for name in _COMPOSITES} | _OTHERS
)
_TAG = re.compile(r"<(/?)([A-Za-z]+)")

LIST = "isbn13;title;authors\n9780061054884;The Dispossessed;Ursula K. Le Guin\n"


def onix(*products: str, release: str = "3.0", short: bool = False, header: str = "") -> str:
    """A message of these products, which are written with reference names."""
    style = "short" if short else "reference"
    text = (
        f'<ONIXMessage release="{release}" xmlns="http://ns.editeur.org/onix/{release}/{style}">'
        f"<Header><Sender><SenderName>Test</SenderName></Sender><SentDateTime>20261122</SentDateTime>{header}</Header>\n"
        + "\n".join(products)
        + "\n</ONIXMessage>"
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + (_shortened(text) if short else text)


def _shortened(text: str) -> str:
    def tag(match: re.Match[str]) -> str:
        name = match.group(2)
        if name in ("p", "em", "strong", "ul", "li", "br"):
            return match.group(0)
        known = {"ONIXMessage": "ONIXmessage"} | _SHORT_OF
        return f"<{match.group(1)}{known.get(name, name.lower())}"

    return _TAG.sub(tag, text)


def product(
    *,
    reference: str = "test.1",
    notification: str = "03",
    identifiers: Iterable[tuple[str, str]] = (("15", "9780061054884"),),
    title: str = "<TitleText>The Dispossessed</TitleText>",
    descriptive: str = "",
    form: str = "BC",
    collection: str = "",
    people: str = "<Contributor><SequenceNumber>1</SequenceNumber><ContributorRole>A01</ContributorRole>"
    "<PersonName>Ursula K. Le Guin</PersonName></Contributor>",
    language: str = "<Language><LanguageRole>01</LanguageRole><LanguageCode>eng</LanguageCode></Language>",
    collateral: str = "",
    publishing: str = "<PublishingStatus>04</PublishingStatus>",
    supply: str = "",
) -> str:
    """One product, valid by the schema as long as its parts are."""
    ids = "".join(
        f"<ProductIdentifier><ProductIDType>{kind}</ProductIDType><IDValue>{value}</IDValue></ProductIdentifier>"
        for kind, value in identifiers
    )
    texts = f"<CollateralDetail>{collateral}</CollateralDetail>" if collateral else ""
    return (
        f"<Product><RecordReference>{reference}</RecordReference><NotificationType>{notification}</NotificationType>{ids}"
        f"<DescriptiveDetail><ProductComposition>00</ProductComposition><ProductForm>{form}</ProductForm>{collection}"
        f"<TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel>{title}"
        f"</TitleElement></TitleDetail>{people}{language}{descriptive}</DescriptiveDetail>{texts}"
        f"<PublishingDetail>{publishing}</PublishingDetail>{supply}</Product>"
    )


def supply(
    *prices: str, availability: str = "21", market: str = "", dates: str = "", unpriced: str = ""
) -> str:
    """A block of supply with these prices."""
    return (
        f"<ProductSupply>{market}<SupplyDetail><Supplier><SupplierRole>04</SupplierRole><SupplierName>W</SupplierName>"
        f"</Supplier><ProductAvailability>{availability}</ProductAvailability>{dates}{unpriced}{''.join(prices)}"
        "</SupplyDetail></ProductSupply>"
    )


def price(amount: str, *, kind: str = "02", currency: str = "EUR", before: str = "", after: str = "") -> str:
    """A price; ``before`` stands before its amount, ``after`` after its currency, as the schema orders them."""
    return (
        f"<Price><PriceType>{kind}</PriceType>{before}<PriceAmount>{amount}</PriceAmount>"
        f"<CurrencyCode>{currency}</CurrencyCode>{after}</Price>"
    )


def read(path: Path, options: FeedOptions = OPTIONS) -> tuple[list[FeedRecord], list[FeedProblem]]:
    """Everything that a file gives, records and problems apart."""
    found = list(Feed(path, options))
    return [one for one in found if isinstance(one, FeedRecord)], [
        one for one in found if isinstance(one, FeedProblem)
    ]


def read_text(
    folder: Path, text: str | bytes, options: FeedOptions = OPTIONS
) -> tuple[list[FeedRecord], list[FeedProblem]]:
    """The same for a file with this content; its name says nothing."""
    path = folder / "feed"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, options)


def only(folder: Path, *products: str, options: FeedOptions = OPTIONS) -> FeedRecord:
    """The one record of a message."""
    records, problems = read_text(folder, onix(*products), options)
    assert len(records) == 1, problems
    return records[0]


def with_tax(percent: str) -> FeedOptions:
    return FeedOptions(currency="EUR", country="DE", today=TODAY, tax_percent=Decimal(percent))


def schema_errors(folder: Path, message: str) -> list[object]:
    """What EDItEUR's schema says against a message."""
    path = folder / "checked.xml"
    path.write_text(message, encoding="utf-8")
    return _validate(str(path))


def reasons(
    path_or_text: str | bytes, folder: Path, options: FeedOptions = OPTIONS
) -> list[tuple[Severity, Reason]]:
    _, problems = read_text(folder, path_or_text, options)
    return [(one.severity, one.reason) for one in problems]
