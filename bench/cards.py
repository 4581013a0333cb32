"""Scorecards at several sizes: their latency has to stay where it is while the audits grow."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from bench.load import drive, request
from bench.network import Network
from bench.server import served

ROUNDS, CALLS, SECONDS = 7, 60, 20
WARM = 20
TARGETS = {
    "site scorecard": "≤ 10 ms, ≤ 1.3",
    "league of 200 sites": "≤ 8 ms, ≤ 1.3",
    "question ranking of the network": "≤ 2 ms, ≤ 1.3",
}

Rounds = Sequence[float]
"""The median milliseconds of each round."""


def latencies(networks: Sequence[Network]) -> Mapping[str, Sequence[Rounds]]:
    """Return how long each call takes over each of the networks, over HTTP, one caller at a time.

    All networks are served at once, and driven in turn.
    """
    with ExitStack() as stack:
        ports = [stack.enter_context(served(each.settings, workers=1)) for each in networks]
        return {name: _in_turn(name, networks, ports) for name in _calls(networks[0])}


def _in_turn(name: str, networks: Sequence[Network], ports: Sequence[int]) -> Sequence[Rounds]:
    found: list[list[float]] = [[] for _ in networks]
    for calls in (WARM, *[CALLS] * ROUNDS):
        for network, port, rounds in zip(networks, ports, found, strict=True):
            rounds.append(_median(port, _calls(network)[name], network.token, calls))
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
