"""The trade's feeds: CSV, ONIX 3.0 and 3.1, MARC 21 and MARCXML, plain, gzip or zip, as a stream of records and problems."""

from catalogue.feeds.reading import Feed

__all__ = ["Feed"]
