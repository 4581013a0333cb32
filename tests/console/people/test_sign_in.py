"""Signing in, as whoever opens the server's address does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import LANGUAGES, WIDTHS, Console, desk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_opens_the_address_signs_in_and_out(
    browser: Browser, console: Console, language: str, width: int
) -> None:
    with desk(browser, console, language=language, width=width) as own:
        own.open("/")
        expect(own.page.locator("html")).to_have_attribute("lang", language)
        own.sign_in("hq@demo.example")
        own.look()
        own.open("/console/account")
        own.page.click(".own form button:not([name=language])")
        expect(own.page.locator(".done")).to_be_visible()
        own.look()


def test_a_wrong_password_is_told_and_what_was_typed_stays(
    browser: Browser, console: Console
) -> None:
    with desk(browser, console) as own:
        own.open("/console/sign-in")
        own.page.fill("#email", "hq@demo.example")
        own.page.fill("#password", "not the password")
        own.page.click("main button.main")
        expect(own.page.locator(".refused")).to_contain_text("No active account has this e-mail")
        expect(own.page.locator("#email")).to_have_value("hq@demo.example")
        own.look()
        own.faults.clear()  # Chromium tells of every answer with a status of a refusal


def test_a_language_is_switched_by_one_press_and_remembered(
    browser: Browser, console: Console
) -> None:
    with desk(browser, console, scripts=False) as own:
        own.page.goto(f"{console.url}/console/sign-in")
        own.page.click("button[value=zh]")
        expect(own.page.locator("h1")).to_have_text("登录")
        own.page.goto(f"{console.url}/console/sign-in")
        expect(own.page.locator("h1")).to_have_text("登录")
