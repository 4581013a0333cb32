"""What audits with a photo cost, as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.databases import on_postgresql
from bench.instruments import processors
from bench.instruments.costs import Meter, Round
from bench.instruments.serving import APART, served
from bench.photos.pictures import TURNED, UPRIGHT, photograph
from bench.photos.submissions import Phones
from bench.rows import Row, memory, processor_time, spread, waits

ROUNDS, SECONDS, CONNECTIONS, WORKERS = 5, 5, 4, 2
PHOTOS, VISITS = 24, 40_000
AUDIT = "audit with a photo of 300 KB, put + upload + put"


@dataclass
class Photographed:
    """The rounds of audits with a photo: by the photo's orientation with copies made, and with
    copies left to workers elsewhere.  `disk_bytes` is what the store grew by for each audit,
    `memory` the server's after the rounds with copies."""

    copied: dict[int, list[Round]] = field(default_factory=lambda: {UPRIGHT: [], TURNED: []})
    apart: list[Round] = field(default_factory=list)
    disk_bytes: float = 0.0
    memory: tuple[int, int] = (0, 0)


def rows() -> Iterable[Row]:
    """Say what an audit costs with a photo that stands upright, with one that has to be turned, and
    where its copies are made elsewhere."""
    found = _measure()
    upright, turned, apart = found.copied[UPRIGHT], found.copied[TURNED], found.apart
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
        f"{AUDIT}: not copied or not folded yet when the load ends",
        f"{median(one.left for one in upright):.0f}",
        f"done after {median(one.waited for one in upright):.1f} s",
        f"{spread((one.waited for one in upright), '.1f')} s",
        "–",
    )
    yield (
        f"{AUDIT}: the store grows by",
        f"{found.disk_bytes / 1000:.0f} kB",
        "the photo, its display copy and its thumbnail",
        "–",
        "–",
    )
    yield memory("memory of two workers with their children after all of these", found.memory)


def _measure() -> Photographed:
    found = Photographed()
    photos = {
        each: [photograph(seed, orientation=each) for seed in range(PHOTOS)]
        for each in found.copied
    }
    with on_postgresql(visits=VISITS) as ground:
        phones, count = Phones(ground.world), 0
        with served(ground.world.settings, workers=WORKERS) as server:
            meter = Meter(server, ground.pid)
            for turn in range(ROUNDS + 1):
                for orientation, rounds in found.copied.items():
                    load = phones.load(server.port, photos[orientation], connections=CONNECTIONS)
                    measured = meter.round(load, seconds=SECONDS)
                    count += measured.count
                    if turn > 0:  # the first only warms up
                        rounds.append(measured)
            found.memory = processors.memory(server.pid)
        found.disk_bytes = _disk_bytes(Path(ground.world.settings["AUDIT_INSTANCE"])) / count
        # Last, because nobody makes the copies that these rounds leave to make.
        with served(ground.world.settings | APART, workers=WORKERS) as server:
            meter = Meter(server, ground.pid, works_off=False)
            load = phones.load(server.port, photos[UPRIGHT], connections=CONNECTIONS)
            found.apart += [meter.round(load, seconds=SECONDS) for _ in range(ROUNDS + 1)][1:]
    return found


def _disk_bytes(folder: Path) -> int:
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))
