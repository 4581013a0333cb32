"""Settings: what cannot be used is refused by name, with what is accepted."""

from __future__ import annotations

import pytest

from audit_api import config
from audit_api.config import InvalidSetting


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("AUDIT_PORT", "http", "a whole number"),
        ("AUDIT_PORT", "-1", "a whole number"),
        ("AUDIT_PORT", "٣", "a whole number"),
        ("AUDIT_PORT", "9" * 5_000, "a whole number"),
        ("AUDIT_PORT", "", "a whole number"),
        ("AUDIT_PORT", "0", "1 to 65535"),
        ("AUDIT_PORT", "65536", "1 to 65535"),
        ("AUDIT_WORKERS", "0", "1 to 256"),
        ("AUDIT_THREADS", "0", "1 to 256"),
        ("AUDIT_DATABASE_POOL", "0", "1 to 1000"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused(name: str, value: str, accepted: str) -> None:
    with pytest.raises(InvalidSetting, match=f"^{name} is .*; accepted: {accepted}$"):
        config.read({name: value})


def test_numbers_at_the_ends_of_what_is_accepted_are_taken() -> None:
    settings = config.read({"AUDIT_PORT": "65535", "AUDIT_WORKERS": "1", "AUDIT_THREADS": "256"})
    assert (settings["PORT"], settings["WORKERS"], settings["THREADS"]) == (65_535, 1, 256)
