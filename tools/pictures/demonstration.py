"""The demonstration, loaded afresh up to a fixed day, so that its pictures are always the same."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

UNTIL = "2026-11-22"
PERIOD = "2026-Q3"
PASSWORD = "harbour-tea-demo"


@contextmanager
def demonstration() -> Iterator[str]:
    """Yield the folder of an instance that holds it."""
    with tempfile.TemporaryDirectory() as instance:
        for command in (["db", "upgrade"], ["demo", "--only-embedded", "--until", UNTIL]):
            flask = [sys.executable, "-m", "flask", *command]
            settings = os.environ | {"AUDIT_INSTANCE": instance}
            subprocess.run(flask, env=settings, check=True, capture_output=True)
        yield instance
