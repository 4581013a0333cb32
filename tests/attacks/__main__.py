"""`python -m tests.attacks`: attacks the product as outsiders and accidents do, and counts.

Words that name attacks make them alone; `make attack` makes all.  Each says what came of it for
each pair of database and photo store.  Ends with 1 where something came that must not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.attacks import documents, foreign, kills, requests, slow_clients
from tests.attacks.ground import ground
from tests.faults.server import Server
from tests.pairs import PAIRS, running
from tests.world import World, make_world

# On each pair.
KILLS = 50
REQUESTS = 11_100
SLOW_SECONDS = 40
QUIET = {"LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class Outcome:
    """What came of an attack, in words, and whether all of it may come."""

    told: str
    sound: bool


def killed(settings: dict[str, Any]) -> Outcome:
    with served(settings) as (world, server):
        found = kills.run(world, server, kills=KILLS)
    harm = {
        "lost": found.lost,
        "doubled": found.doubled,
        "changed": found.changed,
        "incomplete": found.incomplete,
        "miscounted": found.miscounted,
    }
    return Outcome(
        f"{found.kills} kills, {found.acknowledged} audits acknowledged: {listed(harm)}",
        not any(harm.values()),
    )


def reached_for(settings: dict[str, Any]) -> Outcome:
    with running(settings | QUIET) as app:
        found = foreign.run(make_world(app))
    harm = {
        "with a foreign row": found.foreign,
        "not as the table says": found.other,
        "failed": found.broken,
    }
    return Outcome(f"{found.calls} calls: {listed(harm)}", not any(harm.values()))


def sent_anything(settings: dict[str, Any]) -> Outcome:
    with running(settings | QUIET) as app:
        found = requests.run(REQUESTS, 1, app)
    for failure in found.failures:
        print(failure, file=sys.stderr)
    classes = ", ".join(f"{count} {name}" for name, count in found.classes.items())
    return Outcome(
        f"{found.requests} requests: {classes}; {len(found.taken)} operations took one",
        not found.failures,
    )


def slowed_down(settings: dict[str, Any]) -> Outcome:
    with served(settings) as (world, server):

        def submit() -> None:
            path = f"/audits/{uuid4()}"
            assert server.call(world, "auditor", "PUT", path, world.another()).status_code == 201

        found = slow_clients.run(server.port, submit, seconds=SLOW_SECONDS)
    health, submits = max(found.health), max(found.submits)
    return Outcome(
        f"{found.connected} slow clients for {SLOW_SECONDS} s: /healthz at most {health:.2f} s, "
        f"a submit {submits:.2f} s; {found.refused} were refused",
        max(health, submits) < 1,
    )


def handed_documents(settings: dict[str, Any]) -> Outcome:
    with served(settings) as (world, server):
        found = documents.run(server.url, world.tokens["hq"], server=server.pid)
    unexpected = ", ".join(f"{name}: {status}" for name, status in found.unexpected) or "none"
    return Outcome(
        f"{found.documents} documents, {found.cpu_seconds:.1f} s of a core in all; slowest answer "
        f"{found.seconds:.1f} s ({found.slowest}), /healthz at most {found.healthz_seconds:.2f} s; "
        f"failed: {unexpected}",
        not found.unexpected and found.healthz_seconds < 1,
    )


@contextmanager
def served(settings: dict[str, Any]) -> Iterator[tuple[World, Server]]:
    """Yield a world whose audits nobody reviews, and the server of it."""
    server = Server(settings, workers=2 if "DATABASE_URL" in settings else 1)
    with running(settings | QUIET) as app:
        world = make_world(app, review="none")
        try:
            server.start()
            yield world, server
        finally:
            server.close()


def listed(harm: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in harm.items())


ATTACKS: Mapping[str, Callable[[dict[str, Any]], Outcome]] = {
    "kills": killed,
    "foreign": reached_for,
    "requests": sent_anything,
    "slow": slowed_down,
    "documents": handed_documents,
}


def main(words: list[str]) -> int:
    """Make the attacks that `words` name, or all; return the exit status."""
    if unknown := set(words) - ATTACKS.keys():
        sys.exit(f"No attack {', '.join(sorted(unknown))}; there are {', '.join(ATTACKS)}.")
    sound = True
    for name in words or ATTACKS:
        for pair in PAIRS:
            with ground(pair) as settings:
                outcome = ATTACKS[name](settings)
            verdict = "" if outcome.sound else "  <- must not be"
            print(f"{name}, {pair}: {outcome.told}{verdict}", flush=True)
            sound = sound and outcome.sound
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
