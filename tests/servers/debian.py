"""Programs that are not Python's: found, or installed from Debian's packages where that may be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

_ARCHIVES = Path("/usr/share/java")


def program(*names: str, package: str) -> str:
    """Return the path of the first of `names` that there is, installing `package` if none is.

    Without it the test is skipped with the reason; where CI runs that is a failure.
    """
    found = _which(names)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(package)
        found = _which(names)
    if found is None:
        _give_up(f"{names[0]} is not installed (Debian: apt-get install {package})")
    return found


def _give_up(reason: str) -> NoReturn:
    if "CI" in os.environ:
        raise FileNotFoundError(reason)
    pytest.skip(reason)


def _which(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _install(package: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", *command], check=False, env=environment)


def archive(name: str, *packages: str) -> Path:
    """Return the folder with the Java archive of this name, installing `packages` if there is none.

    Without it the test is skipped with the reason; where CI runs that is a failure.
    """
    if not (_ARCHIVES / f"{name}.jar").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        for package in packages:
            _install(package)
    if not (_ARCHIVES / f"{name}.jar").exists():
        _give_up(f"{name}.jar is not installed (Debian: apt-get install {' '.join(packages)})")
    return _ARCHIVES
