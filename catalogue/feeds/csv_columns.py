"""The columns of a book list, by the names that shops, wholesalers and spreadsheets give them."""

from __future__ import annotations

import re
from typing import Final

_ALIASES: Final = {
    "reference": "reference recordreference id sku articlenumber artikelnummer artnr recordid",
    "isbn": "isbn13 isbn ean ean13 gtin gtin13 isbn10 isbnean eanisbn isbn13ean isbngtin",
    "title": "title titel titre titulo título titolo booktitle buchtitel haupttitel kurztitel",
    "subtitle": "subtitle untertitel soustitre",
    "other_titles": "alttitle alttitles othertitles othertitle originaltitle originaltitel alternativetitle",
    "authors": "authors author autor autoren autorin auteur auteurs verfasser verfasserin authorname contributors contributor"
    " creator",
    "editors": "editors editor herausgeber",
    "translators": "translators translator übersetzer uebersetzer",
    "illustrators": "illustrators illustrator",
    "narrators": "narrators narrator sprecher readers",
    "others": "others",
    "series": "series reihe seriestitle collection serie",
    "series_no": "seriesno seriesnumber volume volumenumber band bandnummer bandnr",
    "year": "year jahr publicationyear yearofpublication yearpublished originalpublicationyear erscheinungsjahr pubyear année"
    " annee",
    "published": "publicationdate published publishedon pubdate erscheinungstermin erscheinungsdatum et dateofpublication"
    " publishdate datepublished publicationdatum",
    "language": "language sprache languagecode lang langue",
    "subjects": "subjects subject genre genres category categories kategorie sachgruppe rubrik",
    "keywords": "keywords keyword tags schlagworte schlagwörter",
    "thema": "thema themacode themacodes",
    "bisac": "bisac bisaccode bisaccodes",
    "publisher": "publisher publishername verlag verlagsname éditeur editeur imprint",
    "pages": "pages numpages pagecount seiten seitenzahl umfang numberofpages anzahlseiten pp",
    "form": "form format binding einband einbandart ausstattung produktform productform",
    "description": "description beschreibung annotation longdescription klappentext",
    "cover_url": "coverurl cover image imageurl coverimage",
    "price": "price preis retailprice verkaufspreis ladenpreis ladenverkaufspreis lvp endpreis bruttopreis preisbrutto vkbrutto"
    " bruttovk vk vkpreis rrp recommendedretailprice prix listprice priceincvat priceincltax",
    "currency": "currency währung waehrung currencycode",
    "availability": "availability verfügbarkeit verfuegbarkeit",
    "available_from": "availablefrom",
    "rating": "rating averagerating",
    "popularity": "popularity ratingscount",
    "on_hand": "onhand instock stock stockonhand quantity qty menge bestand lagerbestand lager copies",
    "lead_days": "leaddays leadtime lieferzeit lieferzeittage",
    "shelf": "shelf regal location standort",
    "staff_pick": "staffpick empfehlung",
    "blurb": "blurb",
    "source": "source",
    "own_fields": "ownfields",
    "unknown_codes": "unknowncodes",
    "added_days_ago": "addeddaysago",
    "preorder_in_days": "preorderindays",
}
_COLUMN: Final = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_IGNORED: Final = re.compile(r"[\s_\-./()\[\]#:*]+")
_CURRENCY: Final = re.compile(
    r"(?:(?:^|[\s\[(_])(?:in\s+)?(?P<code>EUR|USD|GBP|CHF|PLN|CAD|AUD|SEK|DKK|NOK|CZK|JPY)"
    r"|(?:\bin\s+)?[\[(]?(?P<sign>[€$£¥]))[\])]?$",
    re.IGNORECASE,
)
"""The currency that a header says: ``Price (EUR)``, ``Preis in €``."""

_SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}

DELIMITERS: Final = (",", ";", "\t", "|")
SHOP_COLUMNS: Final = frozenset(
    {"on_hand", "lead_days", "shelf", "staff_pick", "blurb", "added_days_ago", "preorder_in_days"}
)


def columns(header: list[str]) -> dict[str, int]:
    """Where each known column is; of two of the same meaning the first."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        bare = name.strip().strip("\ufeff")
        known = _known(bare) or _known(_CURRENCY.sub("", bare))
        if known is not None:
            found.setdefault(known, place)
    return found


def _known(name: str) -> str | None:
    return _COLUMN.get(_IGNORED.sub("", name.casefold()))


def currency(name: str) -> str:
    """The currency (ISO 4217) that a column's name says; empty if it says none."""
    found = _CURRENCY.search(name.strip())
    if found is None:
        return ""
    return found["code"].upper() if found["code"] else _SIGNS[found["sign"]]


def delimiter(line: str) -> str:
    """The delimiter that occurs most in the header line; a comma if none does."""
    return max(DELIMITERS, key=line.count) if any(mark in line for mark in DELIMITERS) else ","
