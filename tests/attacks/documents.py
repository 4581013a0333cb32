"""Hostile documents sent to a real server: what they cost it, and whether it answers others."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx

from tests.attacks.floods import BLOCK, NAMED, UNITS, flood
from tests.attacks.workbooks import workbooks

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHECKS = "/api/v1/checklists/checks"
TEXTS = (
    ("application/yaml", CHECKS, ("", "{a", 'format: audit-checklist/1\ntitle: "')),
    ("application/json", CHECKS, ("", '{"document": {"title": "')),
    ("text/csv", "/api/v1/imports/sites?dry_run=true", ("", "code,name,region_code,time_zone\n")),
    ("text/csv", "/api/v1/imports/users?dry_run=true", ("email,name,role\n",)),
    ("application/json", "/api/v1/audits/batch", ("", '{"audits": [[')),
    ("application/json", "/api/v1/login", ('{"email": "', '{"password": "')),
)
"""What takes texts, and how they begin."""
HEADERS = (
    "Authorization",
    "If-Match",
    "Accept-Language",
    "Range",
    "Idempotency-Key",
    "Content-Type",
)
HEADER_LENGTH = 8_000
PATIENCE = 120
PAUSE = 0.05


class Document(NamedTuple):
    """A request that takes a reader's time."""

    name: str
    path: str
    headers: Mapping[str, str]
    data: bytes


@dataclass(frozen=True)
class Figures:
    """What a run found: how many documents were sent; which was answered last and after how many
    seconds; how many seconds of a core they took, and the slowest `/healthz` meanwhile; and the
    answers that are no refusal, as name and status."""

    documents: int
    slowest: str
    seconds: float
    cpu_seconds: float
    healthz_seconds: float
    unexpected: tuple[tuple[str, int], ...]


def run(
    url: str,
    token: str,
    *,
    server: int,
    documents: int | None = None,
    seed: int = 0,
) -> Figures:
    """Send hostile documents as the bearer of a token, so many drawn by a seed, or all.

    `server` is the process whose time, and whose children's, is counted.
    """
    chosen = list(hostile(token))
    random.Random(seed).shuffle(chosen)
    chosen = chosen[:documents]
    times: dict[str, float] = {}
    statuses: dict[str, int] = {}
    before = cpu_seconds(server)
    with httpx.Client(base_url=url, timeout=PATIENCE) as client, watched(url) as healthz:
        for document in chosen:
            begun = time.monotonic()
            statuses[document.name] = sent(client, document)
            times[document.name] = time.monotonic() - begun
    slowest = max(times, key=lambda name: times[name])
    return Figures(
        documents=len(chosen),
        slowest=slowest,
        seconds=times[slowest],
        cpu_seconds=cpu_seconds(server) - before,
        healthz_seconds=max(healthz, default=0.0),
        unexpected=tuple((name, each) for name, each in statuses.items() if each >= 500),
    )


def sent(client: httpx.Client, document: Document) -> int:
    answer = client.post(document.path, content=document.data, headers=dict(document.headers))
    return answer.status_code


def hostile(token: str) -> Iterator[Document]:
    """Yield every document, as its bearer sends it."""
    bearer = {"Authorization": f"Bearer {token}"}
    for media_type, path, beginnings in TEXTS:
        for number, before in enumerate(beginnings):
            for unit in (*UNITS, *BLOCK, *NAMED):
                name = f"{media_type} {path} {number} {unit!r}"
                headers = bearer | {"Content-Type": media_type}
                yield Document(name, path, headers, flood(unit, before).encode())
    for workbook in workbooks():
        headers = bearer | {"Content-Type": WORKBOOK}
        yield Document(f"workbook: {workbook.name}", CHECKS, headers, workbook.data)
    for header in HEADERS:
        for unit in UNITS:
            if unit.isascii() and unit.isprintable():
                text = f"{flood(unit, 'a', HEADER_LENGTH)}a"
                headers = bearer | {"Content-Type": "application/json", header: text}
                yield Document(f"{header}: {unit!r}", CHECKS, headers, b"{}")


@contextmanager
def watched(url: str) -> Iterator[list[float]]:
    """Ask again and again whether the server is well; the list has the seconds of each answer."""
    seconds: list[float] = []
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=url, timeout=PATIENCE) as client:
            while not over.wait(PAUSE):
                begun = time.monotonic()
                client.get("/healthz").raise_for_status()
                seconds.append(time.monotonic() - begun)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield seconds
    finally:
        over.set()
        thread.join()


def cpu_seconds(root: int) -> float:
    """The processor time of a process, and of all that descend from it."""
    ticks, parents = {}, {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and (fields := stat(path)):
            parents[int(path.name)] = int(fields[1])
            # Its own, and what the children that it has waited for took.
            ticks[int(path.name)] = sum(map(int, fields[11:15]))
    return sum(ticks[pid] for pid in ticks if descends(pid, root, parents)) / os.sysconf(
        "SC_CLK_TCK"
    )


def stat(process: Path) -> list[str]:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def descends(pid: int, root: int, parents: Mapping[int, int]) -> bool:
    while pid not in (root, 0, 1):
        pid = parents.get(pid, 0)
    return pid == root
