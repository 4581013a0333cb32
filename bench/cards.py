"""Scorecards at several sizes: their latency has to stay where it is while the audits grow."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.instruments.load import drive, request
from bench.instruments.serving import served
from bench.network import Network, network
from bench.rows import Row, ratio
from tests.servers.postgres import database, own_server

SIZES, LARGE_SIZES = (10_000, 1_000_000), (10_000, 1_000_000, 10_000_000)
SQLITE_AUDITS = 1_000_000
ROUNDS, CALLS, SECONDS = 7, 60, 20
WARM = 20
TARGETS = {
    "site scorecard": "≤ 10 ms, ≤ 1.3",
    "league of 200 sites": "≤ 8 ms, ≤ 1.3",
    "question ranking of the network": "≤ 2 ms, ≤ 1.3",
}

Rounds = Sequence[float]
"""The median milliseconds of each round."""
Paths = Callable[[Network], Mapping[str, str]]
"""The addresses of the calls that are measured of a network, by what they are called."""


def rows(sizes: Sequence[int] = SIZES) -> Iterable[Row]:
    """Scorecards on PostgreSQL at each size against the first, on SQLite at the size in between."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in (*sizes, 0)]
        server, _ = stack.enter_context(own_server())
        urls = [stack.enter_context(database(server)).url for _ in sizes]
        audits = (*sizes, SQLITE_AUDITS)
        networks = [
            stack.enter_context(network(url, folder, audits=count))
            for url, folder, count in zip((*urls, ""), folders, audits, strict=True)
        ]
        found = latencies(networks, _calls)
    for name, (first, *others, on_sqlite) in found.items():
        for size, rounds in zip(sizes[1:], others, strict=True):
            yield (
                f"{name}, {size:,} audits",
                f"{median(rounds):.1f} ms",
                f"at {sizes[0]:,}: {median(first):.1f} ms",
                ratio(rounds, first),
                TARGETS.get(name, "–"),
            )
        yield (
            f"{name}, {SQLITE_AUDITS:,} audits on SQLite",
            f"{median(on_sqlite):.1f} ms",
            f"PostgreSQL: {median(others[0]):.1f} ms",
            ratio(on_sqlite, others[0]),
            "≤ 3",
        )


def latencies(
    networks: Sequence[Network], paths: Paths, *, calls: int = CALLS
) -> Mapping[str, Sequence[Rounds]]:
    """Return how long each call takes over each of the networks, over HTTP, one caller at a time,
    in rounds of so many calls.

    All networks are served at once, and driven in turn.
    """
    with ExitStack() as stack:
        ports = [stack.enter_context(served(each.settings, workers=1)).port for each in networks]
        return {
            name: _in_turn([paths(each)[name] for each in networks], networks, ports, calls)
            for name in paths(networks[0])
        }


def _in_turn(
    paths: Sequence[str], networks: Sequence[Network], ports: Sequence[int], calls: int
) -> Sequence[Rounds]:
    found: list[list[float]] = [[] for _ in networks]
    for count in (min(WARM, calls), *[calls] * ROUNDS):
        for path, each, port, rounds in zip(paths, networks, ports, found, strict=True):
            rounds.append(_median(port, path, each.token, count))
    return [rounds[1:] for rounds in found]


def _calls(network: Network) -> Mapping[str, str]:
    """The calls that are measured."""
    cards = f"/api/v1/scorecards/{{}}?period={network.period}"
    return {
        "site scorecard": f"/api/v1/sites/{network.site_id}/scorecard?period={network.period}",
        "league of 200 sites": cards.format("sites")
        + f"&limit=200&region_id={network.league_region_id}",
        "question ranking of the network": cards.format("questions"),
        "scorecard of the network": f"/api/v1/organisation/scorecard?period={network.period}",
        "movers among 2,000 sites": cards.format("movers"),
        "no-op call": "/healthz",
    }


def _median(port: int, path: str, token: str, calls: int) -> float:
    sent = itertools.repeat(request("GET", path, token=token), calls)
    outcome = drive(port, sent, connections=1, seconds=SECONDS)
    if set(outcome.statuses) != {200}:
        raise RuntimeError(f"{path}: {outcome.statuses}")
    return median(outcome.latencies) * 1000
