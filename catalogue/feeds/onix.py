"""ONIX for Books 3.0 and 3.1, with reference names or short tags, a product at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from catalogue.feeds import onix_codes as codes
from catalogue.feeds import onix_description as described
from catalogue.feeds import onix_titles as titled
from catalogue.feeds.identifiers import Identity, identity
from catalogue.feeds.onix_names import Element, Group, Names, text_of, texts_of
from catalogue.feeds.onix_prices import Defaults
from catalogue.feeds.onix_supply import Publishing, Supply, publishing, supply
from catalogue.feeds.plain_text import one_line
from catalogue.feeds.reporting import Report
from catalogue.titles import volume_number
from domain.feed import Availability, FeedOptions, FeedProblem, FeedRecord, Notification, Reason

_DESCRIPTIVE: Final = frozenset(
    [
        "title",
        "subtitle",
        "other_titles",
        "contributors",
        "series",
        "series_no",
        "language",
        "subjects",
        "keywords",
        "pages",
        "form",
    ]
)
_COLLATERAL: Final = frozenset({"description", "cover_url"})
_PUBLISHING: Final = frozenset({"publisher", "year", "published_on"})
_SUPPLY: Final = frozenset({"price", "availability", "available_from"})


class OnixReader:
    """Turns the products of one message into records. One for each message: it keeps the header's defaults."""

    def __init__(self, options: FeedOptions, report: Report) -> None:
        self._options = options
        self._names = Names()
        self._report = report
        self._defaults = Defaults()
        self._language = ""

    def header(self, element: Element) -> None:
        """Keep what the message's header says for all its products."""
        group = self._names.group(element)
        self._defaults = Defaults(text_of(group, "DefaultCurrencyCode"), text_of(group, "DefaultPriceType"))
        self._language = text_of(group, "DefaultLanguageOfText")

    def broken(self, line: int, detail: str) -> Iterator[FeedProblem]:
        """A product that is not well-formed XML."""
        self._report.begin(line)
        self._report.refuse(Reason.BROKEN_RECORD, detail=detail)
        yield from self._report.take()

    def product(self, element: Element, line: int) -> Iterator[FeedRecord | FeedProblem]:
        """The product's record, if it makes one, and then what there is to say of it."""
        self._report.begin(line)
        group = self._names.group(element)
        self._report.reference = text_of(group, "RecordReference")
        record = self._record(group)
        if record is not None:
            yield record
        yield from self._report.take()

    def _record(self, product: Group) -> FeedRecord | None:
        code = text_of(product, "NotificationType")
        notification = codes.NOTIFICATIONS.get(code)
        if notification is None:
            if code in codes.TEST_NOTIFICATIONS:
                self._report.refuse(Reason.TEST_RECORD)
            else:
                self._report.refuse(Reason.NOTIFICATION, code=code)
            return None
        named = self._identity(product)
        if named is None:
            return None
        if notification is Notification.DELETE:
            return FeedRecord(
                named.reference, notification, self._report.record, self._report.line, isbn13=named.isbn13
            )
        return self._described(product, named, notification)

    def _identity(self, product: Group) -> Identity | None:
        given: dict[str, str] = {}
        for element in product.get("ProductIdentifier", ()):
            group = self._names.group(element)
            given.setdefault(text_of(group, "ProductIDType"), text_of(group, "IDValue"))
        candidates = [given[kind] for kind in codes.ISBN_ID_TYPES if given.get(kind)]
        return identity(text_of(product, "RecordReference"), candidates, self._report)

    def _described(self, product: Group, named: Identity, notification: Notification) -> FeedRecord | None:
        names, report = self._names, self._report
        detail = self._block(product, "DescriptiveDetail")
        titles, form_code = (
            titled.titles(names, detail.get("TitleDetail", ())),
            text_of(detail, "ProductForm"),
        )
        whole = notification is Notification.REPLACE
        if (whole or detail) and not titles.title:
            report.refuse(Reason.NO_TITLE)
            return None
        if form_code.startswith(codes.TRADE_ONLY_FORM):
            report.refuse(Reason.NOT_A_BOOK, form=form_code)
            return None
        series, number = titled.series(names, detail.get("Collection", ()))
        series = series or titles.collection
        # A number of the title's own is the place in the series, if that has no other.
        title = titles.numbered if titles.numbered and (number or not series) else titles.title
        collateral = self._block(product, "CollateralDetail")
        publisher_block = self._block(product, "PublishingDetail")
        published = publishing(names, publisher_block, report) if publisher_block else Publishing()
        sections = product.get("ProductSupply", [])
        supplied = self._supply(sections, published)
        subjects = described.subjects(names, detail.get("Subject", ()), detail.get("Audience", ()), report)
        exact = published.published
        contributors = described.contributors(names, detail.get("Contributor", ()), report)
        description = described.description(names, collateral.get("TextContent", ()))
        if any(
            "\ufffd" in text
            for text in (titles.title, titles.subtitle, description, *(one.name for one in contributors))
        ):
            report.note(Reason.REPLACED_CHARACTERS)
        return FeedRecord(
            reference=named.reference,
            notification=notification,
            record=report.record,
            line=report.line,
            isbn13=named.isbn13,
            title=title,
            subtitle=titles.subtitle,
            other_titles=titles.others,
            contributors=contributors,
            series=series,
            series_no=volume_number(number or (titles.part if series else "")),
            year=published.year,
            published_on=exact.first if exact is not None and exact.exact else None,
            language=described.language(names, detail.get("Language", ()), self._language, report)
            if detail
            else "",
            subjects=subjects.subjects,
            keywords=subjects.keywords,
            publisher=self._publisher(publisher_block),
            pages=described.pages(names, detail.get("Extent", ()), report),
            form=described.form(form_code, texts_of(detail, "ProductFormDetail"), report),
            description=description,
            cover_url=described.cover_url(names, collateral.get("SupportingResource", ())),
            price=supplied.price,
            availability=supplied.availability,
            available_from=supplied.available_from,
            unknown_codes=report.unknown_codes,
            stated=frozenset() if whole else self._stated(product, supplied),
        )

    def _supply(self, sections: list[Element], published: Publishing) -> Supply:
        return supply(self._names, sections, published, self._defaults, self._options, self._report)

    def _block(self, product: Group, name: str) -> Group:
        found = product.get(name)
        return self._names.group(found[0]) if found else {}

    def _publisher(self, block: Group) -> str:
        """The imprint, which is what stands on the book; else the publisher (list 45: 01)."""
        for element in block.get("Imprint", ()):
            name = text_of(self._names.group(element), "ImprintName")
            if name:
                return one_line(name)
        groups = [self._names.group(element) for element in block.get("Publisher", ())]
        first = next((g for g in groups if text_of(g, "PublishingRole") == "01"), groups[0] if groups else {})
        return one_line(text_of(first, "PublisherName"))

    def _stated(self, product: Group, supplied: Supply) -> frozenset[str]:
        """A partial update replaces whole blocks: what a block could say and does not is gone.

        A block of supply replaces its own market's. What the publisher says of supply is in another block, and what follows
        from it stays, as far as only one of the two comes.
        """
        stated: set[str] = set()
        for name, fields in (
            ("DescriptiveDetail", _DESCRIPTIVE),
            ("CollateralDetail", _COLLATERAL),
            ("PublishingDetail", _PUBLISHING),
        ):
            if name in product:
                stated |= fields
        if "ProductSupply" in product:
            if supplied.here:
                stated |= _SUPPLY
            dateless = supplied.availability is Availability.PREORDER and supplied.available_from is None
            if dateless and "PublishingDetail" not in product:
                stated.discard("available_from")
        elif supplied.availability is not None:
            stated |= {"availability", "available_from"}
        return frozenset(stated)
