"""Pages of the console, as a browser shows them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tools.pictures.demonstration import PASSWORD, PERIOD

DESK, PHONE = 1200, 390
_ALONE = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_SECONDS = 60
_SETTLED = 6000
"""Milliseconds until a page has told what it thinks of what was written."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: whose page, in which language and width, how much of it, and what is pressed
    before: links or buttons by their selectors; and what is written into its large field."""

    name: str
    who: str
    path: str
    language: str = "en"
    width: int = DESK
    height: int = 900
    pressed: Sequence[str] = ()
    written: str = ""


MISTAKEN = """format: 1
key: evening_visit
locales: [en, zh]
title: {en: Evening visit, zh: 晚间暗访}
touchpoints:
  - key: arrival
    title: {en: Arrival, zh: 进店体验}
    questions:
      - key: greeted
        type: yes_no
        title: {en: Were you greeted?, zh: 是否有人招呼？}
        weigth: 2
      - key: lights
        type: scale
        title: {en: Was the shop bright?}
"""

SHOTS = (
    Shot("console-overview", "east", f"/console/overview?period={PERIOD}", height=1150),
    Shot("console-sites", "east", f"/console/sites?period={PERIOD}", height=1000),
    Shot(
        "console-overview-phone",
        "east",
        f"/console/overview?period={PERIOD}",
        language="zh",
        width=PHONE,
        height=1000,
    ),
    Shot("console-site", "east", f"/console/sites?period={PERIOD}", pressed=("tbody th a",)),
    Shot(
        "console-visit",
        "north",
        f"/console/sites?period={PERIOD}&q=TJ-028",
        pressed=("tbody th a", "a:has-text('19 Sep 2026')"),
        height=1000,
    ),
    Shot("console-queue", "reviewer", "/console/review", height=800),
    Shot(
        "console-review",
        "reviewer",
        "/console/review",
        pressed=("a.site:has-text('Foshan')",),
        height=1100,
    ),
    Shot("console-write", "hq", "/console/checklists/new", height=1250, written=MISTAKEN),
    Shot("console-programme", "hq", "/console/programme", height=800),
    Shot("console-imports", "hq", "/console/imports", height=900),
    Shot("console-exports", "hq", "/console/exports/new/reports", height=800),
)


def pictures(instance: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of an instance's demonstration, each after its name, as PNG."""
    with _served(instance) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_ALONE)
        for shot in SHOTS:
            yield shot.name, _picture(browser, url, shot)
        browser.close()


def _picture(browser: Browser, url: str, shot: Shot) -> bytes:
    locale = {"en": "en-GB", "zh": "zh-CN"}[shot.language]
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale=locale
    )
    page = context.new_page()
    _sign_in(page, url, shot)
    page.goto(url + shot.path)
    for selector in shot.pressed:
        page.locator(selector).first.click()
    if shot.written:
        page.fill("main textarea", shot.written)
        page.wait_for_timeout(_SETTLED)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    taken = page.screenshot()
    context.close()
    return taken


def _sign_in(page: Page, url: str, shot: Shot) -> None:
    page.goto(f"{url}/console/sign-in")
    page.fill("#email", f"{shot.who}@demo.example")
    page.fill("#password", PASSWORD)
    page.click("main button.main")
    if page.locator("html").get_attribute("lang") != shot.language:
        page.click(f"button[name=language][value={shot.language}]")


@contextmanager
def _served(instance: str) -> Iterator[str]:
    """Serve an instance on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings = {"AUDIT_INSTANCE": instance, "AUDIT_PORT": str(port), "AUDIT_BASE_URL": url}
    process = subprocess.Popen(
        [sys.executable, "-m", "audit_api.server"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"{url}/readyz")
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise FileNotFoundError("chromium is not installed (Debian: apt-get install chromium)")
    return found
