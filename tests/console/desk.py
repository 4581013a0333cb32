"""A browser on somebody's desk, or a phone in a hand: it goes through the console as they would,
and notes whatever no page may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Response

LANGUAGES = ("en", "zh")
WIDTHS = (1280, 360)
_AXE = Axe()
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Console:
    """The console as it is served, and the application on the same database."""

    url: str
    app: Flask
    password: str


@dataclass
class Desk:
    """A page of a browser at the console."""

    console: Console
    page: Page
    language: str
    faults: list[str] = field(default_factory=list)

    def sign_in(self, email: str) -> None:
        """Sign in from the beginning, as whoever opens the server's address does."""
        self.page.goto(self.console.url)
        self.page.fill("#email", email)
        self.page.fill("#password", self.console.password)
        self.page.click("main button.main")
        self.page.wait_for_selector(".own form button:not([name=language])")
        self.speak()

    def speak(self) -> None:
        """Have the pages in the language of this desk, if its owner's own is another."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.click(f"button[name=language][value={self.language}]")
            self.page.wait_for_selector(f"html[lang={self.language}]")

    def open(self, path: str) -> Response:
        """Open a page by its address, and hold it against what holds of every page."""
        response = self.page.goto(f"{self.console.url}{path}")
        assert response is not None
        self.look()
        return response

    def look(self) -> None:
        """Hold the page that is open against what holds of every page: it is accessible, says what
        it is, and is not wider than its window."""
        self.page.wait_for_load_state()
        assert self.page.title()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.evaluate("window.innerWidth"), self.page.url
        assert self.page.locator("h1").count() == 1, self.page.url
        assert violations(self.page) == [], self.page.url


def violations(page: Page) -> Sequence[str]:
    """Return what axe finds wrong with a page."""
    found = _AXE.run(page, options={"runOnly": _TAGS}).response["violations"]
    return [
        f"{rule['id']}: {node['html']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


@contextmanager
def desk(
    browser: Browser,
    console: Console,
    *,
    language: str = "en",
    width: int = 1280,
    scripts: bool = True,
) -> Iterator[Desk]:
    """Yield a fresh browser, which has asked no other host and told of no error when it is closed.

    Axe needs JavaScript: without `scripts`, open pages by `page.goto`.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale={"en": "en-GB", "zh": "zh-CN"}[language],
        java_script_enabled=scripts,
    )
    found = Desk(console, context.new_page(), language)
    _watch(found)
    try:
        yield found
    finally:
        context.close()
    assert found.faults == []


def _watch(found: Desk) -> None:
    own = urlsplit(found.console.url).netloc
    note: Callable[[str], None] = found.faults.append
    page = found.page
    page.on("console", lambda said: said.type == "error" and note(f"console: {said.text}"))
    page.on("pageerror", lambda error: note(f"script: {error}"))
    page.on("request", lambda sent: _is_foreign(sent.url, own) and note(f"asked: {sent.url}"))
    page.on("response", lambda got: got.status >= 500 and note(f"{got.status}: {got.url}"))


def _is_foreign(url: str, own: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != own
