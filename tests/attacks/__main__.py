"""`python -m tests.attacks`: attacks the product as outsiders and accidents do, and counts.

Words that name attacks make them alone; `make attack` makes all.  Each prints its figures for
each pair of database and photo store.  Ends with 1 where something came that must not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from tests.attacks import foreign, kills
from tests.attacks.ground import ground
from tests.faults.server import Server
from tests.pairs import PAIRS, running
from tests.world import make_world

KILLS = 50
"""On each pair."""


def killed(settings: dict[str, Any]) -> kills.Figures:
    server = Server(settings, workers=2 if "DATABASE_URL" in settings else 1)
    with running(settings) as app:
        world = make_world(app, review="none")
        try:
            server.start()
            return kills.run(world, server, kills=KILLS)
        finally:
            server.close()


def reached_for(settings: dict[str, Any]) -> foreign.Figures:
    with running(settings | {"LOG_LEVEL": "WARNING"}) as app:
        return foreign.run(make_world(app))


ATTACKS: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "kills": killed,
    "foreign": reached_for,
}
EXPECTED = ("kills", "acknowledged", "calls")
"""Figures that say how much was tried; every other one counts what must not be."""


def main(words: list[str]) -> int:
    """Make the attacks that `words` name, or all; return the exit status."""
    if unknown := set(words) - ATTACKS.keys():
        sys.exit(f"No attack {', '.join(sorted(unknown))}; there are {', '.join(ATTACKS)}.")
    harm = 0
    for name in words or ATTACKS:
        for pair in PAIRS:
            with ground(pair) as settings:
                figures = asdict(ATTACKS[name](settings))
            print(
                f"{name} {pair}: " + ", ".join(f"{k} {v}" for k, v in figures.items()), flush=True
            )
            harm += sum(value for key, value in figures.items() if key not in EXPECTED)
    return 1 if harm else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
