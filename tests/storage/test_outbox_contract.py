"""Messages that must arrive."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from domain.ids import ChatId
from domain.ports.outbox import Leased, Message, chat_lane
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, message


async def written(store: Store, *messages: Message) -> None:
    async with store.uow.writing() as work:
        for one in messages:
            await work.outbox.put(one, NOW)
        await work.commit()


async def leased(store: Store, now: datetime = NOW, limit: int = 10) -> tuple[Leased, ...]:
    async with store.uow.writing() as work:
        found = await work.outbox.lease(now, now + timedelta(seconds=60), limit)
        await work.commit()
    return found


def keys(found: tuple[Leased, ...]) -> list[str]:
    return [item.message.key for item in found]


async def test_a_message_is_kept_whole(store: Store) -> None:
    await written(store, message("a"))
    [item] = await leased(store)
    assert (item.message, item.tries, item.written_at) == (message("a"), 0, NOW)


async def test_the_same_message_is_written_once(store: Store) -> None:
    await written(store, message("a"), message("a", chat=6))
    await written(store, message("a", kind="other"))
    [item] = await leased(store)
    assert item.message == message("a")


async def test_only_the_head_of_each_lane_is_leased(store: Store) -> None:
    await written(store, message("a1", 1), message("a2", 1), message("b1", 2), message("b2", 2))
    assert keys(await leased(store)) == ["a1", "b1"]
    assert keys(await leased(store)) == []


async def test_a_lane_goes_on_when_its_head_was_delivered_or_given_up(store: Store) -> None:
    await written(store, message("a1", 1), message("a2", 1), message("b1", 2), message("b2", 2))
    first, second = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.delivered(first.id, NOW)
        await work.outbox.give_up(second.id, NOW, "blocked")
        await work.commit()
    assert keys(await leased(store)) == ["a2", "b2"]


async def test_a_lease_that_ran_out_is_given_again_and_counted(store: Store) -> None:
    await written(store, message("a1", 1), message("a2", 1))
    await leased(store)
    assert keys(await leased(store, NOW + timedelta(seconds=59))) == []
    [again] = await leased(store, NOW + timedelta(seconds=60))
    assert (again.message.key, again.tries) == ("a1", 1)


async def test_a_lease_can_be_kept_by_whoever_is_still_at_it(store: Store) -> None:
    await written(store, message("a", 1), message("b", 2))
    first, second = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.delivered(second.id, NOW)
        await work.outbox.renew([first.id, second.id], NOW + timedelta(seconds=90))
        await work.commit()
    assert keys(await leased(store, NOW + timedelta(seconds=89))) == []
    assert keys(await leased(store, NOW + timedelta(seconds=90))) == ["a"]


async def test_a_released_message_is_leased_again_at_once(store: Store) -> None:
    await written(store, message("a1", 1), message("a2", 1), message("b", 2))
    _, second = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.delivered(second.id, NOW)
        await work.outbox.release()
        await work.commit()
    [again] = await leased(store)
    assert (again.message.key, again.tries) == ("a1", 1)


async def test_a_postponed_message_holds_up_its_lane_until_it_is_due(store: Store) -> None:
    await written(store, message("a1", 1), message("a2", 1), message("b1", 2))
    first, second = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.postpone(first.id, SOON, "RetryAfter")
        await work.outbox.delivered(second.id, NOW)
        await work.commit()
    assert keys(await leased(store, SOON - timedelta(seconds=1))) == []
    [again] = await leased(store, SOON)
    assert (again.message.key, again.tries) == ("a1", 1)


async def test_a_message_for_later_waits_and_holds_nobody_up(store: Store) -> None:
    reminder = message("later", 1, not_before=SOON)
    await written(store, reminder, message("now", 1))
    [item] = await leased(store)
    assert item.message.key == "now"
    async with store.uow.writing() as work:
        await work.outbox.delivered(item.id, NOW)
        await work.commit()
    [due] = await leased(store, SOON)
    assert due.message == reminder


async def test_a_clock_that_is_set_back_keeps_no_message_waiting(store: Store) -> None:
    await written(store, message("a"))
    before = NOW - timedelta(days=1)
    [item] = await leased(store, before)
    async with store.uow.writing() as work:
        await work.outbox.postpone(item.id, before + timedelta(minutes=1), "Telegram asks to wait")
        await work.commit()
    assert await leased(store, before) == ()
    assert keys(await leased(store, before + timedelta(minutes=1))) == ["a"]


async def test_the_oldest_come_first_and_the_limit_holds(store: Store) -> None:
    await written(store, *(message(f"m{chat}", chat) for chat in range(5)))
    assert keys(await leased(store, limit=2)) == ["m0", "m1"]
    assert keys(await leased(store, limit=9)) == ["m2", "m3", "m4"]


async def test_what_is_over_is_over(store: Store) -> None:
    await written(store, message("a"))
    [item] = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.delivered(item.id, NOW)
        await work.outbox.postpone(item.id, SOON, "late")
        await work.outbox.give_up(item.id, NOW, "late")
        await work.commit()
    assert keys(await leased(store, LATER)) == []
    async with store.uow.reading() as look:
        assert await look.outbox.undelivered(5) == ()


async def test_undelivered_are_the_given_up_and_those_that_wait_with_an_error(store: Store) -> None:
    await written(store, message("a", 1), message("b", 2), message("c", 3), message("d", 4))
    a, b, c, _ = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.give_up(a.id, NOW, "blocked")
        await work.outbox.postpone(b.id, SOON, "TimedOut")
        await work.outbox.delivered(c.id, NOW)
        await work.commit()
    async with store.uow.reading() as look:
        found = await look.outbox.undelivered(5)
        assert [(item.message.key, error) for item, error in found] == [("b", "TimedOut"), ("a", "blocked")]
        assert len(await look.outbox.undelivered(1)) == 1


async def test_next_due_is_the_earliest_moment_at_which_something_can_be_done(store: Store) -> None:
    async with store.uow.reading() as look:
        assert await look.outbox.next_due() is None
    await written(store, message("later", 1, not_before=LATER))
    async with store.uow.reading() as look:
        assert await look.outbox.next_due() == LATER
    await written(store, message("now", 2))
    async with store.uow.reading() as look:
        assert await look.outbox.next_due() == NOW
    await leased(store)
    async with store.uow.reading() as look:
        assert await look.outbox.next_due() == NOW + timedelta(seconds=60)


async def test_waiting_messages_follow_a_chat_that_moved(store: Store) -> None:
    await written(store, message("a", 1), message("b", 2))
    async with store.uow.writing() as work:
        await work.outbox.move_lane(chat_lane(ChatId(1)), chat_lane(ChatId(-100)))
        await work.commit()
    first, second = await leased(store)
    assert first.message == dataclasses.replace(message("a"), lane="chat:-100")
    assert second.message.lane == "chat:2"


async def test_delivered_messages_are_forgotten_after_a_while_and_others_are_not(store: Store) -> None:
    await written(store, *(message(key, chat) for chat, key in enumerate("abc")))
    a, b, c = await leased(store)
    async with store.uow.writing() as work:
        await work.outbox.delivered(a.id, NOW)
        await work.outbox.delivered(b.id, LATER)
        await work.outbox.give_up(c.id, NOW, "blocked")
        await work.outbox.forget_before(SOON)
        await work.outbox.put(message("a"), NOW)  # forgotten, so it can be written again
        await work.outbox.put(message("b"), NOW)
        await work.outbox.put(message("c"), NOW)
        await work.commit()
    assert keys(await leased(store, LATER)) == ["a"]
