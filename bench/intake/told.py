"""What the arms of intake came to, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from bench.intake import requests
from bench.intake.arms import Arms, measure, measure_sqlite
from bench.rows import Row, memory, processor_time, ratio, spread, waits

SINGLE, BATCHES = "audit of 40 answers, single PUT", "the same, in batches of 10"


def puts() -> Iterable[Row]:
    """Single PUTs on PostgreSQL."""
    arms = measure(requests.puts, batch=1, most=12_000)
    yield processor_time(f"{SINGLE}, folding included", arms.product, target="≤ 2.2 ms")
    yield processor_time(f"{SINGLE}, folding left to workers elsewhere", arms.apart)
    yield _beside_bare_processor_time(SINGLE, arms)
    yield waits(f"{SINGLE}, while totals are folded", arms.product, target="≤ 4")
    yield waits(f"{SINGLE}, folding left to workers elsewhere", arms.apart)
    yield _backlog(SINGLE, arms)
    yield from _shares(SINGLE, arms, bare_target="≥ 0.13", own_target="≥ 0.28")
    yield _log(SINGLE, arms, target="≤ 12 kB")
    yield (
        f"{SINGLE}: the database grows by",
        f"{arms.disk_bytes / 1000:.1f} kB",
        "an audit, with its indexes and what is folded",
        "–",
        "–",
    )
    yield memory("memory of two workers after all of these", arms.memory)


def batches() -> Iterable[Row]:
    """Ten audits a call on PostgreSQL."""
    arms = measure(requests.pushes, batch=requests.BATCH, most=3_000)
    yield processor_time(f"{BATCHES}, folding included", arms.product)
    yield _beside_bare_processor_time(BATCHES, arms)
    yield waits(f"{BATCHES}, while totals are folded", arms.product)
    yield _backlog(BATCHES, arms)
    yield from _shares(BATCHES, arms, bare_target="≥ 0.5", own_target="–")
    yield _log(BATCHES, arms)


def on_sqlite() -> Iterable[Row]:
    """Single PUTs of four phones on SQLite."""
    rounds = measure_sqlite()
    yield processor_time(f"{SINGLE} on SQLite, folding included", rounds, target="≤ 5 ms")
    yield waits(f"{SINGLE} on SQLite, 4 phones", rounds, target="≤ 4")


def _beside_bare_processor_time(what: str, arms: Arms) -> Row:
    costs = [one.cpu for one in arms.product]
    return (
        f"{what}: processor time, folding included",
        f"{median(costs):.2f} ms",
        f"bare floor, PostgreSQL alone: {median(arms.bare_cpu):.2f} ms",
        ratio(costs, arms.bare_cpu),
        "–",
    )


def _backlog(what: str, arms: Arms) -> Row:
    return (
        f"{what}: not folded yet when the load ends",
        f"{median(one.left for one in arms.product):.0f} audits",
        f"folded after {median(one.waited for one in arms.product):.1f} s",
        f"{spread((one.waited for one in arms.product), '.1f')} s",
        "–",
    )


def _shares(what: str, arms: Arms, *, bare_target: str, own_target: str) -> Iterable[Row]:
    rates = [one.rate for one in arms.product]
    for name, floor, target in (
        ("bare floor", arms.bare, bare_target),
        ("the product's own statement", arms.own, own_target),
    ):
        yield (
            f"{what}: audits a second",
            f"{median(rates):.0f}/s",
            f"{name} by pgbench: {median(floor):.0f}/s",
            ratio(rates, floor),
            target,
        )


def _log(what: str, arms: Arms, *, target: str = "–") -> Row:
    after = median(one.log_bytes for one in arms.after_checkpoint)
    kilobytes = [one.log_bytes / 1000 for one in arms.product]
    return (
        f"{what}: write-ahead log of an audit, folding included",
        f"{median(kilobytes):.1f} kB",
        f"in the first seconds after a checkpoint: {after / 1000:.1f} kB",
        f"{spread(kilobytes, '.1f')} kB",
        target,
    )
