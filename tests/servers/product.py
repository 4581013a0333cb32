"""The product under its server, on loopback, in processes that may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests import patience

ROOT = Path(__file__).resolve().parents[2]


def start(
    settings: Mapping[str, str], port: int, *, workers: int = 1, threads: int = 8
) -> subprocess.Popen[bytes]:
    """Serve with `settings` (`AUDIT_*`) and nothing else of the environment; return once ready.

    Raises `RuntimeError` where the server ends, or does not answer in time.
    """
    process = launch(settings, port, workers=workers, threads=threads)
    try:
        wait(process, port)
    except BaseException:
        kill(process)
        raise
    return process


def launch(
    settings: Mapping[str, str],
    port: int,
    *,
    workers: int = 1,
    threads: int = 8,
    stderr: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Begin to serve as `start` does, and return at once."""
    served = {
        "AUDIT_BASE_URL": f"http://127.0.0.1:{port}",
        "AUDIT_PORT": str(port),
        "AUDIT_WORKERS": str(workers),
        "AUDIT_THREADS": str(threads),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "audit_api.server"],
        cwd=ROOT,
        env=environment(dict(settings) | served),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
    )


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return what a process with `settings` and nothing else inherits."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return inherited | dict(settings)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let the server finish what it does, and end."""
    process.terminate()
    process.wait(timeout=patience.SECONDS)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End every process of the server at once, as kill -9 does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server is ready; raise `RuntimeError` where it never is."""
    give_up = time.monotonic() + patience.SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not become ready")
