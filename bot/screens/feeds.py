"""Files for the catalogue, in the staff's chat: how far one is, and what became of it."""

from __future__ import annotations

from bot.actions import StaffImportRead, StaffLeaveFile
from bot.screen import Button, Html, Screen, lines, paragraphs
from bot.screens.lengths import shorten
from bot.texts import Words
from domain.feed_job import FeedJob, JobState, Tally

_NAME = 60
_PROBLEM = 900
_WHAT = ("added", "changed", "withdrawn", "unchanged", "refused")
"""In the order in which they are told."""


def how(words: Words) -> Screen:
    return Screen(words.html("feed-how"))


def only_admins(words: Words) -> Screen:
    return Screen(words.html("feed-only-admins"))


def cannot_tell(words: Words) -> Screen:
    """Telegram does not say who is an admin."""
    return Screen(words.html("feed-cannot-tell"))


def too_big(name: str, words: Words) -> Screen:
    return Screen(words.html("feed-too-big", name=_named(name)))


def waits(name: str, words: Words) -> Screen:
    return Screen(words.html("feed-waits", name=_named(name)))


def under_way(job: FeedJob, percent: int, words: Words) -> Screen:
    message = "feed-importing" if job.state is JobState.TO_IMPORT else "feed-reading"
    return Screen(words.html(message, name=_named(job.file.name), percent=percent))


def report(job: FeedJob, words: Words) -> Screen:
    """What became of the file, or would; then with the choice."""
    name = _named(job.file.name)
    problem = words.escape(shorten(job.problem, _PROBLEM)) if job.problem else None
    if job.state is JobState.FAILED:
        return Screen(paragraphs(words.html("feed-nothing-read", name=name), problem))
    if not job.tally.records:
        said = problem or words.html("feed-no-records")
        return Screen(paragraphs(words.html("feed-nothing-read", name=name), said))
    if job.state is JobState.IMPORTED:
        return Screen(paragraphs(_told("feed-done", job, words), problem))
    if job.state is JobState.LEFT:
        return Screen(paragraphs(_told("feed-nothing-new", job, words), problem))
    rows = (
        (
            Button(words.plain("feed-import"), StaffImportRead(job.id)),
            Button(words.plain("feed-leave"), StaffLeaveFile(job.id)),
        ),
    )
    return Screen(paragraphs(_told("feed-would", job, words), problem), rows)


def left(job: FeedJob, words: Words) -> Screen:
    return Screen(words.html("feed-left", name=_named(job.file.name)))


def _told(title: str, job: FeedJob, words: Words) -> Html:
    return lines(
        words.html(title, name=_named(job.file.name), count=job.tally.records), *_counts(job.tally, words)
    )


def _counts(tally: Tally, words: Words) -> list[Html]:
    counts = ((f"feed-count-{what}", getattr(tally, what)) for what in _WHAT)
    said = [words.html(message, count=count) for message, count in counts if count]
    if tally.refused or tally.notes:
        said.append(words.html("feed-see-report"))
    return said


def _named(name: str) -> str:
    return shorten(name, _NAME)
