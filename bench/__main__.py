"""`python -m bench`: measures everything and writes bench/RESULTS.md."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median

from bench import cards, fronts, ingest, pdf, photographed, reads, scorer, starting, tickets
from bench.load import Outcome, drive
from bench.network import network
from bench.server import served
from bench.world import world
from tests.servers.postgres import database, postgres_server

RESULTS = Path(__file__).with_name("RESULTS.md")
VISITS = 600_000
SIZES, LARGE_SIZES = (10_000, 1_000_000), (10_000, 1_000_000, 10_000_000)
SQLITE_AUDITS = 1_000_000
WORKERS = 2

Row = tuple[str, str, str, str, str]
"""What was measured, its figure, what stands beside it, their ratio, the target."""


def main() -> None:
    """Measure on PostgreSQL, then on SQLite, then what needs neither; with the word `large`
    scorecards over ten million audits too.  Words that name groups measure, and print, them alone.
    """
    words = set(sys.argv[1:])
    large = "large" in words
    groups: Mapping[str, Callable[[], Iterable[Row]]] = {
        "tickets": _presigning,
        "scorer": _scoring,
        "pdf": _drawing,
        "starting": starting.rows,
        "fronts": _served,
        "postgresql": _on_postgresql,
        "sqlite": _on_sqlite,
        "scorecards": lambda: _scorecards(*(LARGE_SIZES if large else SIZES)),
    }
    if unknown := words - groups.keys() - {"large"}:
        sys.exit(f"No group of {', '.join(sorted(unknown))}; there are {', '.join(groups)}.")
    chosen = [name for name in groups if name in words] or list(groups)
    rows = [row for name in chosen for row in groups[name]()]
    text = _document(rows, "make bench-large" if large else "make bench")
    if chosen == list(groups):
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _served() -> Iterable[Row]:
    with (
        postgres_server() as server,
        database(server, durable=False) as own,
        tempfile.TemporaryDirectory() as folder,
        world(own.url, Path(folder), visits=VISITS // 4) as filled,
    ):
        costs = fronts.compare(filled)
    for call, figures in costs.items():
        ours = figures[fronts.OURS]
        for name, theirs in figures.items():
            if name != fronts.OURS:
                yield (
                    f"{call}, one worker: calls a second",
                    f"{median(ours.rates):.0f}/s",
                    f"{name}: {median(theirs.rates):.0f}/s",
                    _ratio(ours.rates, theirs.rates),
                    "≥ 0.9" if (call, name) == ("PUT", fronts.GRANIAN) else "–",
                )
                yield (
                    f"{call}, one worker: processor time",
                    f"{median(ours.cpu):.2f} ms",
                    f"{name}: {median(theirs.cpu):.2f} ms",
                    _ratio(ours.cpu, theirs.cpu),
                    "–",
                )


def _on_postgresql() -> Iterable[Row]:
    with (
        postgres_server() as server,
        database(server, durable=True) as own,
        tempfile.TemporaryDirectory() as folder,
        world(own.url, Path(folder), visits=VISITS) as filled,
    ):
        # Before anything is stored: every auditor has a full feed to pull.
        polls = reads.polls(filled, workers=WORKERS)
        single = ingest.single(filled, own.conninfo, first=0, workers=WORKERS)
        batches = ingest.batches(filled, own.conninfo, first=VISITS // 2, workers=WORKERS)
        photos = photographed.complete(filled, first=VISITS - 20_000, workers=WORKERS)
    yield (
        "audit of 40 answers, single PUT",
        f"{median(single.product):.0f}/s",
        f"one statement by pgbench: {median(single.floor):.0f}/s",
        _ratio(single.product, single.floor),
        "≥ 0.28",
    )
    yield (
        "the same, in batches of 10",
        f"{median(batches.product):.0f} audits/s",
        f"one audit a statement by pgbench: {median(single.floor):.0f}/s",
        _ratio(batches.product, single.floor),
        "≥ 0.65",
    )
    yield (
        "the same, in batches of 10",
        f"{median(batches.product):.0f} audits/s",
        f"ten audits a statement by pgbench: {median(batches.floor):.0f} audits/s",
        _ratio(batches.product, batches.floor),
        "–",
    )
    yield (
        "audit with a photo of 300 KB, put + upload + put",
        f"{median(photos.complete):.0f}/s",
        f"no-op call: {median(photos.nothing):.0f}/s",
        _ratio(photos.complete, photos.nothing),
        "–",
    )
    yield (
        "unchanged sync (304)",
        f"{median(polls.unchanged):.0f}/s",
        f"the same sync with its body of 200 visits: {median(polls.rebuilt):.0f}/s",
        _ratio(polls.unchanged, polls.rebuilt),
        "≥ 4",
    )
    yield (
        "unchanged sync (304)",
        f"{median(polls.unchanged):.0f}/s",
        f"no-op call: {median(polls.nothing):.0f}/s",
        _ratio(polls.unchanged, polls.nothing),
        "–",
    )


def _on_sqlite() -> Iterable[Row]:
    with (
        tempfile.TemporaryDirectory() as folder,
        world("", Path(folder), visits=20_000) as filled,
        served(filled.settings, workers=1) as port,
    ):
        maker = ingest.puts(filled, 0)
        drive(port, maker, connections=4, seconds=2)
        prepared = iter([next(maker) for _ in range(10_000)])
        outcome: Outcome = drive(port, prepared, connections=4, seconds=10)
    middle, slow = outcome.percentile(0.5), outcome.percentile(0.99)
    yield (
        "audit of 40 answers on SQLite, single PUT, 4 phones",
        f"{outcome.rate:.0f}/s",
        f"p50 {middle:.1f} ms, p99 {slow:.1f} ms",
        f"p99/p50 {slow / middle:.1f}",
        "≤ 5",
    )


def _scorecards(*sizes: int) -> Iterable[Row]:
    """Scorecards on PostgreSQL at each size against the first, on SQLite at the size in between."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in (*sizes, 0)]
        server = stack.enter_context(postgres_server())
        urls = [stack.enter_context(database(server)).url for _ in sizes]
        audits = (*sizes, SQLITE_AUDITS)
        networks = [
            stack.enter_context(network(url, folder, audits=count))
            for url, folder, count in zip((*urls, ""), folders, audits, strict=True)
        ]
        found = cards.latencies(networks)
    for name, (first, *others, on_sqlite) in found.items():
        for size, rounds in zip(sizes[1:], others, strict=True):
            yield (
                f"{name}, {size:,} audits",
                f"{median(rounds):.1f} ms",
                f"at {sizes[0]:,}: {median(first):.1f} ms",
                _ratio(rounds, first),
                cards.TARGETS.get(name, "–"),
            )
        yield (
            f"{name}, {SQLITE_AUDITS:,} audits on SQLite",
            f"{median(on_sqlite):.1f} ms",
            f"PostgreSQL: {median(others[0]):.1f} ms",
            _ratio(on_sqlite, others[0]),
            "≤ 3",
        )


