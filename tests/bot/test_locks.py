"""Locks by key: first come, first served, and nothing is left behind."""

from __future__ import annotations

import asyncio

from bot.locks import KeyedLocks


async def test_turns_of_one_key_run_one_after_the_other_in_the_order_they_came() -> None:
    locks, order, inside = KeyedLocks(), [], 0

    async def turn(number: int) -> None:
        nonlocal inside
        async with locks.hold("ann"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            order.append(number)
            inside -= 1

    await asyncio.gather(*(turn(number) for number in range(20)))
    assert order == list(range(20))


async def test_another_key_does_not_wait() -> None:
    locks = KeyedLocks()
    async with locks.hold("ann"), asyncio.timeout(1), locks.hold("ben"):
        pass


async def test_a_key_that_nobody_holds_costs_no_memory() -> None:
    locks = KeyedLocks()

    async def fails() -> None:
        async with locks.hold("ann"):
            raise RuntimeError

    await asyncio.gather(fails(), fails(), return_exceptions=True)
    assert not locks._locks
    assert not locks._waiting
