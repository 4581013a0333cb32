"""What tests draw at random: the same in every run, but in a soak.

`make soak` draws otherwise and more: from the seed that AUDIT_TEST_SOAK names, and so many times
as much.  How long a test takes decides nothing in either.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SOAK = os.environ.get("AUDIT_TEST_SOAK", "")
_TIMES = 20 if SOAK else 1


def times(examples: int) -> int:
    """Return how many examples are tried where `examples` are enough for every run."""
    return examples * _TIMES


def seed(usual: int) -> int:
    """Return where a test begins that draws by itself."""
    return int(SOAK) if SOAK else usual


def load() -> None:
    """Let Hypothesis draw as this run does."""
    settings.register_profile(
        "audit",
        derandomize=not SOAK,
        max_examples=times(100),
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("audit")
