"""A regional manager's questions, answered in a browser without reading documentation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import WIDTHS, Console, Desk, desk

pytestmark = pytest.mark.slow

EAST, HQ = "east@demo.example", "hq@demo.example"
PLACES = ("overview", "sites", "questions", "repeats")


def sign_in(own: Desk, email: str, language: str = "en") -> None:
    """Sign in, and read on in a language, whatever one's own is."""
    own.sign_in(email)
    other = own.page.locator(f"button[name=language][value={language}]")
    if other.count():
        other.click()
        expect(own.page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_manager_s_four_questions_are_answered(
    browser: Browser, console: Console, width: int
) -> None:
    with desk(browser, console, width=width) as own:
        sign_in(own, EAST)
        page = own.page
        expect(page.locator("h1")).to_contain_text("Overview: East China")
        own.look()
        # How are we doing?
        page.get_by_role("link", name="How are we doing?").click()
        expect(page.locator(".answer li").first).to_contain_text("The score is")
        # Where is it bad: which sites, which touchpoints?
        page.get_by_role("link", name="Where is it bad?").click()
        expect(page.locator("#weak table")).to_be_visible()
        page.get_by_role("link", name="All sites, the weakest first").click()
        expect(page.locator("table.league th[aria-sort=ascending]")).to_contain_text("Score")
        own.look()
        head = page.locator("table.league thead a", has_text="After-sales")
        head.click()
        expect(page.locator("table.league th[aria-sort=ascending]")).to_contain_text("After-sales")
        weakest = page.locator("table.league tbody tr:not(.total) th a").first
        name = weakest.inner_text()
        weakest.click()
        expect(page.locator("h1")).to_have_text(name)
        own.look()
        expect(page.locator("#visits tbody a").first).to_have_attribute(
            "href", re.compile("/console/visits/[0-9a-f-]{36}$")
        )
        # What got worse, and is it real?
        page.get_by_role("link", name="Overview").click()
        page.get_by_role("link", name="What got worse?").click()
        expect(page.locator("#moved")).to_contain_text(re.compile("chance|compared"))
        # What should be fixed first?
        page.get_by_role("link", name="What to fix first?").click()
        expect(page.locator("#fix tbody tr").first).to_contain_text(re.compile(r"of \d+ visits"))
        page.get_by_role("link", name="All questions").click()
        expect(page.locator("h1")).to_contain_text("What to fix")
        own.look()


def test_the_league_is_searched_as_one_types(browser: Browser, console: Console) -> None:
    with desk(browser, console) as own:
        sign_in(own, HQ)
        own.open("/console/sites")
        rows = own.page.locator("table.league tbody tr:not(.total)")
        every, name = rows.count(), rows.first.locator("th a").inner_text()
        own.page.locator("#q").press_sequentially(name)
        expect(rows).to_have_count(1)
        assert every > 1
        assert "q=" in own.page.url
        own.look()


def test_all_of_it_works_without_javascript(browser: Browser, console: Console) -> None:
    with desk(browser, console, scripts=False) as own:
        sign_in(own, HQ)
        page = own.page
        page.locator(".menu a", has_text="Sites").click()
        rows = page.locator("table.league tbody tr:not(.total)")
        name = rows.first.locator("th a").inner_text()
        page.fill("#q", name)
        page.click("form.search button")
        expect(rows).to_have_count(1)
        east = page.locator("#region_id option", has_text="East China").get_attribute("value")
        page.select_option("#region_id", east)
        page.click("form.chooser button")
        expect(page.locator("h1")).to_contain_text("East China")
        assert "q=" in page.url
        page.locator(".menu a", has_text="Overview").click()
        page.locator(".when a[rel=prev], .when a[rel=next]").first.click()
        expect(page.locator("h1")).to_contain_text("Overview")


def test_a_manager_takes_a_site_s_scorecard_in_the_language_wanted(
    browser: Browser, console: Console
) -> None:
    with desk(browser, console) as own:
        sign_in(own, EAST)
        own.open("/console/sites")
        own.page.locator("table.league tbody tr:not(.total) th a").first.click()
        own.page.wait_for_url("**/console/sites/*")
        own.page.locator(".files summary").click()
        link = own.page.get_by_role("link", name="Site scorecard (PDF): Chinese")
        address = link.get_attribute("href")
        answer = own.page.request.get(f"{console.url}{address}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-language"] == "zh"
        assert answer.body().startswith(b"%PDF")
