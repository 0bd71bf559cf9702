"""Where in the world something of an ONIX message holds."""

from __future__ import annotations

from catalogue.feeds import onix_codes as codes
from catalogue.feeds.onix_names import Group, Names, texts_of


def in_territory(names: Names, holder: Group, country: str) -> bool:
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
