"""A feed that is read by a process of its own."""

from __future__ import annotations

import multiprocessing
import zipfile
from datetime import date
from pathlib import Path

import pytest

from catalogue.feeds import Feed
from catalogue.feeds.apart import FeedApart, ReaderDied
from domain.feed import FeedOptions
from tests.catalogue.feeds.messages import onix, product

OPTIONS = FeedOptions("EUR", "DE", date(2026, 11, 25))
LIST = "title,authors\n" + "".join(f"A Book of Number {number},Ivy Many\n" for number in range(350)) + ",\n"


def test_it_says_the_same_as_a_feed_that_is_read_here(tmp_path: Path) -> None:
    path = tmp_path / "books.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", LIST)
        archive.writestr("feed.xml", onix(product()))
    here, apart = Feed(path, OPTIONS), FeedApart(path, OPTIONS)
    assert [(item, apart.kind) for item in apart] == [(item, here.kind) for item in here]
    assert apart.size == here.size
    assert apart.position <= apart.size


def test_it_need_not_be_read_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    path.write_text(LIST)
    records = iter(FeedApart(path, OPTIONS))
    assert next(records) == next(iter(Feed(path, OPTIONS)))
    records.close()  # type: ignore[attr-defined]  # an iterator that is a generator
    assert not multiprocessing.active_children()


def test_a_reader_that_is_killed_is_no_end_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "books.csv"
    path.write_text(LIST.replace("Ivy Many", "Ivy Many " * 200))
    records = iter(FeedApart(path, OPTIONS))
    next(records)
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(ReaderDied):
        list(records)
