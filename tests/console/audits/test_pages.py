"""Every page of visits and reviews over the demonstration, as a phone and a desk show it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from audit_api.database import db
from audit_api.models import Audit, Photo
from tests.console.desk import LANGUAGES, WIDTHS, Console, desk

pytestmark = pytest.mark.slow


def pictured(console: Console) -> str:
    """Return the approved audit that has most photos."""
    with console.app.app_context():
        found = db.session.scalars(
            db.select(Audit.id)
            .join(Photo, Photo.audit_id == Audit.id)
            .where(Audit.state == "approved", Photo.state == "ready")
            .group_by(Audit.id)
            .order_by(db.func.count().desc(), Audit.findings_count.desc(), Audit.id)
        ).first()
    assert found is not None
    return str(found)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewers_pages(browser: Browser, console: Console, language: str, width: int) -> None:
    with desk(browser, console, language=language, width=width) as own:
        own.sign_in("reviewer@demo.example")
        own.open("/console/review")
        own.page.locator(".waiting .site").first.click()
        expect(own.page.locator("#deciding")).to_be_visible()
        own.look()
        audit_id = pictured(console)
        own.open(f"/console/review/{audit_id}")
        own.open(f"/console/visits/{audit_id}")
        own.open(own.page.locator("a[data-light]").first.get_attribute("href") or "")
        expect(own.page.locator(".large img")).to_be_visible()
        own.open("/console/visits?state=approved")
        own.open("/console/review?signal=mock_location")
        expect(own.page.locator(".empty")).to_be_visible()


def test_photos_are_looked_at_in_a_box_that_gives_the_focus_back(
    browser: Browser, console: Console
) -> None:
    with desk(browser, console) as own:
        own.sign_in("hq@demo.example")
        own.open(f"/console/visits/{pictured(console)}")
        links, box = own.page.locator("a[data-light]"), own.page.locator("#light-box")
        links.first.click()
        expect(box).to_be_visible()
        own.look()
        expect(box.locator("img")).to_have_js_property("complete", True)
        caption = box.locator("figcaption")
        expect(caption).to_have_text(re.compile(r"^1 / "))
        own.page.keyboard.press("ArrowRight")
        expect(caption).to_have_text(re.compile(r"^2 / "))
        own.page.keyboard.press("ArrowLeft")
        own.page.keyboard.press("ArrowLeft")
        count = links.count()
        expect(caption).to_have_text(re.compile(rf"^{count} / {count}"))
        own.page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(links.last).to_be_focused()
