from __future__ import annotations

import os
import subprocess
import sys

from bench.instruments import processors

BURNT = 0.2
BURN = f"import time\nwhile time.process_time() < {BURNT}: pass"
TICK = 1 / os.sysconf("SC_CLK_TCK")


def test_what_an_ended_child_used_is_counted() -> None:
    before = processors.seconds(os.getpid())

    subprocess.run([sys.executable, "-c", BURN], check=True)

    assert processors.seconds(os.getpid()) - before >= BURNT - 2 * TICK


def test_what_a_grandchild_uses_is_counted_while_it_runs_and_after() -> None:
    child = f"""
import subprocess, sys
grandchild = subprocess.Popen([sys.executable, "-c", {BURN + chr(10) + "input()"!r}])
grandchild.wait()
print(flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", child], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while len(list(processors.family(process.pid))) < 2 or (
            processors.seconds(process.pid) < BURNT
        ):
            assert process.poll() is None
        process.stdin.write(b"\n")
        process.stdin.flush()
        process.stdout.readline()
        assert list(processors.family(process.pid)) == [process.pid]
        assert processors.seconds(process.pid) >= BURNT - 2 * TICK
        process.stdin.write(b"\n")


def test_memory_shared_with_others_is_shared_out() -> None:
    pss, rss = processors.memory(os.getpid())

    assert 0 < pss < rss
