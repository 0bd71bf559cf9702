"""The columns of a book list, by the names that shops, wholesalers and spreadsheets give them."""

from __future__ import annotations

import re
from typing import Final

_ALIASES: Final = {
    "reference": "reference recordreference id sku articlenumber artikelnummer artnr recordid",
    "isbn": "isbn13 isbn ean ean13 gtin isbn10 isbnean eanisbn",
    "title": "title titel titre titulo título titolo booktitle",
    "subtitle": "subtitle untertitel soustitre",
    "other_titles": "alttitle alttitles othertitles othertitle originaltitle originaltitel alternativetitle",
    "authors": "authors author autor autoren autorin auteur auteurs verfasser contributors contributor creator",
    "editors": "editors editor herausgeber",
    "translators": "translators translator übersetzer uebersetzer",
    "illustrators": "illustrators illustrator",
    "narrators": "narrators narrator sprecher readers",
    "series": "series reihe seriestitle collection serie",
    "series_no": "seriesno seriesnumber volume volumenumber band bandnummer bandnr",
    "year": "year jahr publicationyear originalpublicationyear erscheinungsjahr pubyear année annee",
    "published": "publicationdate published publishedon pubdate erscheinungstermin erscheinungsdatum publicationdatum",
    "language": "language sprache languagecode lang langue",
    "subjects": "subjects subject genre genres category categories kategorie sachgruppe rubrik",
    "keywords": "keywords keyword tags schlagworte schlagwörter",
    "thema": "thema themacode themacodes",
    "bisac": "bisac bisaccode bisaccodes",
    "publisher": "publisher verlag éditeur editeur imprint",
    "pages": "pages numpages pagecount seiten seitenzahl umfang numberofpages",
    "form": "form format binding einband productform",
    "description": "description beschreibung annotation longdescription klappentext",
    "cover_url": "coverurl cover image imageurl coverimage",
    "price": "price preis retailprice verkaufspreis vk vkpreis rrp prix listprice",
    "currency": "currency währung waehrung currencycode",
    "availability": "availability verfügbarkeit verfuegbarkeit",
    "available_from": "availablefrom",
    "rating": "rating averagerating",
    "popularity": "popularity ratingscount",
    "on_hand": "onhand stock quantity qty bestand lagerbestand lager",
    "lead_days": "leaddays leadtime lieferzeit",
    "shelf": "shelf regal location standort",
    "staff_pick": "staffpick empfehlung",
    "blurb": "blurb",
    "added_days_ago": "addeddaysago",
    "preorder_in_days": "preorderindays",
}
_COLUMN: Final = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_IGNORED: Final = re.compile(r"[\s_\-./()#]+")

DELIMITERS: Final = (",", ";", "\t")
SHOP_COLUMNS: Final = frozenset(
    {"on_hand", "lead_days", "shelf", "staff_pick", "blurb", "added_days_ago", "preorder_in_days"}
)


def columns(header: list[str]) -> dict[str, int]:
    """Where each known column is; of two of the same meaning the first."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        known = _COLUMN.get(_IGNORED.sub("", name.strip().strip("\ufeff").casefold()))
        if known is not None:
            found.setdefault(known, place)
    return found


def delimiter(line: str) -> str:
    """The delimiter that occurs most in the header line; a comma if none does."""
    return max(DELIMITERS, key=line.count) if any(mark in line for mark in DELIMITERS) else ","
