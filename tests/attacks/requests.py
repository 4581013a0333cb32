"""Requests made from the specification and from its edges, by the thousand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask

from tests.attacks.drawing import Attack, Sent


@dataclass(frozen=True)
class Failure:
    """A request that the server failed at, and its status."""

    status: int
    request: Sent


@dataclass(frozen=True)
class Figures:
    """What came of an attack: how many requests, answers by the class of their status (`2xx`),
    operations that took a request, and every request that the server failed at."""

    requests: int
    classes: Mapping[str, int]
    taken: frozenset[str]
    failures: Sequence[Failure]


def run(count: int, seed: int, app: Flask) -> Figures:
    """Send `count` requests that `seed` draws to an application with an empty, migrated database,
    to every operation, as every role."""
    attack = Attack(app, random.Random(seed))
    classes: Counter[str] = Counter()
    taken, failures = set(), []
    for _ in range(count):
        sent = attack.draw()
        status = attack.send(sent).status_code
        classes[f"{status // 100}xx"] += 1
        if status < 300:
            taken.add(sent.operation)
        if status >= 500:
            failures.append(Failure(status, sent))
    return Figures(count, dict(sorted(classes.items())), frozenset(taken), tuple(failures))
