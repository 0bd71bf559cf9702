"""The files that the staff sent."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.feed_job import FeedFile, FeedJob, JobState, Tally
from domain.ids import UserId
from storage.connection import Connection
from storage.statements import locked, unawaited
from storage.tables import feed_jobs
from storage.tables.columns import Moment

_ID = feed_jobs.c.id == bindparam("job")
# Written out, not bound: the partial index of what is to be done serves only a query that says so itself.
TO_DO_STATES = "state IN ('to_read', 'to_import')"
_TO_DO = sa.text(TO_DO_STATES)

ADD = sa.insert(feed_jobs).returning(feed_jobs.c.id)
GET = sa.select(feed_jobs).where(_ID)
LOCKED = locked(GET)
COUNT_TO_DO = sa.select(sa.func.count()).select_from(feed_jobs).where(_TO_DO)

# Only ever the first: while somebody is at it, nobody begins another.
FIRST = locked(sa.select(feed_jobs).where(_TO_DO).order_by(feed_jobs.c.id).limit(1))
LEASE = unawaited(
    sa.update(feed_jobs)
    .where(_ID)
    .values(leased_until=bindparam("until", type_=Moment), tries=feed_jobs.c.tries + 1)
)
RENEW = unawaited(
    sa.update(feed_jobs)
    .where(_ID, feed_jobs.c.leased_until.is_not(None))
    .values(leased_until=bindparam("until", type_=Moment))
)
RELEASE = unawaited(sa.update(feed_jobs).where(_ID).values(leased_until=None))
RELEASE_ALL = unawaited(sa.update(feed_jobs).where(_TO_DO).values(leased_until=None))

_CHANGED = {
    name: bindparam(f"new_{name}", type_=feed_jobs.c[name].type)
    for name in ("state", "began_at", "message_id", "taken", "tally", "problem", "tries")
}
SAVE = unawaited(
    sa.update(feed_jobs)
    .where(_ID)
    .values(**_CHANGED, report=feed_jobs.c.report + bindparam("more", type_=sa.Text))
)
BEGIN_ANEW = unawaited(
    sa.update(feed_jobs).where(_ID).values(**_CHANGED, report=bindparam("more", type_=sa.Text))
)
FORGET = unawaited(
    sa.delete(feed_jobs).where(
        feed_jobs.c.written_at < bindparam("before", type_=Moment), sa.text(f"NOT ({TO_DO_STATES})")
    )
)


class SqlFeedJobs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, file: FeedFile, at: datetime) -> int:
        values = {**dataclasses.asdict(file), "state": JobState.TO_READ.value, "written_at": at}
        return int((await self._connection.execute(ADD, values)).scalar_one())

    async def get(self, job_id: int) -> FeedJob | None:
        row = (await self._connection.execute(GET, {"job": job_id})).one_or_none()
        return None if row is None else _job(row)

    async def locked(self, job_id: int) -> FeedJob | None:
        row = (await self._connection.execute(LOCKED, {"job": job_id})).one_or_none()
        return None if row is None else _job(row)

    async def to_do(self) -> int:
        return int((await self._connection.execute(COUNT_TO_DO)).scalar_one())

    async def claim(self, now: datetime, until: datetime) -> FeedJob | None:
        row = (await self._connection.execute(FIRST)).one_or_none()
        if row is None or (row.leased_until is not None and row.leased_until > now):
            return None
        await self._connection.execute(LEASE, {"job": row.id, "until": until})
        return dataclasses.replace(_job(row), tries=row.tries + 1)

    async def renew(self, job_id: int, until: datetime) -> None:
        await self._connection.execute(RENEW, {"job": job_id, "until": until})

    async def release(self, job_id: int | None = None) -> None:
        if job_id is None:
            await self._connection.execute(RELEASE_ALL)
        else:
            await self._connection.execute(RELEASE, {"job": job_id})

    async def save(self, job: FeedJob) -> None:
        await self._connection.execute(SAVE, _changed(job) | {"more": job.report})

    async def begin_anew(self, job: FeedJob) -> None:
        await self._connection.execute(BEGIN_ANEW, _changed(job) | {"more": ""})

    async def forget_before(self, at: datetime) -> None:
        await self._connection.execute(FORGET, {"before": at})


def _changed(job: FeedJob) -> dict[str, Any]:
    return {
        "job": job.id,
        "new_state": job.state.value,
        "new_began_at": job.began_at,
        "new_message_id": job.message_id,
        "new_taken": job.taken,
        "new_tally": json.dumps(dataclasses.asdict(job.tally)),
        "new_problem": job.problem,
        "new_tries": job.tries,
    }


def _job(row: sa.Row[*tuple[Any, ...]]) -> FeedJob:
    return FeedJob(
        id=row.id,
        file=FeedFile(row.file_id, row.name, row.size, UserId(row.user_id), row.by_name),
        state=JobState(row.state),
        written_at=row.written_at,
        began_at=row.began_at,
        message_id=row.message_id,
        taken=row.taken,
        tally=Tally(**json.loads(row.tally)),
        report=row.report,
        problem=row.problem,
        tries=row.tries,
    )
