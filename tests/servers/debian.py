"""Programs that are not Python's: found, or installed from Debian's packages where that may be."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def program(*names: str, package: str) -> str:
    """Return the path of the first of `names` that there is, installing `package` if none is.

    Without it the test is skipped with the reason; where CI runs that is a failure.
    """
    found = _which(names)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(package)
        found = _which(names)
    if found is None:
        reason = f"{names[0]} is not installed (Debian: apt-get install {package})"
        if "CI" in os.environ:
            raise FileNotFoundError(reason)
        pytest.skip(reason)
    return found


def _which(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _install(package: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "-qq", *command], check=False, env=environment)
