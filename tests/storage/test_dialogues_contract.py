"""What the chat side keeps."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from domain.ids import ChatId, UserId
from domain.ports.dialogues import Data, Dialogue, DialogueKey, Live
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON

KEY = DialogueKey(ChatId(-1001234567890), 3, UserId(2**40))
LIVE = Live(77, "photo", "abc")


async def turned(store: Store, key: DialogueKey = KEY, **changes: object) -> Dialogue:
    """A turn that changes the dialogue and raises its version."""
    async with store.uow.writing() as work:
        dialogue = await work.dialogues.locked(key, NOW)
        changed = dataclasses.replace(dialogue, version=dialogue.version + 1, **changes)  # type: ignore[arg-type]
        await work.dialogues.save(changed, NOW)
        await work.commit()
    return changed


async def read(store: Store, key: DialogueKey = KEY) -> Dialogue:
    async with store.uow.reading() as look:
        found = await look.dialogues.read(key)
    assert found is not None
    return found


async def test_a_dialogue_is_made_when_it_is_first_locked(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.dialogues.locked(KEY, NOW) == Dialogue(KEY, new=True)
        assert await work.dialogues.locked(KEY, NOW) == Dialogue(KEY)
        await work.commit()
    assert await read(store) == Dialogue(KEY)


async def test_a_dialogue_is_kept_whole(store: Store) -> None:
    facts: Data = {
        "page": 2,
        "words": "Дюна “x” \\ |",
        "gift": None,
        "sure": True,
        "books": [1, [2, {"a": "b"}]],
    }
    await turned(store, language="de", step="login.email", data=facts, token="a.b.c", screen='{"t":"<b>"}')
    assert await read(store) == Dialogue(KEY, "de", "login.email", facts, "a.b.c", '{"t":"<b>"}', version=1)


async def test_dialogues_differ_by_chat_thread_and_user(store: Store) -> None:
    for key in (KEY, dataclasses.replace(KEY, thread_id=0), dataclasses.replace(KEY, user_id=UserId(1))):
        await turned(store, key, step=repr(key))
        assert (await read(store, key)).step == repr(key)


async def test_saving_does_not_touch_what_is_shown(store: Store) -> None:
    await turned(store)
    async with store.uow.writing() as work:
        await work.dialogues.shown(KEY, 1, LIVE)
        await work.commit()
    await turned(store, live=Live(99, "text", "other"), shown_version=50)
    found = await read(store)
    assert (found.live, found.shown_version, found.version) == (LIVE, 1, 2)


async def test_an_older_screen_that_arrives_late_changes_nothing(store: Store) -> None:
    await turned(store)
    await turned(store)
    async with store.uow.writing() as work:
        await work.dialogues.shown(KEY, 2, LIVE)
        await work.dialogues.shown(KEY, 1, Live(1, "text", "old"))
        await work.commit()
    found = await read(store)
    assert (found.live, found.shown_version) == (LIVE, 2)


async def test_a_screen_shown_again_has_the_new_message(store: Store) -> None:
    await turned(store)
    async with store.uow.writing() as work:
        await work.dialogues.shown(KEY, 1, LIVE)
        await work.dialogues.shown(KEY, 1, None)
        await work.commit()
    assert (await read(store)).live is None


async def test_unshown_are_those_whose_turn_was_committed_and_never_shown(store: Store) -> None:
    shown = dataclasses.replace(KEY, chat_id=ChatId(1))
    await turned(store)
    await turned(store, shown)
    async with store.uow.writing() as work:
        await work.dialogues.shown(shown, 1, LIVE)
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.dialogues.unshown(SOON, 10) == (KEY,)
        assert await look.dialogues.unshown(NOW, 10) == ()


async def test_unshown_begins_with_the_longest_waiting_and_stops_at_the_limit(store: Store) -> None:
    keys = [dataclasses.replace(KEY, chat_id=ChatId(chat)) for chat in (3, 1, 2)]
    for seconds, key in enumerate(keys):
        await turned(store, key)
        async with store.uow.writing() as work:
            dialogue = await work.dialogues.locked(key, NOW)
            await work.dialogues.save(dialogue, NOW + timedelta(seconds=seconds))
            await work.commit()
    async with store.uow.reading() as look:
        assert await look.dialogues.unshown(LATER, 2) == tuple(keys[:2])


async def test_a_chat_is_forgotten_with_all_its_dialogues(store: Store) -> None:
    other = dataclasses.replace(KEY, chat_id=ChatId(1))
    await turned(store)
    await turned(store, dataclasses.replace(KEY, thread_id=9))
    await turned(store, other)
    async with store.uow.writing() as work:
        await work.dialogues.forget(KEY.chat_id)
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.dialogues.read(KEY) is None
        assert await look.dialogues.read(dataclasses.replace(KEY, thread_id=9)) is None
        assert await look.dialogues.read(other) is not None


async def test_an_update_is_claimed_once_by_each_bot(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.inbox.claim(1, 7, NOW)
        assert not await work.inbox.claim(1, 7, SOON)
        assert await work.inbox.claim(2, 7, NOW)
        assert await work.inbox.claim(1, 8, NOW)
        await work.commit()
    async with store.uow.writing() as work:
        assert not await work.inbox.claim(1, 7, LATER)


async def test_failures_are_counted_and_the_latest_come_first(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.inbox.fail(1, 7, "KeyError", NOW) == 1
        assert await work.inbox.fail(1, 8, "TypeError", SOON) == 1
        assert await work.inbox.fail(1, 7, "ValueError", LATER) == 2
        await work.commit()
    async with store.uow.reading() as look:
        assert await look.inbox.failures(5) == ((7, "ValueError", 2, LATER), (8, "TypeError", 1, SOON))
        assert await look.inbox.failures(1) == ((7, "ValueError", 2, LATER),)


async def test_old_updates_are_forgotten_and_young_ones_are_not(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.inbox.claim(1, 7, NOW)
        await work.inbox.claim(1, 8, LATER)
        await work.inbox.fail(1, 7, "KeyError", NOW)
        await work.inbox.fail(1, 8, "KeyError", LATER)
        await work.inbox.forget_before(SOON)
        await work.commit()
    async with store.uow.writing() as work:
        assert [failure[0] for failure in await work.inbox.failures(5)] == [8]
        assert await work.inbox.claim(1, 7, NOW)
        assert not await work.inbox.claim(1, 8, NOW)


async def test_a_picture_has_one_file_id_for_each_bot(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.files.file_id(1, "cover:5") is None
        await work.files.keep(1, "cover:5", "old")
        await work.files.keep(1, "cover:5", "new")
        await work.files.keep(2, "cover:5", "other")
        assert await work.files.file_id(1, "cover:5") == "new"
        await work.files.drop(1, "cover:5")
        await work.files.drop(1, "never there")
        assert await work.files.file_id(1, "cover:5") is None
        assert await work.files.file_id(2, "cover:5") == "other"
