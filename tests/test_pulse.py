"""A server that does not answer is asked after until it does, or until nobody waits for it."""

from __future__ import annotations

import threading

from audit_api.pulse import Pulse
from tests import patience


def test_whoever_ended_a_pulse_leaves_nobody_asking() -> None:
    asked = threading.Event()

    def beat() -> None:
        asked.set()
        raise OSError

    before = set(threading.enumerate())
    pulse = Pulse(beat)
    pulse.lost()
    (asking,) = {each for each in threading.enumerate() if each.name == "pulse"} - before
    assert asked.wait(patience.SECONDS)
    assert asking.is_alive()
    pulse.end()
    asking.join(patience.SECONDS)
    assert not asking.is_alive()
