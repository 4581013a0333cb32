from __future__ import annotations

from itertools import islice

import pytest

from bench.databases import on_sqlite
from bench.instruments import background
from bench.instruments.costs import Meter
from bench.instruments.load import Load, drive
from bench.instruments.serving import APART, served
from bench.intake.requests import puts
from bench.world import AUDITORS, PULLED

VISITS = PULLED * AUDITORS


@pytest.mark.slow
def test_a_round_ends_when_all_that_it_caused_is_done() -> None:
    with on_sqlite(visits=VISITS) as world:
        requests = puts(world)

        def load_on(port: int) -> Load:
            return lambda _: drive(port, islice(requests, 5), connections=2, seconds=60)

        with served(world.settings | APART, workers=1) as server:
            left = Meter(server, works_off=False).round(load_on(server.port), seconds=0)
            assert (left.count, left.left) == (10, 10)
            assert background.left() == (10, 0)

        with served(world.settings, workers=1) as server:
            done = Meter(server).round(load_on(server.port), seconds=0)
            assert done.count == 10
            assert done.application > 0
            assert background.left() == (0, 0)
