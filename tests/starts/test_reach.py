"""What is this machine alone, and what is beyond."""

from __future__ import annotations

import pytest

from audit_api import reach

DEFAULT = {
    "AUDIT_BASE_URL": "http://127.0.0.1:8000",
    "AUDIT_HOST": "127.0.0.1",
    "AUDIT_TRUSTED_PROXIES": 0,
}


HERE = [
    "127.0.0.1",
    "127.8.9.1",
    "::1",
    "::ffff:127.0.0.1",
    "localhost",
    "LocalHost.",
    "a.localhost",
]
BEYOND = [
    *["0.0.0.0", "::", "192.168.0.7", "::ffff:10.0.0.1", "audit.example"],
    *["127.0.0.1.example", "localhost.example", "mylocalhost"],
    "",
]


@pytest.mark.parametrize("host", HERE)
def test_a_name_of_this_machine(host: str) -> None:
    assert reach.is_loopback(host)


@pytest.mark.parametrize("host", BEYOND)
def test_a_name_that_others_may_reach(host: str) -> None:
    assert not reach.is_loopback(host)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("AUDIT_HOST", "0.0.0.0"),
        ("AUDIT_HOST", "::"),
        ("AUDIT_BASE_URL", "https://audit.example"),
        ("AUDIT_BASE_URL", "http://192.168.0.7:8000"),
        ("AUDIT_BASE_URL", "audit.example"),
        ("AUDIT_BASE_URL", "http://[broken"),
        ("AUDIT_TRUSTED_PROXIES", 1),
    ],
)
def test_one_setting_tells_that_others_reach_the_server(setting: str, value: object) -> None:
    assert reach.by_settings(DEFAULT) is None
    assert reach.by_settings(DEFAULT | {setting: value}) == f"{setting} is {value}"


@pytest.mark.parametrize("url", ["http://localhost:8001", "http://[::1]:8000", "http://127.0.0.1"])
def test_this_machine_has_many_names(url: str) -> None:
    assert reach.by_settings(DEFAULT | {"AUDIT_BASE_URL": url}) is None
