"""Collects what a reader has to say of the record at hand, and what it says only once a file."""

from __future__ import annotations

from domain.feed import FeedProblem, Reason, Severity, UnknownCode


class Report:
    """The problems of one record at a time. Reused from record to record; `take` empties it."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()
        self._problems: list[FeedProblem] = []
        self._unknown: list[UnknownCode] = []
        self.record = 0
        self.line = 0
        self.reference = ""

    def begin(self, line: int = 0) -> None:
        """The next record begins at ``line``."""
        self.record += 1
        self.line = line
        self.reference = ""
        self._unknown = []

    def note(self, reason: Reason, **values: str) -> None:
        """Something in the record was left out."""
        self._add(Severity.NOTE, reason, values)

    def refuse(self, reason: Reason, **values: str) -> None:
        """The record was left out."""
        self._add(Severity.RECORD, reason, values)

    def unknown(self, scheme: str, code: str) -> None:
        """A code without a meaning here: kept with the record, told once a file."""
        self._unknown.append(UnknownCode(scheme, code))
        if (scheme, code) not in self._told:
            self._told.add((scheme, code))
            self.note(Reason.UNKNOWN_CODE, scheme=scheme, code=code)

    def once(self, reason: Reason, **values: str) -> None:
        """A note that is given only once a file with the same values."""
        key = (reason.value, " ".join(values.values()))
        if key not in self._told:
            self._told.add(key)
            self.note(reason, **values)

    @property
    def unknown_codes(self) -> tuple[UnknownCode, ...]:
        """The codes of this record that were not known."""
        return tuple(dict.fromkeys(self._unknown))

    def take(self) -> list[FeedProblem]:
        """What has been said since it was last taken."""
        taken, self._problems = self._problems, []
        return taken

    def _add(self, severity: Severity, reason: Reason, values: dict[str, str]) -> None:
        self._problems.append(FeedProblem(severity, reason, self.record, self.line, self.reference, values))
