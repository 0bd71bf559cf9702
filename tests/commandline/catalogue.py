"""The command line's catalogue, called in this process, over a database in the test's own folder."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main

LIST = """isbn13,title,authors,series,series_no,year,language,subjects,publisher,pages,rating,ratings_count,alt_title,source
9780061054884,The Dispossessed,Ursula K. Le Guin,Hainish Cycle,6,1974,eng,Science fiction,Gateway,387,4.2,90000,,here
9780441013593,Dune,Frank Herbert,Dune,1,1965,eng,,Ace,,4.2,900000,Der Wüstenplanet,here
,Solaris: The Definitive Edition of the Novel,Stanisław Lem|Bill Johnston,,,1961,eng,,,,,50000,,here
"""


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    folder: Path
    url: str
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Said:
        status = main(["catalogue", *arguments, "--database", self.url])
        said = self.capture.readouterr()
        return Said(status, said.out, said.err)

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    def report(self) -> list[dict[str, str]]:
        """The one report there is, which goes away."""
        (path,) = (self.folder / "reports").glob("*.csv")
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        path.unlink()
        return lines

    def search(self, query: str) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = json.loads(self("search", "--json", query).out)["results"]
        return results

    def export(self) -> list[dict[str, str]]:
        return list(csv.DictReader(self("export", "-").out.splitlines()))


def tally(added: int = 0, changed: int = 0, unchanged: int = 0, withdrawn: int = 0, refused: int = 0) -> str:
    """As the report says it."""
    return (
        f"{added} added, {changed} changed, {unchanged} unchanged, {withdrawn} withdrawn, {refused} refused"
    )
