"""The processes that serve, and their parent: none outlives the other, and all end in time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

MAX_FINISH_SECONDS = 15
"""How long a worker that was told to end goes on with what it has."""
HUNG_SECONDS = 10
"""A worker that says nothing for as long is replaced."""
MAX_END_SECONDS = 25
"""How long a worker may take to end in all; then it is killed."""


class Workers(Multiprocess):
    """A parent that replaces a worker that died, and kills one that does not end."""

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
