"""A trade's ONIX file made from a list of books, for measuring: as long and as varied as the list is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape

_NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
_THEMA = ("FBA", "FBC", "FL", "FF", "FM", "FR", "YFB", "NHTB", "DNB", "WBA", "VSP", "PDZ")
_FORMS = ("BC", "BB", "BC", "BC")


def write_onix(books: Path, out: Path, most: int | None = None) -> int:
    """An ONIX 3.0 message with a product for each row of a CSV file (``isbn13``, ``title``, ``authors``, ... as the catalogue's
    own columns are called); returns how many there are."""
    with books.open(encoding="utf-8", newline="") as source, out.open("w", encoding="utf-8") as file:
        return _write(csv.DictReader(source), file, most)


def _write(rows: Iterable[Mapping[str, str]], file: TextIO, most: int | None) -> int:
    file.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ONIXMessage release="3.0" xmlns="{_NAMESPACE}">'
        "<Header><Sender><SenderName>Benchmark</SenderName></Sender>"
        "<SentDateTime>20240101T0000Z</SentDateTime></Header>\n"
    )
    count = 0
    for row in rows:
        if count == most:
            break
        if row["isbn13"]:
            file.write(_product(count, row))
            count += 1
    file.write("</ONIXMessage>\n")
    return count


def _product(number: int, row: Mapping[str, str]) -> str:
    isbn = row["isbn13"]
    people = "".join(
        f"<Contributor><SequenceNumber>{place}</SequenceNumber><ContributorRole>A01</ContributorRole>"
        f"<PersonName>{escape(name)}</PersonName></Contributor>"
        for place, name in enumerate(filter(None, row["authors"].split("|")), start=1)
    )
    series = ""
    if row["series"]:
        part = f"<PartNumber>{escape(row['series_no'])}</PartNumber>" if row["series_no"] else ""
        series = (
            "<Collection><CollectionType>10</CollectionType><TitleDetail><TitleType>01</TitleType><TitleElement>"
            f"<TitleElementLevel>02</TitleElementLevel>{part}<TitleText>{escape(row['series'])}</TitleText>"
            "</TitleElement></TitleDetail></Collection>"
        )
    language = (
        f"<Language><LanguageRole>01</LanguageRole><LanguageCode>{row['language']}</LanguageCode></Language>"
        if row["language"]
        else ""
    )
    publisher = escape(row["publisher"] or "Benchmark")
    amount = f"{4 + number % 23}.{'99' if number % 3 else '50'}"
    return (
        f"<Product><RecordReference>benchmark.{isbn}</RecordReference><NotificationType>03</NotificationType>"
        f"<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>{isbn}</IDValue></ProductIdentifier>"
        "<DescriptiveDetail><ProductComposition>00</ProductComposition>"
        f"<ProductForm>{_FORMS[number % len(_FORMS)]}</ProductForm>{series}"
        "<TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel>"
        f"<TitleText>{escape(row['title'])}</TitleText></TitleElement></TitleDetail>{people}{language}"
        "<Subject><MainSubject/><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier>"
        f"<SubjectCode>{_THEMA[number % len(_THEMA)]}</SubjectCode></Subject></DescriptiveDetail>"
        f"<PublishingDetail><Imprint><ImprintName>{publisher}</ImprintName></Imprint>"
        "<PublishingStatus>04</PublishingStatus><PublishingDate><PublishingDateRole>01</PublishingDateRole>"
        f'<Date dateformat="05">{row["year"] or "2001"}</Date></PublishingDate></PublishingDetail>'
        "<ProductSupply><SupplyDetail><Supplier><SupplierRole>01</SupplierRole>"
        "<SupplierName>Benchmark</SupplierName></Supplier><ProductAvailability>21</ProductAvailability>"
        "<Price><PriceType>02</PriceType>"
        f"<PriceAmount>{amount}</PriceAmount><CurrencyCode>EUR</CurrencyCode></Price></SupplyDetail>"
        "</ProductSupply></Product>\n"
    )