def _presigning() -> Iterable[Row]:
    pairs = tickets.presigning()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "upload ticket",
        f"{median(ours):.1f} µs",
        f"boto3, client kept: {median(theirs):.0f} µs",
        _ratio(theirs, ours),
        "≥ 10",
    )


def _scoring() -> Iterable[Row]:
    pairs = scorer.scoring()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "checking and scoring 40 answers",
        f"{median(ours):.1f} µs",
        f"marshmallow, checking alone: {median(theirs):.0f} µs",
        _ratio(theirs, ours),
        "≤ 20 µs",
    )


def _drawing() -> Iterable[Row]:
    pairs = pdf.reports()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "audit report as PDF, 4 pages, 40 rows in two languages, 6 photos",
        f"{median(ours):.1f} ms CPU",
        f"reportlab's flowables: {median(theirs):.0f} ms CPU",
        _ratio(theirs, ours),
        "≥ 15, ≤ 25 ms",
    )


def _ratio(above: Iterable[float], below: Iterable[float]) -> str:
    ratios = sorted(a / b for a, b in zip(above, below, strict=True))
    return f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def _document(rows: list[Row], command: str) -> str:
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    python = platform.python_version()
    return f"""# What was measured

`{command}`, {date.today().isoformat()}, Python {python}, two processors that the load shares with
the server and the database.  The arms of a row were driven in turn; a figure is the median of its
rounds, a ratio the median (least–greatest) of the rounds' ratios.  Trust the ratios: the figures
move with the machine.

| what | figure | beside | ratio | target |
|---|---|---|---|---|
{lines}
"""


if __name__ == "__main__":
    main()
