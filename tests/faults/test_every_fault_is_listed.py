"""Every fault is shown, and docs/faults.md says so truly."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.guard import GUARDS, PROOFS, Fault, Guard, fault_if, prevented_by, rewritten, taken_out
from tests.faults.listing import number, proofs, row

DOCS = Path(__file__).parents[2] / "docs" / "faults.md"
FAULTS = range(1, 19)


def test_every_fault_has_a_scenario_that_runs_with_its_guards_and_without() -> None:
    shown = Counter(number(proof.test) for proof in proofs() if proof.cases)
    assert set(shown) == set(FAULTS)
    # As many as the fault has parts: F6 three, F11 eight, F12 five ...
    parts = {6: 3, 8: 2, 10: 3, 11: 8, 12: 5, 13: 2, 14: 2, 15: 3, 17: 2, 18: 2}
    assert not {fault for fault, count in parts.items() if shown[fault] < count}


def test_every_guard_is_proven_by_some_scenario() -> None:
    used = {guard.name for proof in proofs() for case in proof.cases for guard in case}
    assert used == set(GUARDS)


def test_the_documentation_lists_exactly_these_scenarios_and_guards() -> None:
    text = DOCS.read_text()
    rows = [line for line in text.splitlines() if line.startswith("| `test_f")]
    assert sorted(rows) == sorted(row(proof) for proof in proofs())
    assert [int(found) for found in re.findall(r"^## F(\d+)\b", text, re.MULTILINE)] == list(FAULTS)


def test_each_scenario_stands_under_its_fault() -> None:
    for section in DOCS.read_text().split("\n## F")[1:]:
        heading = int(section.split()[0].rstrip(":."))
        assert {number(name) for name in re.findall(r"^\| `(test_f\w+)`", section, re.MULTILINE)} == {heading}


# --- the mechanism itself -----------------------------------------------------------------------------------------------


def _is_allowed(age: int) -> bool:
    return not age < 18


async def _scenario() -> None:
    fault_if(_is_allowed(17), "a child was let in")


@pytest.fixture
def age() -> Guard:
    found = rewritten("the age", f"{__name__}:_is_allowed", "age < 18")
    del GUARDS[found.name]
    return found


async def test_a_guard_is_taken_out_where_it_stands_and_put_back(age: Guard) -> None:
    async with taken_out((age,), {}):
        with pytest.raises(Fault):
            await _scenario()
    await _scenario()


async def test_a_guard_whose_removal_nothing_notices_is_not_proven(age: Guard) -> None:
    async def sees_nothing() -> None:
        assert _is_allowed(18)

    run = prevented_by(age)(sees_nothing)
    PROOFS.pop()
    await run(without=())
    with pytest.raises(AssertionError, match="nothing notices that there is no the age"):
        await run(without=(age,))


async def test_a_crash_proves_nothing(age: Guard) -> None:
    async def crashes() -> None:
        if _is_allowed(17):
            raise KeyError("it broke")

    run = prevented_by(age)(crashes)
    PROOFS.pop()
    with pytest.raises(KeyError):
        await run(without=(age,))


async def test_a_guard_that_is_not_where_it_should_be_is_noticed() -> None:
    gone = rewritten("the height", f"{__name__}:_is_allowed", "height < 120")
    del GUARDS[gone.name]
    with pytest.raises(LookupError):
        async with taken_out((gone,), {}):
            pass
