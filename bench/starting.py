"""What a start costs: until the server answers, in memory, and until a command tells its use."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import psutil

from tests.servers import product
from tests.servers.ports import free_port

ROUNDS, WORKERS = 5, 2
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "flask --help": ("--help",),
    "flask demo --help": ("demo", "--help"),
    "flask checklists import --help": ("checklists", "import", "--help"),
}


@dataclass(frozen=True)
class Start:
    """A server that has started: seconds to its first /healthz by the clock, seconds of processors
    of all its processes, and their memory in MB, what they share told once (PSS) and in each (RSS).
    """

    seconds: float
    cpu: float
    pss: float
    rss: float


def rows() -> Iterable[tuple[str, str, str, str, str]]:
    """Tell the start of a server, and that of commands."""
    starts = servers()
    cpu, rss = (median(figures) for figures in zip(*((s.cpu, s.rss) for s in starts), strict=True))
    yield (
        f"server of {WORKERS} workers up, to the first /healthz",
        f"{median(start.seconds for start in starts):.2f} s",
        f"processors until all workers are: {cpu:.2f} s",
        "–",
        "≤ 1 s",
    )
    yield (
        "its memory then, what is shared told once (PSS)",
        f"{median(start.pss for start in starts):.0f} MB",
        f"told in each process (RSS): {rss:.0f} MB",
        "–",
        "≤ 200 MB",
    )
    for name, seconds in commands().items():
        yield (name, f"{median(seconds):.2f} s CPU", "–", "–", "≤ 0.7 s")


def servers() -> list[Start]:
    """Start a server of two workers on a fresh folder, a few times."""
    return [_server() for _ in range(ROUNDS)]


def commands() -> Mapping[str, list[float]]:
    """Return the seconds of a processor that it takes a command to tell its options, a figure each
    round."""
    return {name: [_command(told) for _ in range(ROUNDS)] for name, told in COMMANDS.items()}


def _server() -> Start:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        begun = time.perf_counter()
        process = product.launch({"AUDIT_INSTANCE": folder}, port, workers=WORKERS)
        try:
            _wait(process, port)
            seconds = time.perf_counter() - begun
            return _seen(process, port, seconds)
        finally:
            product.stop(process)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    while process.poll() is None:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30):
            return
        time.sleep(0.005)
    raise RuntimeError("the server ended")


def _seen(process: subprocess.Popen[bytes], port: int, seconds: float) -> Start:
    """Look at a server once all its workers listen."""
    while True:
        family = [psutil.Process(process.pid)]
        family += family[0].children(recursive=True)
        if sum(_listens(each, port) for each in family[1:]) == WORKERS:
            break
        time.sleep(0.05)
    times = [each.cpu_times() for each in family]
    memory = [each.memory_full_info() for each in family]
    return Start(
        seconds=seconds,
        cpu=sum(each.user + each.system for each in times),
        pss=sum(each.pss for each in memory) / 1e6,
        rss=sum(each.rss for each in memory) / 1e6,
    )


def _listens(process: psutil.Process, port: int) -> bool:
    return any(each.laddr.port == port for each in process.net_connections("tcp"))


def _command(told: tuple[str, ...]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "flask", *told],
            cwd=Path(product.ROOT),
            env=product.environment({"AUDIT_INSTANCE": folder}),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
