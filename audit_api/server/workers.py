"""The processes that serve, and their parent: none outlives the other, and all end in time.

Workers are forked from a process that has loaded the application (`nursery.py`), so that it is
loaded once, and kept once in memory.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess
from socket import socket

from uvicorn._subprocess import subprocess_started
from uvicorn.config import STARTUP_FAILURE, Config
from uvicorn.supervisors.multiprocess import Multiprocess, Process

log = logging.getLogger(__name__)

MAX_FINISH_SECONDS = 15
"""How long a worker that was told to end goes on with what it has."""
HUNG_SECONDS = 10
"""A worker that says nothing for as long is replaced."""
MAX_END_SECONDS = 25
"""How long a worker may take to end in all; then it is killed."""


_FORKING = multiprocessing.get_context("forkserver")


class Worker(Process):
    """A worker; uvicorn would start it as a new process, which loads everything again."""

    def __init__(self, config: Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self.process = _FORKING.Process(  # type: ignore[assignment]
            target=subprocess_started,
            kwargs={
                "config": config,
                "target": self.target,
                "sockets": sockets,
                "stdin_fileno": None,
            },
        )


class Workers(Multiprocess):
    """A parent that gives each worker a listener of its own, replaces one that died, and kills one
    that does not end."""

    def init_processes(self) -> None:
        _FORKING.set_forkserver_preload(["audit_api.server.nursery"])
        self.processes = [self._started(listener) for listener in self.sockets]

    def keep_subprocess_alive(self) -> None:
        for place, worker in enumerate(self.processes):
            if worker.is_alive(timeout=HUNG_SECONDS):
                continue
            worker.kill()
            worker.join()
            if worker.exitcode == STARTUP_FAILURE:
                # It would fail in the same way again.
                self.should_exit.set()
                return
            log.error("worker %s died and is replaced", worker.pid)
            self.processes[place] = self._started(self.sockets[place])

    def _started(self, listener: socket) -> Process:
        worker = Worker(self.config, [listener])
        worker.start()
        return worker

    def handle_hup(self) -> None:
        # The terminal is gone: nobody could end the server any more.
        self.handle_term()

    def terminate_all(self) -> None:
        # Whoever connects from now on is refused at once, and may try elsewhere.
        for listener in self.sockets:
            listener.close()
        super().terminate_all()

    def join_all(self) -> None:
        give_up = time.monotonic() + MAX_END_SECONDS
        for worker in self.processes:
            worker.process.join(max(0.0, give_up - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    @property
    def failed_to_start(self) -> bool:
        """Whether a worker ended because there was nothing that it may serve."""
        return any(worker.exitcode == STARTUP_FAILURE for worker in self.processes)


def end_with_parent() -> None:
    """End this worker when its parent is gone, however it went: nobody would ever stop it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), name="parent", daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(MAX_END_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
