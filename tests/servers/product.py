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
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    served = {
        "AUDIT_BASE_URL": f"http://127.0.0.1:{port}",
        "AUDIT_PORT": str(port),
        "AUDIT_WORKERS": str(workers),
        "AUDIT_THREADS": str(threads),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "audit_api.server"],
        cwd=ROOT,
        env=inherited | dict(settings) | served,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
    except BaseException:
        kill(process)
        raise
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let the server finish what it does, and end."""
    process.terminate()
    process.wait(timeout=patience.SECONDS)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End every process of the server at once, as kill -9 does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    give_up = time.monotonic() + patience.SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not become ready")
