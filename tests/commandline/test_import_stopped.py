"""An import that was stopped in the middle."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.importing import CHUNK, Imported, Importer, Report
from bot.texts import Texts
from catalogue.feeds import Feed
from domain.feed import FeedOptions
from storage.intake import SqlIntake
from storage.search import SearchIndex
from tests.commandline.catalogue import CommandLine
from tests.databases import opened

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MANY = "reference,title,authors\n" + "".join(f"r{n},Volume {n},Writer {n}\n" for n in range(2 * CHUNK + 1))


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


async def test_stopped_in_the_middle_and_started_again_it_ends_the_same(catalogue: CommandLine) -> None:
    path = catalogue.folder / "many.csv"
    path.write_text(MANY, encoding="utf-8")
    report = Report(io.StringIO(), Texts(("en",), "en", ZoneInfo("UTC")).words("en"))
    options = FeedOptions(currency="EUR", country="DE", today=NOW.date())
    seen: list[int] = []

    async def stop(done: Imported) -> None:
        seen.append(done.size)
        raise Stopped

    async with opened(catalogue.url) as database:
        importer = Importer(Feed, SqlIntake(database, index=SearchIndex()), options, NOW, report)
        with pytest.raises(Stopped):
            await importer.run(path, stop)
        again = (await importer.run(path)).tally
        assert (again.unchanged, again.added, again.changed) == (CHUNK, CHUNK + 1, 0)
        last = (await importer.run(path)).tally
        assert (last.unchanged, last.records) == (2 * CHUNK + 1, 2 * CHUNK + 1)
    assert seen == [path.stat().st_size]
