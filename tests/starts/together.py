"""Processes that are ready first and then start at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

_LOOP = """
import json, sys
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
"""


def python(code: str, *arguments: str, settings: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start Python in the clone with `settings` and nothing else of the environment."""
    # Nothing is compiled into a file: a test may let it find the disk full.
    inherited = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=inherited | {"PYTHONPATH": str(ROOT)} | dict(settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Together:
    """Processes that each have `run`, a function from one value to another."""

    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self._processes = processes
        self._threads = ThreadPoolExecutor(len(processes))

    def run(self, value: Any) -> list[Any]:
        """Let all run at once on `value`; return what each returned."""
        return list(self._threads.map(lambda process: _ask(process, value), self._processes))


@contextmanager
def together(code: str, count: int = 4) -> Iterator[Together]:
    """Yield `count` processes that have done `code`, which defines `run`."""
    processes = [python(code + _LOOP, settings={}) for _ in range(count)]
    try:
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        yield Together(processes)
    finally:
        for process in processes:
            process.communicate(timeout=60)


def _ask(process: subprocess.Popen[str], value: Any) -> Any:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{json.dumps(value)}\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    assert answer, process.communicate()[1]
    return json.loads(answer)
