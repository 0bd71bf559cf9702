import asyncio
import threading
from collections.abc import Iterator

import pytest

from identity.passwords import LANES, MEMORY_KIB, PASSES, Argon2Hasher


@pytest.fixture
def hasher() -> Iterator[Argon2Hasher]:
    hasher = Argon2Hasher(memory_kib=64, passes=1)
    yield hasher
    hasher.close()


async def test_the_right_password_fits_and_a_wrong_one_does_not(hasher: Argon2Hasher) -> None:
    kept = await hasher.hash("correct horse")
    assert await hasher.verify(kept, "correct horse")
    assert not await hasher.verify(kept, "correct hors")


async def test_the_same_password_is_kept_differently_each_time(hasher: Argon2Hasher) -> None:
    assert await hasher.hash("correct horse") != await hasher.hash("correct horse")


async def test_a_hash_says_the_parameters_that_the_design_asks_for() -> None:
    hasher = Argon2Hasher()
    kept = await hasher.hash("correct horse")
    hasher.close()
    assert kept.startswith(f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$")
    assert (MEMORY_KIB, PASSES, LANES) == (19 * 1024, 2, 1)


@pytest.mark.parametrize(
    "garbage", ["", "plain", "$argon2id$v=19$m=64,t=1,p=1$zz", "$2b$12$abcdefghijklmnopqrstuv"]
)
async def test_a_hash_that_is_none_fits_nothing(hasher: Argon2Hasher, garbage: str) -> None:
    assert not await hasher.verify(garbage, "correct horse")
    assert hasher.outdated(garbage)


async def test_an_unknown_account_costs_one_verification_at_the_same_parameters(
    hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    matches = hasher._matches

    def watched(kept: str, password: str) -> bool:
        checked.append(kept)
        return matches(kept, password)

    monkeypatch.setattr(hasher, "_matches", watched)
    kept = await hasher.hash("correct horse")
    assert await hasher.verify(kept, "correct horse")
    assert not await hasher.verify(None, "correct horse")
    known, unknown = checked
    assert known.split("$")[:4] == unknown.split("$")[:4]


async def test_nobodys_hash_lets_nobody_in(hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hasher, "_matches", lambda kept, password: True)
    assert not await hasher.verify(None, "anything")


async def test_weaker_parameters_are_outdated_and_todays_are_not(hasher: Argon2Hasher) -> None:
    kept = await hasher.hash("correct horse")
    assert not hasher.outdated(kept)
    stronger = Argon2Hasher(memory_kib=128, passes=1)
    assert stronger.outdated(kept)
    assert await stronger.verify(kept, "correct horse")
    stronger.close()


async def test_at_most_two_at_once_and_never_on_the_event_loop(
    hasher: Argon2Hasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, lock = threading.Event(), threading.Lock()
    inside, most = 0, 0
    threads: set[int] = set()
    loop, two_inside = asyncio.get_running_loop(), asyncio.Event()

    def slow(kept: str, password: str) -> bool:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
            threads.add(threading.get_ident())
            if inside == 2:
                loop.call_soon_threadsafe(two_inside.set)
        gate.wait(10)
        with lock:
            inside -= 1
        return True

    monkeypatch.setattr(hasher, "_matches", slow)
    tries = [asyncio.create_task(hasher.verify("kept", "password")) for _ in range(6)]
    await asyncio.wait_for(two_inside.wait(), 10)  # the loop is free while they compute
    gate.set()
    assert await asyncio.gather(*tries) == [True] * 6
    assert most == 2
    assert threading.get_ident() not in threads


async def test_any_characters_are_hashed(hasher: Argon2Hasher) -> None:
    for password in ("пароль мой", "كلمة السر", "🦊🦊🦊🦊🦊🦊🦊🦊", "x" * 128):
        assert await hasher.verify(await hasher.hash(password), password)
