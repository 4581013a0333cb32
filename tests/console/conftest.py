"""The console over the demonstration, served on both pairs, and Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import chance
from tests.console.desk import Console
from tests.demonstration.loaded import Demonstration
from tests.servers import product
from tests.servers.debian import program
from tests.servers.ports import free_port

_ALONE = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = program("chromium", "chromium-browser", package="chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_ALONE)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def console(demonstration: Demonstration) -> Iterator[Console]:
    port = free_port()
    settings = {f"AUDIT_{name}": str(value) for name, value in demonstration.settings.items()}
    # It lasts as long as all tests do, and a server has connections for a hundred at most.
    server = product.start(settings | {"AUDIT_DATABASE_POOL": "3"}, port)
    try:
        yield Console(f"http://127.0.0.1:{port}", demonstration.app, demonstration.password)
    finally:
        product.stop(server)


SEEN = {("sqlite+local", "en", 1280), ("postgresql+s3", "zh", 360)}
"""Each pair, each language and each width comes once in these; a soak sees all eight."""
_VIEW = ("demonstration", "language", "width")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in filter(_is_left_to_a_soak, items):
        item.add_marker("chance")  # a soak asks for these alone
    left_out = [] if chance.SOAK else [item for item in items if _is_left_to_a_soak(item)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _is_left_to_a_soak(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    view = tuple(call.params.get(name) for name in _VIEW) if call else ()
    return len(view) == len(_VIEW) and None not in view and view not in SEEN
