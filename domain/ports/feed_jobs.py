"""The files that the staff sent, worked off one at a time by whichever replica comes first."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.feed_job import FeedFile, FeedJob


class FeedJobs(Protocol):
    async def add(self, file: FeedFile, at: datetime) -> int:
        """A file to be read; returns the job's id."""
        ...

    async def get(self, job_id: int) -> FeedJob | None: ...

    async def locked(self, job_id: int) -> FeedJob | None:
        """The same, and nobody else changes it until the transaction ends."""
        ...

    async def to_do(self) -> int:
        """How many files there is something to be done with."""
        ...

    async def claim(self, now: datetime, until: datetime) -> FeedJob | None:
        """The first file that there is something to be done with, leased and counted as a try; None if there is none, or
        somebody is at it."""
        ...

    async def renew(self, job_id: int, until: datetime) -> None:
        """Keep it leased."""
        ...

    async def release(self, job_id: int | None = None) -> None:
        """End its lease; without an id all leases, for whoever knows that nobody else is at work."""
        ...

    async def save(self, job: FeedJob) -> None:
        """Write all that changes of it but its report, to which ``report`` is added at the end."""
        ...

    async def begin_anew(self, job: FeedJob) -> None:
        """The same, with no report yet."""
        ...

    async def forget_before(self, at: datetime) -> None:
        """Drop the files that came before then and that nothing is to be done with."""
        ...
