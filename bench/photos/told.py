"""What audits with a photo cost, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from bench.databases import on_postgresql
from bench.instruments.costs import Meter, Round
from bench.instruments.serving import APART, served
from bench.photos.pictures import TURNED, UPRIGHT, photograph
from bench.photos.submissions import Phones
from bench.rows import Row, processor_time, spread, waits

ROUNDS, SECONDS, CONNECTIONS, WORKERS = 4, 5, 4, 2
PHOTOS, VISITS = 40, 40_000
AUDIT = "audit with a photo of 300 KB, put + upload + put"


def rows() -> Iterable[Row]:
    """Say what an audit costs with a photo that stands upright, with one that has to be turned, and
    where its copies are made elsewhere."""
    photos = {
        each: [photograph(seed, orientation=each) for seed in range(PHOTOS)]
        for each in (UPRIGHT, TURNED)
    }
    with on_postgresql(visits=VISITS) as ground:
        phones = Phones(ground.world)
        included: dict[int, list[Round]] = {orientation: [] for orientation in photos}
        apart: list[Round] = []
        with served(ground.world.settings, workers=WORKERS) as server:
            meter = Meter(server, ground.pid)
            for _ in range(ROUNDS + 1):
                for orientation, rounds in included.items():
                    load = phones.load(server.port, photos[orientation], connections=CONNECTIONS)
                    rounds.append(meter.round(load, seconds=SECONDS))
        # Last, because nobody makes the copies that these rounds leave to make.
        with served(ground.world.settings | APART, workers=WORKERS) as server:
            meter = Meter(server, ground.pid, works_off=False)
            load = phones.load(server.port, photos[UPRIGHT], connections=CONNECTIONS)
            apart += [meter.round(load, seconds=SECONDS) for _ in range(ROUNDS + 1)]
    upright, turned, apart = included[UPRIGHT][1:], included[TURNED][1:], apart[1:]
    yield processor_time(f"{AUDIT}, copies included", upright, target="≤ 30 ms")
    yield processor_time(f"{AUDIT}, copies included, photo to be turned", turned)
    yield processor_time(f"{AUDIT}, copies left to workers elsewhere", apart, target="≤ 7 ms")
    yield waits(f"{AUDIT}, while copies are made", upright)
    yield (
        f"{AUDIT}: audits a second",
        f"{median(one.rate for one in upright):.0f}/s",
        f"copies left to workers elsewhere: {median(one.rate for one in apart):.0f}/s",
        "–",
        "–",
    )
    yield (
        f"{AUDIT}: copies not made yet when the load ends",
        f"{median(one.left for one in upright):.0f}",
        f"made after {median(one.waited for one in upright):.1f} s",
        f"{spread((one.waited for one in upright), '.1f')} s",
        "–",
    )
