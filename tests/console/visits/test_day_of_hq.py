"""HQ's day: places, people, a campaign and its visits, a token and a colour, all by clicking."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests import patience
from tests.console.desk import Console, Desk, desk

pytestmark = pytest.mark.slow

PASSWORD = "a long enough password"
HEADING = "code,name,region_code,time_zone"
FAULTY = f"{HEADING}\n{{code}}-1,First,{{region}},Asia/Shanghai\n{{code}}-2,,{{region}},Mars/Base\n"
MENDED = FAULTY.replace("2,,", "2,Second,").replace("Mars/Base", "Asia/Shanghai")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_day_of_hq(browser: Browser, console: Console, scripts: bool) -> None:
    mark = uuid4().hex[:8]
    with desk(browser, console, scripts=scripts) as own:
        enter(own, "hq@demo.example", "en")
        add_places(own, mark)
        import_a_sheet(own, mark)
        manager, auditor = add_people(own, mark)
        campaign = make_a_campaign(own, mark)
        plan_visits(own, campaign, mark, auditor)
        make_a_token(own, mark)
        set_the_colour(own)
        with desk(browser, console, scripts=scripts) as other:
            other.page.goto(console.url)
            other.page.fill("#email", manager)
            other.page.fill("#password", PASSWORD)
            other.page.click("main button.main")
            expect(other.page.locator(".own")).to_contain_text(f"Manager {mark}")
            deactivate(own, manager)
            wait_until_signed_out(other)
        own.faults.clear()  # Chromium tells of every answer with a status of a refusal


def test_a_reviewer_reads_the_programme_and_changes_nothing(
    browser: Browser, console: Console
) -> None:
    with desk(browser, console) as own:
        enter(own, "reviewer@demo.example", "en")
        own.open("/console/programme")
        expect(own.page.locator(".actions")).to_have_count(0)
        own.page.locator(".campaigns h2 a").first.click()
        own.look()
        expect(own.page.locator("main .button.main")).to_have_count(0)
        own.page.locator(".visits tbody th a").first.click()
        own.look()
        expect(own.page.locator("main form")).to_have_count(0)


def enter(own: Desk, email: str, language: str) -> None:
    """Sign in, and have the pages in a language, whichever is the person's."""
    own.sign_in(email)
    if own.page.locator("html").get_attribute("lang") != language:
        own.page.click(f"button[value={language}]")
    expect(own.page.locator("html")).to_have_attribute("lang", language)


def go(own: Desk, path: str) -> None:
    own.page.goto(f"{own.console.url}{path}")


def press(own: Desk, words: str) -> None:
    own.page.get_by_role("button", name=words, exact=True).click()


def done(own: Desk, words: str) -> None:
    expect(own.page.locator(".done")).to_contain_text(words)


def add_places(own: Desk, mark: str) -> None:
    go(own, "/console/places")
    own.page.get_by_role("link", name="New region").click()
    own.page.fill("#name", f"Region {mark}")
    own.page.fill("#code", f"r-{mark}")
    press(own, "Add the region")
    done(own, "The region is added.")
    own.page.get_by_role("link", name="New site").click()
    own.page.fill("#name", f"Site {mark}")
    own.page.fill("#code", f"s-{mark}")
    own.page.select_option("#region_id", label=f"Region {mark}")
    own.page.fill("#time_zone", "Mars/Base")
    press(own, "Add the site")
    expect(own.page.locator("#time_zone-wrong")).to_be_visible()
    expect(own.page.locator("#code")).to_have_value(f"s-{mark}")
    own.page.fill("#time_zone", "Asia/Shanghai")
    own.page.fill("#attributes", "store_type: flagship")
    press(own, "Add the site")
    done(own, "The site is added.")
    own.page.fill("#text", mark)
    press(own, "Show")
    own.page.get_by_role("link", name=f"Site {mark}").click()
    expect(own.page.locator("#attributes")).to_have_value("store_type: flagship")


