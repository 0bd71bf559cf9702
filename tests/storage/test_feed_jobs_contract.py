"""The files that the staff sent, in every kind of database."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from domain.feed_job import FeedFile, JobState, Tally
from domain.ids import UserId
from tests.databases import Store
from tests.storage.samples import NOW

FILE = FeedFile("BQAC", "books.xml", 1234, UserId(7), "Tom")
UNTIL = NOW + timedelta(minutes=1)


async def test_one_file_is_worked_at_a_time(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.feed_jobs.claim(NOW, UNTIL) is None
        first = await work.feed_jobs.add(FILE, NOW)
        second = await work.feed_jobs.add(FILE, NOW)
        assert await work.feed_jobs.to_do() == 2
        claimed = await work.feed_jobs.claim(NOW, UNTIL)
        assert claimed is not None
        assert (claimed.id, claimed.file, claimed.tries) == (first, FILE, 1)
        assert await work.feed_jobs.claim(NOW, UNTIL) is None
        await work.feed_jobs.save(dataclasses.replace(claimed, state=JobState.READ))
        await work.feed_jobs.release(first)
        assert await work.feed_jobs.to_do() == 1
        following = await work.feed_jobs.claim(NOW, UNTIL)
        assert following is not None
        assert following.id == second


async def test_a_lease_runs_out_unless_it_is_kept_and_ends_when_released(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await work.feed_jobs.add(FILE, NOW)
        assert await work.feed_jobs.claim(NOW, UNTIL) is not None
        await work.feed_jobs.renew(number, UNTIL + timedelta(minutes=1))
        assert await work.feed_jobs.claim(UNTIL, UNTIL) is None
        again = await work.feed_jobs.claim(UNTIL + timedelta(minutes=1), UNTIL + timedelta(minutes=2))
        assert again is not None
        assert again.tries == 2
        await work.feed_jobs.release()
        assert await work.feed_jobs.claim(NOW, UNTIL) is not None


async def test_what_was_done_is_kept_and_the_report_grows(store: Store) -> None:
    async with store.uow.writing() as work:
        number = await work.feed_jobs.add(FILE, NOW)
        job = await work.feed_jobs.locked(number)
        assert job is not None
        job = dataclasses.replace(
            job,
            began_at=NOW,
            message_id=9,
            taken=500,
            tally=Tally(added=499, refused=1),
            report="a\n",
            tries=1,
        )
        await work.feed_jobs.save(job)
        await work.feed_jobs.save(dataclasses.replace(job, taken=700, report="b\n", problem="It is broken."))
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.feed_jobs.get(number) == dataclasses.replace(
            job, taken=700, report="a\nb\n", problem="It is broken."
        )
        assert await look.feed_jobs.get(number + 1) is None
    async with store.uow.writing() as work:
        await work.feed_jobs.begin_anew(dataclasses.replace(job, taken=0, tally=Tally()))
        found = await work.feed_jobs.get(number)
        assert found == dataclasses.replace(job, taken=0, tally=Tally(), report="")


async def test_files_are_forgotten_once_nothing_is_to_be_done_with_them(store: Store) -> None:
    async with store.uow.writing() as work:
        done, waiting, new = [
            await work.feed_jobs.add(FILE, at) for at in (NOW, NOW, NOW + timedelta(hours=1))
        ]
        for number in (done, new):
            job = await work.feed_jobs.get(number)
            assert job is not None
            await work.feed_jobs.save(dataclasses.replace(job, state=JobState.IMPORTED))
        await work.feed_jobs.forget_before(NOW + timedelta(minutes=1))
        assert await work.feed_jobs.get(done) is None
        assert await work.feed_jobs.get(waiting) is not None
        assert await work.feed_jobs.get(new) is not None
