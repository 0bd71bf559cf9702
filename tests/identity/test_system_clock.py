import re
from datetime import UTC, datetime, timedelta

from identity.clock import LEGIBLE, SecretIds, SystemClock

ids = SecretIds()


def test_now_is_aware_and_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_order_number_can_be_read_out() -> None:
    for _ in range(200):
        assert re.fullmatch("B-[2-9A-Y]{4}", ids.order_number())
    assert not set(LEGIBLE) & set("01OILZSBV")
    assert len(set(LEGIBLE)) == len(LEGIBLE) == 27


def test_a_token_fits_a_button_and_a_column() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", ids.token())


def test_digits_are_as_many_as_asked_for() -> None:
    assert re.fullmatch(r"[0-9]{6}", ids.digits(6))


def test_ids_do_not_repeat() -> None:
    assert len({ids.token() for _ in range(1000)}) == 1000
