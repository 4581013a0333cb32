"""Files are asked for, watched, fetched, handed on and cancelled in the browser."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import LANGUAGES, WIDTHS, Console, Desk, desk

pytestmark = pytest.mark.slow

READY = {"en": "Ready", "zh": "已完成"}
SECONDS = 60_000


def finished(own: Desk, language: str = "en") -> None:
    """Wait until the page says that its file is ready."""
    expect(own.page.locator("#progress .tag.good")).to_have_text(READY[language], timeout=SECONDS)


def fetched(own: Desk) -> Path:
    """Return the file that the page's first button gives."""
    with own.page.expect_download() as download:
        own.page.click(".actions button.main")
    # The store may be another host: a file that was asked for is no part of a page.
    own.faults[:] = [fault for fault in own.faults if "/exports/" not in fault]
    return Path(download.value.path())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hq_has_the_reports_of_a_campaign_drawn_and_takes_them(
    browser: Browser, console: Console, language: str, width: int
) -> None:
    with desk(browser, console, language=language, width=width) as own:
        own.sign_in("hq@demo.example")
        own.open("/console/exports")
        own.page.click(".actions .button.main")
        own.look()
        own.page.select_option("#campaign_id", index=1)
        own.page.select_option("#language", language)
        own.page.click("main button.main")
        finished(own, language)
        own.look()
        with zipfile.ZipFile(fetched(own)) as reports:
            names = reports.namelist()
        assert any(name.endswith(".pdf") for name in names)
        own.open("/console/exports")
        expect(own.page.locator("tbody tr").first).to_contain_text(READY[language])


def test_a_manager_takes_a_data_set_of_what_he_sees(browser: Browser, console: Console) -> None:
    with desk(browser, console, scripts=False) as own:
        own.sign_in("east@demo.example")
        own.page.goto(f"{console.url}/console/exports/new/data-set")
        assert own.page.locator("#edition option").count() == 1
        own.page.select_option("#data_set", "audits")
        own.page.select_option("#format", "csv")
        own.page.click("main button.main")
        finished(own)  # the page loads itself anew where there is no JavaScript
        rows = list(csv.reader(io.StringIO(fetched(own).read_text("utf-8-sig"))))
        assert len(rows) > 1


def test_a_link_is_handed_on_and_revoked(browser: Browser, console: Console) -> None:
    with desk(browser, console) as own:
        own.sign_in("hq@demo.example")
        own.open("/console/exports/new/data-set")
        own.page.select_option("#data_set", "dictionary")
        own.page.select_option("#format", "xlsx")
        own.page.click("main button.main")
        finished(own)
        own.page.click("form[action$='/link'] button")
        address = own.page.input_value("#address")
        own.look()
        assert httpx.get(address, follow_redirects=True).content.startswith(b"PK")
        own.page.click("form[action$='/revoke'] button")
        expect(own.page.locator(".done")).to_be_visible()
        assert httpx.get(address).status_code == 403


def test_what_cannot_be_made_is_told_at_its_field(browser: Browser, console: Console) -> None:
    with desk(browser, console) as own:
        own.sign_in("hq@demo.example")
        own.open("/console/exports/new/data-set")
        own.page.select_option("#data_set", "league")
        own.page.fill("#business_date_from", "2026-01-01")
        own.page.click("main button.main")
        own.look()
        expect(own.page.locator("#business_date_from-wrong")).to_be_visible()
        expect(own.page.locator("#period-wrong")).to_be_visible()
        expect(own.page.locator("#data_set")).to_have_value("league")
        own.faults.clear()  # Chromium tells of every answer with the status of a refusal
