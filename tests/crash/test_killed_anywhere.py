"""SIGKILL at every point of every step with money or messages in it, on both databases: journal and gateway agree, the order is
there once, the customer is answered, the staff are told.

A step is done once to see which points it meets; then once more for each of them, and at that one the process dies. So a
point that is new in the program is covered by itself.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.crash.dying_shop import Died
from tests.crash.scenarios import SCENARIOS, Scenario
from tests.crash.stage import Stage

pytestmark = pytest.mark.slow

_HOUSEKEEPING = ("forget: ", "start: ")
"""Nothing that these steps write depends on it; and asking Telegram for updates takes none away."""
_RELAY = ("relay: ", "deliver staff-card: ")
"""The same in every scenario: died at where the scenario says so."""
_RELAY_AND_NOTICES = ("relay: ", "deliver ")
"""Over PostgreSQL, of the relay only what the scenario is about."""
_DRAWN = ("answerCallbackQuery", "editMessageText", "editMessageReplyMarkup", "deleteMessage")
"""What leaves nothing behind in the database: died at over SQLite alone."""


@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_shop_survives_a_kill_at_every_point_of(stage: Stage, name: str) -> None:
    scenario = SCENARIOS[name]
    points = await recorded(stage, scenario)
    for point, count in points:
        try:
            await dies(stage, scenario, point, count)
        except BaseException as error:
            error.add_note(f"killed at {point}, time {count}")
            raise


async def recorded(stage: Stage, scenario: Scenario) -> list[tuple[str, int]]:
    """The points that the step meets when nothing is new any more (pictures are uploaded, statements prepared)."""
    for _ in range(2):
        await scenario.before(stage)
        await stage.shop.ask("record")
        await scenario.step(stage)
        met = (await stage.shop.ask("rest"))["points"]
        stage.unmarked = frozenset()
        await stage.rests()
        await scenario.after(stage)
        await stage.adds_up()
    for seam in scenario.crosses:
        for when in ("before", "after"):
            assert any(point.endswith((f": {when} {seam}", f": {when}-{seam}")) for point in met), met
    counts: Counter[str] = Counter()
    points = []
    left_out: tuple[str, ...] = _HOUSEKEEPING
    if not scenario.relays:
        left_out += _RELAY if stage.shop.database.sqlite else _RELAY_AND_NOTICES
    for point in met:
        counts[point] += 1
        drawn = point.endswith(_DRAWN) and not stage.shop.database.sqlite
        if not point.startswith(left_out) and not drawn:
            points.append((point, counts[point]))
    return points


async def dies(stage: Stage, scenario: Scenario, point: str, count: int) -> None:
    await scenario.before(stage)
    await stage.shop.ask("arm", point=point, count=count)
    try:
        await scenario.step(stage)
        await stage.shop.settle(0)
    except Died:
        await stage.reopens()
    else:
        raise AssertionError("the point was never met")
    await scenario.after(stage)
    await stage.rests()
    await stage.adds_up()
