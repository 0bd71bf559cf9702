"""What people say around a title, and words for nonsense: phrases.txt, by section."""

from __future__ import annotations

from pathlib import Path

_BESIDE = Path(__file__).with_name("phrases.txt")


class Phrases:
    """The sections of a text file: lines under a ``[name]``. ``#`` begins a remark, empty lines count for nothing."""

    def __init__(self, path: Path = _BESIDE) -> None:
        self._sections: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                lines = self._sections.setdefault(line.strip("[]"), [])
            elif line and not line.startswith("#"):
                lines.append(line)

    def lines(self, section: str) -> list[str]:
        return self._sections[section]

    def words(self, section: str) -> list[str]:
        return " ".join(self._sections[section]).split()
