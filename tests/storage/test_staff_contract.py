"""The staff's chat."""

from __future__ import annotations

import dataclasses

from domain.ids import ChatId, OrderId
from domain.staff import LinkCode, StaffCard, StaffChat
from tests.databases import Store
from tests.storage.samples import LATER, NOW, SOON, line, order, placed, stocked

CHAT = StaffChat(ChatId(-5), "Orders", NOW, "de")


async def test_there_is_at_most_one_staffs_chat(store: Store) -> None:
    async with store.uow.writing() as work:
        assert await work.staff.chat() is None
        await work.staff.link(CHAT)
        assert await work.staff.chat() == CHAT
        other = dataclasses.replace(CHAT, chat_id=ChatId(-6), title="New", linked_at=SOON)
        await work.staff.link(other)
        assert await work.staff.chat() == other
        await work.staff.unlink()
        assert await work.staff.chat() is None


async def test_the_link_follows_the_group_to_its_new_id(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.staff.link(CHAT)
        await work.staff.move(ChatId(-99), ChatId(-1))
        assert await work.staff.chat() == CHAT
        await work.staff.move(ChatId(-5), ChatId(-1005))
        assert await work.staff.chat() == dataclasses.replace(CHAT, chat_id=ChatId(-1005))


async def test_a_code_is_good_once(store: Store) -> None:
    async with store.uow.writing() as work:
        assert not await work.staff.take_code("hash", NOW)
        await work.staff.put_code(LinkCode("hash", LATER))
        assert not await work.staff.take_code("other", NOW)
        assert await work.staff.take_code("hash", NOW)
        assert not await work.staff.take_code("hash", NOW)


async def test_a_code_expires_and_a_newer_one_takes_its_place(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.staff.put_code(LinkCode("old", SOON))
        assert not await work.staff.take_code("old", SOON)
        await work.staff.put_code(LinkCode("new", LATER))
        assert not await work.staff.take_code("old", NOW)
        assert await work.staff.take_code("new", SOON)


async def test_codes_and_links_do_not_touch_each_other(store: Store) -> None:
    async with store.uow.writing() as work:
        await work.staff.put_code(LinkCode("hash", LATER))
        await work.staff.link(CHAT)
        await work.staff.unlink()
        assert await work.staff.take_code("hash", NOW)
        assert await work.staff.chat() is None


async def test_an_order_has_one_card(store: Store) -> None:
    [book] = await stocked(store, "one")
    [number] = await placed(store, order(line(book)))
    async with store.uow.writing() as work:
        assert await work.staff.card(number) is None
        await work.staff.put_card(StaffCard(number, ChatId(-5), 7))
        await work.staff.put_card(StaffCard(number, ChatId(-6), 8))
        assert await work.staff.card(number) == StaffCard(number, ChatId(-6), 8)
        assert await work.staff.card(OrderId(number + 1)) is None
