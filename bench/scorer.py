"""Checking and scoring one audit's answers: the compiled scorer beside a marshmallow schema."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from statistics import median

from audit_api.rules.authoring import parse
from audit_api.rules.scoring import Visit, compile_scorer
from bench.instruments import yardstick
from bench.rows import Row, ratio
from bench.world import answers, checklist

ROUNDS, CALLS = 5, 2000


def rows() -> Iterable[Row]:
    pairs = scoring()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "checking and scoring 40 answers",
        f"{median(ours):.1f} µs",
        f"{yardstick.NAME}: {median(theirs):.0f} µs",
        ratio(theirs, ours),
        "≤ 20 µs",
    )


def scoring() -> list[tuple[float, float]]:
    """Return microseconds an audit, the scorer's and marshmallow's, of each round in turn."""
    given = answers()
    scorer = compile_scorer(parse(checklist()))
    ours = lambda: scorer.score(Visit(given))  # noqa: E731
    _time(ours), _time(yardstick.check)
    return [(_time(ours), _time(yardstick.check)) for _ in range(ROUNDS)]


def _time(call: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - begun) / CALLS * 1e6
