"""What a call costs the processors."""

from __future__ import annotations

import time
from collections.abc import Callable


def milliseconds(call: Callable[[], object], calls: int) -> float:
    """Return the CPU milliseconds a call, those of all the process's threads."""
    begun = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - begun) / calls * 1e3
