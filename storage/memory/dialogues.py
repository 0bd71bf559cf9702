"""Dialogues, handled updates, and file ids."""

from __future__ import annotations

import copy
import dataclasses
from datetime import datetime

from domain.ids import ChatId
from domain.ports.dialogues import Dialogue, DialogueKey, Live
from storage.memory.state import KeptDialogue, State


class MemoryDialogues:
    def __init__(self, state: State) -> None:
        self._state = state

    async def read(self, key: DialogueKey) -> Dialogue | None:
        kept = self._state.dialogues.get(key)
        return None if kept is None else copy.deepcopy(kept.dialogue)

    async def locked(self, key: DialogueKey, now: datetime) -> Dialogue:
        found = await self.read(key)
        if found is None:
            self._state.dialogues[key] = KeptDialogue(Dialogue(key), now)
            found = Dialogue(key, new=True)
        return found

    async def save(self, dialogue: Dialogue, now: datetime) -> None:
        kept = self._state.dialogues.get(dialogue.key)
        if kept is not None:
            saved = dataclasses.replace(
                copy.deepcopy(dialogue),
                live=kept.dialogue.live,
                shown_version=kept.dialogue.shown_version,
                new=False,
            )
            self._state.dialogues[dialogue.key] = KeptDialogue(saved, now)

    async def shown(self, key: DialogueKey, version: int, live: Live | None) -> None:
        kept = self._state.dialogues.get(key)
        if kept is not None and kept.dialogue.shown_version <= version:
            shown = dataclasses.replace(kept.dialogue, live=live, shown_version=version)
            self._state.dialogues[key] = dataclasses.replace(kept, dialogue=shown)

    async def unshown(self, before: datetime, limit: int) -> tuple[DialogueKey, ...]:
        found = [
            (kept.updated_at, key)
            for key, kept in self._state.dialogues.items()
            if kept.dialogue.version > kept.dialogue.shown_version and kept.updated_at < before
        ]
        return tuple(key for _, key in sorted(found, key=lambda one: one[0])[:limit])

    async def forget(self, chat_id: ChatId) -> None:
        self._state.dialogues = {
            key: kept for key, kept in self._state.dialogues.items() if key.chat_id != chat_id
        }


class MemoryInbox:
    def __init__(self, state: State) -> None:
        self._state = state

    async def claim(self, bot_id: int, update_id: int, now: datetime) -> bool:
        if (bot_id, update_id) in self._state.updates:
            return False
        self._state.updates[bot_id, update_id] = now
        return True

    async def fail(self, bot_id: int, update_id: int, error: str, now: datetime) -> int:
        _, times, _ = self._state.failures.get((bot_id, update_id), ("", 0, now))
        self._state.failures[bot_id, update_id] = (error, times + 1, now)
        return times + 1

    async def forget_before(self, at: datetime) -> None:
        self._state.updates = {key: then for key, then in self._state.updates.items() if then >= at}
        self._state.failures = {key: kept for key, kept in self._state.failures.items() if kept[2] >= at}

    async def failures(self, limit: int) -> tuple[tuple[int, str, int, datetime], ...]:
        found = [
            (number, error, times, at) for (_, number), (error, times, at) in self._state.failures.items()
        ]
        return tuple(sorted(found, key=lambda one: (one[3], one[0]), reverse=True)[:limit])


class MemoryFiles:
    def __init__(self, state: State) -> None:
        self._state = state

    async def file_id(self, bot_id: int, key: str) -> str | None:
        return self._state.files.get((bot_id, key))

    async def keep(self, bot_id: int, key: str, file_id: str) -> None:
        self._state.files[bot_id, key] = file_id

    async def drop(self, bot_id: int, key: str) -> None:
        self._state.files.pop((bot_id, key), None)
