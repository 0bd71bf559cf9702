"""A trade's file that the staff sent into their chat: read first, imported when somebody says so, reported both times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.ids import UserId


@dataclass(slots=True)
class Tally:
    """What became of a file's records. ``notes`` are reservations about records that came in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: int = 0
    notes: int = 0
    unread: int = 0
    """Problems of the file itself: from there on, it could not be read."""

    @property
    def records(self) -> int:
        return self.added + self.changed + self.unchanged + self.withdrawn + self.refused

    @property
    def changes(self) -> int:
        """How many books are another than before, or would be."""
        return self.added + self.changed + self.withdrawn


class JobState(StrEnum):
    """``to_read`` and ``to_import`` are to be done; in ``read`` the staff have the say; the others are the end."""

    TO_READ = "to_read"
    READ = "read"
    TO_IMPORT = "to_import"
    IMPORTED = "imported"
    LEFT = "left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file of Telegram's, and who sent it. ``size`` is in bytes."""

    file_id: str
    name: str
    size: int
    user_id: UserId
    by_name: str


@dataclass(frozen=True, slots=True)
class FeedJob:
    """One file on its way.

    ``began_at`` is the moment of the import, the same however often it is begun anew. ``taken`` records (and problems) of
    the file are done with, ``tally`` and ``report`` (CSV) are of those. ``problem`` says in words why the file could not be
    read (on). ``message_id`` is the message that shows how far it is. ``tries`` is how often it was begun.
    """

    id: int
    file: FeedFile
    state: JobState
    written_at: datetime
    began_at: datetime | None = None
    message_id: int | None = None
    taken: int = 0
    tally: Tally = field(default_factory=Tally)
    report: str = ""
    problem: str = ""
    tries: int = 0

    @property
    def to_do(self) -> bool:
        return self.state in (JobState.TO_READ, JobState.TO_IMPORT)
