"""A trade's file in the staff's chat: read at once, brought into the catalogue when an admin says so.

Telegram shows a bot that is no admin of the group (privacy mode) only commands, captions that begin with one, and answers to
its own messages; an admin it shows everything, and then a document that looks like a feed is enough.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from pathlib import PurePath

from bot.actions import StaffImport, StaffImportRead, StaffLeaveFile
from bot.conversation import Before, Notice, Occasion, Route, Routes, Turn
from bot.inputs import Command, File
from bot.screen import Document, Result
from bot.screens import feeds as screens
from domain.feed_job import FeedFile, FeedJob, JobState
from domain.ids import ChatId, UserId

NOTICE = "feed-report"

MOST_BYTES = 20_000_000  # Bot API, getFile: "files of up to 20MB in size"

_ADMINS = frozenset({"creator", "administrator"})
"""Bot API, ChatMember.status: those who may change the catalogue."""
_ENDINGS = frozenset(
    {".csv", ".tsv", ".txt", ".xml", ".onx", ".onix", ".mrc", ".marc", ".dat", ".gz", ".zip"}
)
_COMMAND = "/import"


class FeedsConversation:
    """``status(chat, user)`` is Telegram's word for what somebody is in a group, empty if it cannot be told."""

    def __init__(self, *, status: Callable[[ChatId, UserId], Awaitable[str]]) -> None:
        self._status = status

    def routes(self) -> Routes:
        return Routes(
            actions={
                StaffImport: Route(self.ask_for, prepare=self.look_at_person, staff=True),
                StaffImportRead: Route(self.bring, prepare=self.look_at_person, staff=True),
                StaffLeaveFile: Route(self.leave, prepare=self.look_at_person, staff=True),
            },
            group_commands={"import": _in_answer_to},
            group_inputs={File: Route(self.receive, prepare=self.look_at_file, staff=True)},
            notices={NOTICE: self.report},
        )

    async def look_at_person(self, before: Before, given: object) -> str:
        """What they are in the group."""
        return await self._status(before.who.chat_id, before.who.user_id)

    async def look_at_file(self, before: Before, given: File) -> str:
        return await self.look_at_person(before, given) if _is_feed(given) else ""

    async def receive(self, turn: Turn, given: File) -> Result:
        """A document in the staff's chat. What is not for the catalogue is the staff's own business."""
        if not _is_feed(given):
            return Result()
        return await self.ask_for(turn, StaffImport(given.file_id, given.name, given.size))

    async def ask_for(self, turn: Turn, action: StaffImport) -> Result:
        words = turn.words
        if not action.file_id:
            return Result(screens.how(words))
        status = turn.brought(str)
        if status not in _ADMINS:
            return Result(screens.only_admins(words) if status else screens.cannot_tell(words))
        if action.size > MOST_BYTES:
            return Result(screens.too_big(action.name, words))
        waiting = await turn.work.feed_jobs.to_do()
        name = turn.who.first_name or turn.who.full_name
        file = FeedFile(action.file_id, action.name or "feed", action.size, turn.who.user_id, name)
        await turn.work.feed_jobs.add(file, turn.now)
        return Result(screens.waits(file.name, words) if waiting else None)

    async def bring(self, turn: Turn, action: StaffImportRead) -> Result:
        words = turn.words
        if turn.brought(str) not in _ADMINS:
            return Result(toast=words.plain("feed-toast-only-admins"), alert=True)
        job = await turn.work.feed_jobs.locked(action.job_id)
        if job is None:
            return Result(toast=words.plain("feed-toast-too-old"), alert=True)
        if job.state is not JobState.READ:
            return Result(toast=words.plain("feed-toast-decided"))
        job = FeedJob(job.id, job.file, JobState.TO_IMPORT, job.written_at, message_id=turn.tapped)
        await turn.work.feed_jobs.begin_anew(job)
        return Result(screens.under_way(job, 0, words))

    async def leave(self, turn: Turn, action: StaffLeaveFile) -> Result:
        words = turn.words
        if turn.brought(str) not in _ADMINS:
            return Result(toast=words.plain("feed-toast-only-admins"), alert=True)
        job = await turn.work.feed_jobs.locked(action.job_id)
        if job is None:
            return Result(toast=words.plain("feed-toast-too-old"), alert=True)
        if job.state is not JobState.READ:
            return Result(toast=words.plain("feed-toast-decided"))
        await turn.work.feed_jobs.save(dataclasses.replace(job, state=JobState.LEFT, report=""))
        return Result(screens.left(job, words))

    async def report(self, occasion: Occasion) -> Notice | None:
        job = await occasion.look.feed_jobs.get(int(occasion.data["job"] or 0))
        if job is None or job.to_do:
            return None
        chat = await occasion.look.staff.chat()
        words = occasion.texts.words(chat.language if chat is not None else "")
        documents: tuple[Document, ...] = ()
        if job.tally.refused or job.tally.notes:
            name = f"{PurePath(job.file.name).name[:60]}-{words.plain('feed-report-file')}.csv"
            documents = (Document(name, job.report.encode("utf-8-sig")),)
        return Notice(screens.report(job, words), documents=documents)


def _in_answer_to(command: Command) -> StaffImport:
    file = command.file
    return StaffImport() if file is None else StaffImport(file.file_id, file.name, file.size)


def _is_feed(given: File) -> bool:
    """Whether somebody wants it imported, as far as can be told without looking inside."""
    first, _, _ = given.caption.partition(" ")
    if first.partition("@")[0].strip().lower() == _COMMAND:
        return True
    return PurePath(given.name.lower()).suffix in _ENDINGS