def import_a_sheet(own: Desk, mark: str) -> None:
    go(own, "/console/imports?what=sites")
    values = {"code": f"i-{mark}", "region": f"r-{mark}"}
    own.page.set_input_files("#file", chosen("sites.csv", FAULTY.format(**values)))
    press(own, "Check only")
    rows = own.page.locator(".faults tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("3name")
    expect(rows.nth(1)).to_contain_text("3time_zone")
    own.page.set_input_files("#file", chosen("sites.csv", MENDED.format(**values)))
    press(own, "Check only")
    expect(own.page.locator(".tile").first).to_contain_text("2would be added")
    expect(own.page.locator(".note")).to_contain_text("sites.csv")
    press(own, "Import")  # the file is kept in the page
    done(own, "Added: 2. Changed: 0. As before: 0.")


def add_people(own: Desk, mark: str) -> tuple[str, str]:
    manager, auditor = f"manager-{mark}@brand.example", f"auditor-{mark}@brand.example"
    go(own, "/console/people")
    own.page.get_by_role("link", name="New person").click()
    own.page.fill("#name", f"Manager {mark}")
    own.page.fill("#email", manager)
    own.page.select_option("#role", "manager")
    own.page.get_by_label(f"Region {mark}", exact=True).check()
    own.page.select_option("#locale", "en")
    own.page.fill("#password", PASSWORD)
    press(own, "Add the person")
    done(own, "The person is added.")
    expect(own.page.get_by_label(f"Region {mark}", exact=True)).to_be_checked()
    go(own, "/console/people/new")
    own.page.fill("#name", f"Auditor {mark}")
    own.page.fill("#email", auditor)
    press(own, "Add the person")
    done(own, "The person is added.")
    return manager, auditor


def make_a_campaign(own: Desk, mark: str) -> str:
    go(own, "/console/programme")
    own.page.get_by_role("link", name="New campaign").click()
    today = datetime.now(UTC).date()
    own.page.fill("#name", f"Wave {mark}")
    own.page.fill("#starts_on", f"{today}")
    own.page.fill("#ends_on", f"{today - timedelta(days=1)}")
    press(own, "Make the campaign")
    expect(own.page.locator("#ends_on-wrong")).to_be_visible()
    expect(own.page.locator("#name")).to_have_value(f"Wave {mark}")
    own.page.fill("#ends_on", f"{today + timedelta(days=30)}")
    press(own, "Make the campaign")
    done(own, "The campaign is made.")
    expect(own.page.locator("h1")).to_have_text(f"Wave {mark}")
    return own.page.url.removeprefix(own.console.url)


def plan_visits(own: Desk, campaign: str, mark: str, auditor: str) -> None:
    own.page.get_by_role("link", name="Plan a visit").click()
    own.page.fill("#site_code", "no-such-site")
    own.page.select_option("#auditor_id", label=f"Auditor {mark} – {auditor}")
    press(own, "Plan a visit")
    expect(own.page.locator("#site_code-wrong")).to_contain_text("no-such-site")
    own.page.fill("#site_code", f"s-{mark}")
    press(own, "Plan a visit")
    done(own, "The visit is planned.")
    go(own, "/console/imports?what=visits")
    lines = [f"Wave {mark},i-{mark}-{place},{auditor}" for place in (1, 2)]
    own.page.fill("#text", "\n".join(["campaign,site_code,auditor_email", *lines]))
    press(own, "Import")
    done(own, "Added: 2.")
    go(own, campaign)
    expect(own.page.locator(".visits tbody tr")).to_have_count(3)
    expect(own.page.locator(".tile").nth(3)).to_contain_text("3")
    own.page.locator(".visits tbody th a").first.click()
    press(own, "Cancel the visit")
    done(own, "The visit is cancelled.")
    go(own, f"{campaign}?standing=cancelled")
    expect(own.page.locator(".visits tbody tr")).to_have_count(1)


def make_a_token(own: Desk, mark: str) -> None:
    go(own, "/console/people")
    own.page.get_by_role("link", name="Integration tokens").click()
    own.page.fill("#name", f"Warehouse {mark}")
    press(own, "Make the token")
    expect(own.page.locator(".refused")).to_be_visible()
    own.page.get_by_label("Read scorecards").check()
    press(own, "Make the token")
    token = own.page.locator(".token").inner_text()
    go(own, "/console/tokens")
    card = own.page.locator(".card", has_text=f"Warehouse {mark}")
    expect(card).to_contain_text("May do: 1")
    assert token not in own.page.content()
    card.get_by_role("button").click()
    done(own, "The token is revoked.")


def set_the_colour(own: Desk) -> None:
    go(own, "/console/settings")
    own.page.check("#own")
    own.page.fill("#colour", "#ffff00")
    press_in(own, "/settings/colour")
    expect(own.page.locator("#colour-wrong")).to_contain_text("too faint")
    own.page.fill("#colour", "#0f6a3b")
    press_in(own, "/settings/colour")
    done(own, "The colour is set.")
    expect(own.page.locator("#colour")).to_have_value("#0f6a3b")
    own.page.uncheck("#own")
    press_in(own, "/settings/colour")
    expect(own.page.locator("#own")).not_to_be_checked()


def press_in(own: Desk, action: str) -> None:
    own.page.locator(f"form[action$='{action}'] button").click()


def deactivate(own: Desk, email: str) -> None:
    go(own, "/console/people")
    own.page.fill("#text", email)
    press(own, "Show")
    own.page.locator("tbody th a").click()
    press(own, "Deactivate")
    done(own, "Deactivated, and signed out everywhere.")


def wait_until_signed_out(other: Desk) -> None:
    """Load one's account until the page of signing in comes: another process of the server may
    remember the session for some seconds."""
    end = time.monotonic() + patience.SECONDS
    while "/sign-in" not in other.page.url and time.monotonic() < end:
        go(other, "/console/account")
    assert "/sign-in" in other.page.url


def chosen(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
