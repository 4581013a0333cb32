"""Scorecards at three sizes: their latency has to stay where it is while the audits grow."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from statistics import median

from bench.load import drive, request
from bench.network import Network
from bench.server import granian

CALLS, SECONDS = 200, 20
WARM = 20
TARGETS = {
    "site scorecard": "≤ 10 ms, ≤ 1.3",
    "league of 200 sites": "≤ 8 ms, ≤ 1.3",
    "question ranking of the network": "≤ 2 ms, ≤ 1.3",
}


def latencies(filled: Network) -> Mapping[str, float]:
    """Return the median milliseconds of each call, over HTTP, one caller at a time."""
    calls = {
        "site scorecard": f"/sites/{filled.site_id}/scorecard?period={filled.period}",
        "league of 200 sites": f"/scorecards/sites?period={filled.period}&limit=200"
        f"&region_id={filled.league_region_id}",
        "question ranking of the network": f"/scorecards/questions?period={filled.period}",
        "scorecard of the network": f"/organisation/scorecard?period={filled.period}",
        "movers among 2,000 sites": f"/scorecards/movers?period={filled.period}",
        "no-op call": "/../../healthz",
    }
    with granian(filled.settings, workers=1) as port:
        return {name: _median(port, path, filled.token) for name, path in calls.items()}


def _median(port: int, path: str, token: str) -> float:
    sent = request("GET", f"/api/v1{path}".replace("/api/v1/../..", ""), token=token)
    drive(port, itertools.repeat(sent, WARM), connections=1, seconds=SECONDS)
    outcome = drive(port, itertools.repeat(sent, CALLS), connections=1, seconds=SECONDS)
    if set(outcome.statuses) != {200}:
        raise RuntimeError(f"{path}: {outcome.statuses}")
    return median(outcome.latencies) * 1000
