"""What is measured, in Prometheus' text format 0.0.4, by its own client library.

Names and units follow prometheus.io/docs/practices/naming: base units, ``_total`` for what only grows. Loaded when somebody
first asks for `/metrics`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.metrics import BUCKETS, Histogram
from bot.scraping import Scrape
from domain.figures import Figures
from domain.order import OrderState
from domain.payment import AttemptState


def text_of(scrape: Scrape) -> str:
    """All families, each with its help and its type, and those of the process (memory, CPU, open files; on Linux)."""
    registry = CollectorRegistry()
    registry.register(_Collector(scrape))
    ProcessCollector(registry=registry)
    return generate_latest(registry).decode()


class _Collector(Collector):
    def __init__(self, scrape: Scrape) -> None:
        self._scrape = scrape

    def collect(self) -> Iterator[Metric]:
        scrape = self._scrape
        yield from _counted(scrape)
        yield _gauge("updates_under_way", "Updates that are being handled or shown.", scrape.busy)
        yield _by(
            "up",
            "Whether what the shop stands on could be asked just now: 1 or 0.",
            "source",
            {"database": scrape.figures is not None, "telegram": scrape.behind is not None},
        )
        if scrape.behind is not None:
            yield _gauge("updates_behind", "Updates that wait at Telegram to be fetched.", scrape.behind)
        if scrape.figures is not None:
            yield from _kept(scrape.figures)


def _counted(scrape: Scrape) -> Iterator[Metric]:
    metrics = scrape.metrics
    yield _counter("turns", "Updates that were handled.", ("kind", "outcome"), metrics.turns)
    yield _histogram(
        "turn_commit_seconds", "From an update's arrival until it was committed.", metrics.committed
    )
    yield _histogram(
        "turn_seconds", "From an update's arrival until its answer was at Telegram.", metrics.shown
    )
    yield _counter("telegram_calls", "Requests to the Bot API.", ("method", "result"), metrics.calls)
    floods = CounterMetricFamily("bookstall_telegram_floods", "Times that Telegram asked to wait (429).")
    floods.add_metric((), metrics.floods)
    yield floods
    waits = CounterMetricFamily(
        "bookstall_telegram_flood_wait_seconds", "Seconds that Telegram asked to wait."
    )
    waits.add_metric((), metrics.flood_seconds)
    yield waits
    yield _counter("job_runs", "Runs of the jobs that nobody taps for.", ("job", "outcome"), metrics.jobs)
    yield _by(
        "job_last_success_timestamp_seconds",
        "When a job was last done, in Unix time.",
        "job",
        metrics.last_success,
    )


def _kept(figures: Figures) -> Iterator[Metric]:
    orders = {state.value: figures.orders.get(state, 0) for state in OrderState}
    yield _by("orders", "Orders, by state.", "state", orders)
    yield _gauge("held_orders", "Open orders that hold copies.", figures.held_orders)
    yield _gauge("held_copies", "Copies that open orders hold.", figures.held_copies)
    attempts = {state.value: figures.attempts.get(state, 0) for state in AttemptState}
    yield _by(
        "payment_attempts", "Payment attempts, by state; in_doubt ones need somebody.", "state", attempts
    )
    yield _gauge(
        "owing_orders", "Orders of which more money is due back than went back.", figures.owing_orders
    )
    yield _by("owed_minor_units", "Money due back, in cents or the like.", "currency", figures.owed)
    yield _gauge("outbox_waiting", "Messages that wait to be sent.", figures.outbox_waiting)
    yield _gauge("outbox_oldest_seconds", "Age of the oldest of them.", figures.outbox_oldest)
    yield _gauge(
        "outbox_undeliverable", "Messages that will never arrive: see doctor.", figures.outbox_undeliverable
    )
    yield _gauge(
        "updates_failed", "Updates that failed and are still remembered: see doctor.", figures.updates_failed
    )
    yield _gauge("screens_unshown", "People whose present screen was not shown yet.", figures.unshown)
    yield _gauge(
        "database_size_bytes", "Size of the database with its indexes and log.", figures.database_bytes
    )


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"bookstall_{name}", says, value=value)


def _by(name: str, says: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"bookstall_{name}", says, labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family


def _counter(name: str, says: str, labels: tuple[str, str], counts: Mapping[tuple[str, str], int]) -> Metric:
    family = CounterMetricFamily(f"bookstall_{name}", says, labels=labels)
    for key, count in counts.items():
        family.add_metric(key, count)
    return family


def _histogram(name: str, says: str, found: Mapping[str, Histogram]) -> Metric:
    """Its buckets add up: each counts what took so long at most."""
    family = HistogramMetricFamily(f"bookstall_{name}", says, labels=("kind",))
    bounds = [*(f"{bound:g}" for bound in BUCKETS), "+Inf"]
    for kind, histogram in found.items():
        buckets = zip(bounds, itertools.accumulate(histogram.counts), strict=True)
        family.add_metric((kind,), list(buckets), histogram.seconds)
    return family
