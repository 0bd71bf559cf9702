"""The files that the staff sent."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from domain.feed_job import FeedFile, FeedJob, JobState
from storage.memory.state import State


class MemoryFeedJobs:
    def __init__(self, state: State) -> None:
        self._jobs = state.feed_jobs
        self._leases = state.feed_leases
        self._numbers = state.numbers

    async def add(self, file: FeedFile, at: datetime) -> int:
        number = next(self._numbers)
        self._jobs[number] = FeedJob(number, file, JobState.TO_READ, at)
        return number

    async def get(self, job_id: int) -> FeedJob | None:
        return self._jobs.get(job_id)

    async def locked(self, job_id: int) -> FeedJob | None:
        return self._jobs.get(job_id)

    async def to_do(self) -> int:
        return sum(job.to_do for job in self._jobs.values())

    async def claim(self, now: datetime, until: datetime) -> FeedJob | None:
        first = next((job for _, job in sorted(self._jobs.items()) if job.to_do), None)
        if first is None or self._leases.get(first.id, now) > now:
            return None
        claimed = dataclasses.replace(first, tries=first.tries + 1)
        self._jobs[first.id] = claimed
        self._leases[first.id] = until
        return claimed

    async def renew(self, job_id: int, until: datetime) -> None:
        if job_id in self._leases:
            self._leases[job_id] = until

    async def release(self, job_id: int | None = None) -> None:
        if job_id is None:
            self._leases.clear()
        else:
            self._leases.pop(job_id, None)

    async def save(self, job: FeedJob) -> None:
        kept = self._jobs[job.id]
        tally = dataclasses.replace(job.tally)
        self._jobs[job.id] = dataclasses.replace(job, tally=tally, report=kept.report + job.report)

    async def begin_anew(self, job: FeedJob) -> None:
        self._jobs[job.id] = dataclasses.replace(job, tally=dataclasses.replace(job.tally), report="")

    async def forget_before(self, at: datetime) -> None:
        for number, job in list(self._jobs.items()):
            if job.written_at < at and not job.to_do:
                del self._jobs[number]
                self._leases.pop(number, None)
