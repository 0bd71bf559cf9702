"""What is written out, as Prometheus' own parser reads it."""

from __future__ import annotations

import re

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.exposition import text_of
from bot.metrics import BUCKETS, Metrics
from bot.scraping import Scrape
from domain.figures import Figures
from domain.order import OrderState
from domain.payment import AttemptState

FIGURES = Figures(
    orders={OrderState.PAID: 3, OrderState.CANCELLED: 1},
    attempts={AttemptState.IN_DOUBT: 2},
    held_orders=4,
    held_copies=9,
    owing_orders=1,
    owed={"EUR": 1250, "JPY": 3},
    outbox_waiting=5,
    outbox_oldest=61.5,
    outbox_undeliverable=6,
    updates_failed=7,
    unshown=8,
    database_bytes=123_456_789,
)


def counted() -> Metrics:
    metrics = Metrics()
    for seconds in (0.004, 0.004, 0.3, 99.0):
        metrics.turn("Press", "done", 0.004, seconds)
    metrics.turn("Text", "given_up", None, 0.1)
    metrics.call("https://api.telegram.org/bot123:SECRET/sendMessage", "200")
    metrics.call("https://api.telegram.org/file/bot123:SECRET/photos/ann.jpg", "timed_out")
    metrics.flood(2.5)
    metrics.job("expire orders", "done", 1_760_000_000.0)
    return metrics


def families(scrape: Scrape) -> dict[str, Metric]:
    found = list(text_string_to_metric_families(text_of(scrape)))
    names = [family.name for family in found]
    assert len(names) == len(set(names))
    return {family.name: family for family in found}


@pytest.fixture
def told() -> dict[str, Metric]:
    return families(Scrape(counted(), 2, FIGURES, 11))


def samples(family: Metric) -> dict[tuple[str, ...], float]:
    return {tuple(sample.labels.values()): sample.value for sample in family.samples}


def test_every_family_has_its_help_and_its_type(told: dict[str, Metric]) -> None:
    for family in told.values():
        assert family.documentation.endswith("."), family.name
        assert family.type in ("counter", "gauge", "histogram"), family.name


def test_names_say_the_shop_the_unit_and_what_only_grows(told: dict[str, Metric]) -> None:
    ours = {name: family for name, family in told.items() if not name.startswith("process_")}
    assert all(re.fullmatch(r"bookstall_[a-z_]+", name) for name in ours)
    for name, family in ours.items():
        written = {sample.name for sample in family.samples}
        if family.type == "counter":
            assert written == {f"{name}_total"}, name
        elif family.type == "histogram":
            assert name.endswith("_seconds")
            assert written == {f"{name}_bucket", f"{name}_count", f"{name}_sum"}
        else:
            assert written == {name}
    assert not [name for name in ours if name.endswith(("_ms", "_minutes", "_kb", "_mb"))]


def test_the_process_itself_is_there(told: dict[str, Metric]) -> None:
    assert {"process_resident_memory_bytes", "process_cpu_seconds", "process_open_fds"} <= told.keys()


def test_values_are_those_that_were_read(told: dict[str, Metric]) -> None:
    assert {name: samples(told[f"bookstall_{name}"])[()] for name in (
        "updates_under_way", "updates_behind", "held_orders", "held_copies", "owing_orders", "outbox_waiting",
        "outbox_oldest_seconds", "outbox_undeliverable", "updates_failed", "screens_unshown", "database_size_bytes",
        "telegram_floods", "telegram_flood_wait_seconds",
    )} == {
        "updates_under_way": 2, "updates_behind": 11, "held_orders": 4, "held_copies": 9, "owing_orders": 1,
        "outbox_waiting": 5, "outbox_oldest_seconds": 61.5, "outbox_undeliverable": 6, "updates_failed": 7,
        "screens_unshown": 8, "database_size_bytes": 123_456_789, "telegram_floods": 1,
        "telegram_flood_wait_seconds": 2.5,
    }  # fmt: skip
    assert samples(told["bookstall_owed_minor_units"]) == {("EUR",): 1250, ("JPY",): 3}
    assert samples(told["bookstall_up"]) == {("database",): 1, ("telegram",): 1}
    assert samples(told["bookstall_turns"]) == {("Press", "done"): 4, ("Text", "given_up"): 1}
    assert samples(told["bookstall_telegram_calls"]) == {("sendmessage", "200"): 1, ("file", "timed_out"): 1}
    assert samples(told["bookstall_job_runs"]) == {("expire orders", "done"): 1}
    assert samples(told["bookstall_job_last_success_timestamp_seconds"]) == {
        ("expire orders",): 1_760_000_000
    }


def test_every_state_is_there_also_where_there_is_none_in_it(told: dict[str, Metric]) -> None:
    orders, attempts = samples(told["bookstall_orders"]), samples(told["bookstall_payment_attempts"])
    assert orders == {(state.value,): FIGURES.orders.get(state, 0) for state in OrderState}
    assert attempts == {(state.value,): FIGURES.attempts.get(state, 0) for state in AttemptState}


def test_a_histogram_adds_up(told: dict[str, Metric]) -> None:
    found = told["bookstall_turn_seconds"].samples
    buckets = {s.labels["le"]: s.value for s in found if s.name.endswith("_bucket")}
    assert list(buckets) == [*(f"{bound:g}" for bound in BUCKETS), "+Inf"]
    assert (buckets["0.005"], buckets["0.25"], buckets["0.5"], buckets["60"], buckets["+Inf"]) == (
        2,
        2,
        3,
        3,
        4,
    )
    (count,) = [s.value for s in found if s.name.endswith("_count")]
    (total,) = [s.value for s in found if s.name.endswith("_sum")]
    assert count == 4
    assert total == pytest.approx(99.308)


def test_nobodys_name_and_no_secret_is_in_it() -> None:
    text = text_of(Scrape(counted(), 2, FIGURES, 11))
    assert not [word for word in ("123:SECRET", "SECRET", "ann.jpg", "api.telegram.org") if word in text]


def test_what_could_not_be_had_is_left_out_and_not_nought() -> None:
    told = families(Scrape(Metrics(), 0, None, None))
    assert samples(told["bookstall_up"]) == {("database",): 0, ("telegram",): 0}
    missing = {
        "bookstall_orders",
        "bookstall_updates_behind",
        "bookstall_outbox_waiting",
        "bookstall_held_copies",
    }
    assert not missing & told.keys()


def test_a_label_is_written_so_that_it_is_read_back() -> None:
    metrics = Metrics()
    nasty = 'a "job"\\ with\nlines'
    metrics.job(nasty, "done", 1.0)
    told = families(Scrape(metrics, 0, None, None))
    assert samples(told["bookstall_job_runs"]) == {(nasty, "done"): 1}
