"""Elements of ONIX messages by their reference names, whether a message uses those or the short tags.

An element's name is looked up once a file and spelling; all that a reader does not use has no entry and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

Element = etree._Element
Group = dict[str, list[Element]]

# Short tag: reference name (ONIX 3.1, for release 3.0 the same). Composites have the reference name in small letters.
_SHORT: Final = {
    "a001": "RecordReference", "a002": "NotificationType", "b221": "ProductIDType", "b244": "IDValue",
    "x314": "ProductComposition", "b012": "ProductForm", "b333": "ProductFormDetail",
    "b202": "TitleType", "b034": "SequenceNumber", "x409": "TitleElementLevel", "b203": "TitleText", "b030": "TitlePrefix",
    "b031": "TitleWithoutPrefix", "b029": "Subtitle", "x410": "PartNumber", "b020": "YearOfAnnual",
    "x329": "CollectionType", "x479": "CollectionSequenceType", "x481": "CollectionSequenceNumber",
    "b035": "ContributorRole", "b036": "PersonName", "b037": "PersonNameInverted", "b038": "TitlesBeforeNames",
    "b039": "NamesBeforeKey", "b247": "PrefixToKey", "b040": "KeyNames", "b041": "NamesAfterKey", "b248": "SuffixToKey",
    "b047": "CorporateName", "x443": "CorporateNameInverted", "b249": "UnnamedPersons",
    "b253": "LanguageRole", "b252": "LanguageCode", "b218": "ExtentType", "b219": "ExtentValue", "b220": "ExtentUnit",
    "b067": "SubjectSchemeIdentifier", "b069": "SubjectCode", "b070": "SubjectHeadingText", "x425": "MainSubject",
    "b073": "AudienceCode", "b204": "AudienceCodeType", "b206": "AudienceCodeValue",
    "x426": "TextType", "x427": "ContentAudience", "d104": "Text", "x436": "ResourceContentType", "x437": "ResourceMode",
    "x441": "ResourceForm", "x435": "ResourceLink", "b079": "ImprintName", "b291": "PublishingRole", "b081": "PublisherName",
    "b394": "PublishingStatus", "x448": "PublishingDateRole", "b306": "Date", "j260": "DateFormat",
    "j407": "MarketPublishingStatus", "j408": "MarketDateRole", "j396": "ProductAvailability", "x461": "SupplyDateRole",
    "j192": "UnpricedItemType", "x462": "PriceType", "j261": "PriceQualifier", "j151": "PriceAmount", "j152": "CurrencyCode",
    "x472": "TaxRatePercent", "x473": "TaxableAmount", "x474": "TaxAmount", "x470": "TaxType",
    "x449": "CountriesIncluded", "x450": "RegionsIncluded", "x451": "CountriesExcluded", "x452": "RegionsExcluded",
    "b251": "CountryCode", "x476": "PriceDateRole", "j161": "PriceEffectiveFrom", "j162": "PriceEffectiveUntil",
    "j263": "MinimumOrderQuantity", "x463": "PriceConditionType",
    "m184": "DefaultLanguageOfText", "m186": "DefaultCurrencyCode", "x310": "DefaultPriceType",
}  # fmt: skip

_COMPOSITES: Final = (
    "Header", "Product", "ProductIdentifier", "DescriptiveDetail", "CollateralDetail", "PublishingDetail", "ProductSupply",
    "TitleDetail", "TitleElement", "Collection", "CollectionSequence", "Contributor", "Language", "Extent", "Subject",
    "Audience", "TextContent", "SupportingResource", "ResourceVersion", "Imprint", "Publisher", "PublishingDate", "Market",
    "Territory", "MarketPublishingDetail", "MarketDate", "SupplyDetail", "SupplyDate", "Price", "PriceDate", "Tax",
    "PriceCondition", "PriceConstraint",
)  # fmt: skip

_REFERENCE: Final = {name: name for name in (*_SHORT.values(), *_COMPOSITES)}
_LOCAL: Final = _SHORT | {name.lower(): name for name in _COMPOSITES} | _REFERENCE


class Names:
    """The reference names of a file's tags, namespace and all."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def of(self, tag: str) -> str:
        """The reference name; empty for an element that the reader does not use."""
        name = self._known.get(tag)
        if name is None:
            name = self._known[tag] = _LOCAL.get(local_name(tag), "")
        return name

    def group(self, element: Element) -> Group:
        """The children that the reader uses, by name, each name's in their order."""
        known = self._known
        groups: Group = {}
        for child in element:
            name = known.get(child.tag)
            if name is None:
                name = self.of(str(child.tag))
            if name:
                if name in groups:
                    groups[name].append(child)
                else:
                    groups[name] = [child]
        return groups


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(groups: Group, name: str) -> str:
    """The text of the first such child, trimmed; empty if there is none."""
    found = groups.get(name)
    if not found:
        return ""
    text = found[0].text
    return text.strip() if text else ""


def texts_of(groups: Group, name: str) -> list[str]:
    """The texts of all such children that have one."""
    return [text for child in groups.get(name, ()) if child.text and (text := child.text.strip())]


def in_order(names: Names, elements: Iterable[Element]) -> list[Group]:
    """The composites by their sequence numbers; those without one come last, as they stand."""
    groups = [names.group(element) for element in elements]
    if len(groups) > 1:
        groups.sort(key=lambda group: _number(text_of(group, "SequenceNumber")))
    return groups


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 1_000_000
