"""What the process loads from which all workers are forked, and how it outlasts them.

It is imported there alone, by its name (`workers.py`).  It has one thread, no connection and has
drawn nothing at random: so a fork of it is as sound as a new process, starts at once, and shares
with the others what all have loaded.
"""

from __future__ import annotations

import gc
import os
import signal
from functools import partial
from importlib import import_module

# What is loaded stays: to look through it for garbage at every turn takes a sixth of the start.
gc.disable()
import_module("audit_api.server.start")
import_module("audit_api.server.connection")
# A collection would write to every page, which then is shared no longer.
gc.freeze()
gc.enable()

# A signal to the whole group (a terminal that closes, systemd) is for the parent and the workers:
# this process tells the one when another has ended, and ends with the last of them.
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
    os.register_at_fork(after_in_child=partial(signal.signal, number, signal.SIG_DFL))
