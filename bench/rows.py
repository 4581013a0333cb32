"""The rows of bench/RESULTS.md, and what several subjects say alike."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from bench.instruments import yardstick
from bench.instruments.costs import Round

Row = tuple[str, str, str, str, str]
"""What was measured, its figure, what stands beside it, their ratio or the figure's spread, the
target."""


def ratio(above: Iterable[float], below: Iterable[float]) -> str:
    """Return the median of the rounds' ratios, with the least and the greatest."""
    return spread(a / b for a, b in zip(above, below, strict=True))


def spread(figures: Iterable[float], form: str = ".2f") -> str:
    """Return the median of the rounds' figures, with the least and the greatest."""
    ordered = sorted(figures)
    return f"{median(ordered):{form}} ({ordered[0]:{form}}–{ordered[-1]:{form}})"


def processor_time(what: str, rounds: Sequence[Round], *, target: str = "–") -> Row:
    """Say what each thing stored costs the processors."""
    return (
        f"{what}: processor time",
        f"{median(one.cpu for one in rounds):.2f} ms",
        f"application {median(one.application for one in rounds):.2f} ms, "
        f"database {median(one.database for one in rounds):.2f} ms; "
        f"{yardstick.NAME}: {median(one.yardstick for one in rounds):.2f} ms",
        ratio((one.cpu for one in rounds), (one.yardstick for one in rounds)),
        target,
    )


def waits(what: str, rounds: Sequence[Round], *, target: str = "–") -> Row:
    """Say how long callers wait, and what was left to do when the load ended."""
    return (
        f"{what}: wait",
        f"p99 {median(one.p99 for one in rounds):.0f} ms",
        f"p50 {median(one.p50 for one in rounds):.1f} ms",
        f"p99/p50 {spread((one.tail for one in rounds), '.1f')}",
        target,
    )


def memory(what: str, held: tuple[int, int]) -> Row:
    """Say what processes hold, as `processors.memory` has it."""
    pss, rss = held
    return what, f"{pss / 1e6:.0f} MB PSS", f"{rss / 1e6:.0f} MB RSS", "–", "–"


def document(rows: Sequence[Row], command: str) -> str:
    """Return the page that says what was measured."""
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    python = platform.python_version()
    return f"""# What was measured

`{command}`, {date.today().isoformat()}, Python {python}, two processors that the load shares with
the server and the database.  The arms of a row were driven in turn; a figure is the median of its
rounds, a ratio the median (least–greatest) of the rounds' ratios.  Trust the ratios: the figures
move with the machine.  Processor time is of all processes of the server and of the database, until
nothing is left to fold and no copy to make.

| what | figure | beside | ratio | target |
|---|---|---|---|---|
{lines}
"""
