"""What is counted while the program runs."""

from __future__ import annotations

import pytest

from bot.metrics import BUCKETS, Histogram, Metrics


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [
        (0.0, 0),
        (0.005, 0),
        (0.0051, 1),
        (1.0, BUCKETS.index(1.0)),
        (60.0, len(BUCKETS) - 1),
        (61.0, len(BUCKETS)),
    ],
)
def test_a_bucket_counts_what_took_as_long_as_its_bound_at_most(seconds: float, bucket: int) -> None:
    histogram = Histogram()
    histogram.observe(seconds)
    assert histogram.counts.index(1) == bucket
    assert (sum(histogram.counts), histogram.seconds) == (1, seconds)


def test_bounds_grow() -> None:
    assert sorted(set(BUCKETS)) == list(BUCKETS)


def test_two_histograms_share_nothing() -> None:
    Histogram().observe(1.0)
    assert sum(Histogram().counts) == 0


def test_a_turn_is_counted_by_its_kind_and_outcome_and_timed_if_it_was_committed() -> None:
    metrics = Metrics()
    metrics.turn("Press", "done", 0.004, 0.02)
    metrics.turn("Press", "done", 0.004, 3.0)
    metrics.turn("Press", "comes_again", None, 0.5)
    metrics.turn("Text", "given_up", None, 0.5)
    assert metrics.turns == {("Press", "done"): 2, ("Press", "comes_again"): 1, ("Text", "given_up"): 1}
    assert metrics.committed["Press"].seconds == pytest.approx(0.008)
    assert metrics.shown["Press"].seconds == pytest.approx(3.02)
    assert "Text" not in metrics.committed
    assert "Text" not in metrics.shown


@pytest.mark.parametrize(
    ("url", "method"),
    [
        ("https://api.telegram.org/bot123:SECRET/sendMessage", "sendmessage"),
        ("https://api.telegram.org/bot123:SECRET/getUpdates", "getupdates"),
        ("https://api.telegram.org/file/bot123:SECRET/photos/file_7.jpg", "file"),
    ],
)
def test_of_a_call_only_its_method_is_kept(url: str, method: str) -> None:
    metrics = Metrics()
    metrics.call(url, "200")
    assert metrics.calls == {(method, "200"): 1}


def test_floods_and_the_waits_add_up() -> None:
    metrics = Metrics()
    metrics.flood(3.0)
    metrics.flood(0.5)
    assert (metrics.floods, metrics.flood_seconds) == (2, 3.5)


def test_a_job_that_was_put_off_keeps_the_time_of_its_last_success() -> None:
    metrics = Metrics()
    metrics.job("expire", "done", 100.0)
    metrics.job("expire", "failed", 200.0)
    metrics.job("forget", "put_off", 300.0)
    assert metrics.last_success == {"expire": 100.0}
    assert metrics.jobs == {("expire", "done"): 1, ("expire", "failed"): 1, ("forget", "put_off"): 1}
