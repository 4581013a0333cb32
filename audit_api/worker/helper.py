"""The process beside a server that does long work: started when there is some, gone when none is.

It ends with the server, however that went: it reads from the server until that is gone.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from flask import Flask

from audit_api import config

log = logging.getLogger(__name__)

MODULE = "audit_api.server.beside"
MAX_END_SECONDS = 10.0
_ROOT = Path(__file__).resolve().parents[2]


class Helper:
    """At most one such process of this one."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closing = False

    def start(self) -> None:
        """Start the process unless it runs."""
        with self._lock:
            if self._is_closing or (self._process is not None and self._process.poll() is None):
                return
            self._process = subprocess.Popen(
                [sys.executable, "-m", MODULE],
                stdin=subprocess.PIPE,
                env=self._environment(),
                # What stops the server from a terminal is not for this one too: it is told to end.
                start_new_session=True,
            )

    def close(self) -> None:
        """End the process after the piece of work in hand."""
        with self._lock:
            self._is_closing = True
            process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(MAX_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _environment(self) -> dict[str, str]:
        """The settings of this application, whatever they came from."""
        names = {f"{config.PREFIX}{setting.name}" for setting in config.SETTINGS}
        values = {name: _text(self._app.config[name]) for name in names}
        values[f"{config.PREFIX}INSTANCE"] = self._app.instance_path
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        return {**os.environ, **values, "PYTHONPATH": path}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
