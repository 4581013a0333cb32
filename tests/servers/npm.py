"""Node's programs and packages: those that a lock file names, installed once for all tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers.debian import program

ROOT = Path(__file__).resolve().parents[2]
FILES = ("package.json", "package-lock.json", ".npmrc")
OLDEST = 20
"""The oldest Node that the packages run on."""


def node() -> str:
    """Return the path of Node, where it is new enough.

    Without it the test is skipped with the reason; where CI runs that is a failure.
    """
    found = program("node", "nodejs", package="nodejs")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.removeprefix("v").partition(".")[0]) < OLDEST:
        reason = f"Node {version.stdout.strip()} is too old; needed is {OLDEST} or newer"
        if "CI" in os.environ:
            raise RuntimeError(reason)
        pytest.skip(reason)
    return found


def modules(folder: Path) -> Path:
    """Return the `node_modules` of what a folder's lock file names, installed where it is not yet.

    They are kept under `build/` by the digest of the lock.  Of several tests at once one installs.
    """
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()[:16]
    kept = ROOT / "build" / f"npm-{digest}"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "installed").exists():
            _install(folder, kept)
            (kept / "installed").touch()
    return kept / "node_modules"


def _install(folder: Path, kept: Path) -> None:
    for name in FILES:
        shutil.copy(folder / name, kept)
    command = [program("npm", package="npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=kept, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"npm could not install the packages of {folder}:\n{done.stderr}")
