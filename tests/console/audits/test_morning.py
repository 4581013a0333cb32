"""A reviewer's morning of ten audits: by mouse, by keyboard, without JavaScript, and with somebody
else at the same audit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Dialog, expect

from tests.console.audits.conftest import Office
from tests.console.desk import Desk, desk

pytestmark = pytest.mark.slow

DECIDED = ["approved"] * 4 + ["returned"] + ["approved"] * 3 + ["rejected", "approved"]


def at_work(own: Desk, office: Office) -> None:
    own.sign_in(office.email("reviewer"))
    own.page.click(".menu a[href='/console/review']")
    expect(own.page.locator(".waiting").first).to_be_visible()


def follow(own: Desk, audit_id: object) -> None:
    own.page.wait_for_url(f"**/console/review/{audit_id}")


def forgive(own: Desk) -> None:
    """Chromium tells of every answer with a status of a refusal."""
    own.faults[:] = [fault for fault in own.faults if "with a status of 4" not in fault]


def decide(own: Desk, action: str) -> None:
    own.page.click(f"button[name=action][value={action}]")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 360)])
def test_a_morning_of_ten_audits_by_mouse(
    browser: Browser, office: Office, language: str, width: int
) -> None:
    ids = office.wait(10)
    with desk(browser, office.console, language=language, width=width) as own:
        at_work(own, office)
        expect(own.page.locator(".waiting")).to_have_count(10)
        own.look()
        own.page.click("main form.actions button.main")
        for audit_id, state in zip(ids, DECIDED, strict=True):
            follow(own, audit_id)
            if audit_id in (ids[0], ids[4]):
                own.look()
            if state == "returned":
                own.page.click("#q-clean .noting summary")
                own.page.fill("#note-clean", "Which corner of the floor?")
                decide(own, "return")
            elif state == "rejected":
                own.page.fill("#note", "The same shop, but another day")
                decide(own, "reject")
            else:
                decide(own, "approve")
        own.page.wait_for_url("**/console/review")
        expect(own.page.locator("p.done")).to_be_visible()
        expect(own.page.locator(".empty")).to_be_visible()
        own.look()
    assert office.states(ids) == DECIDED


def test_a_morning_of_ten_audits_by_keyboard(browser: Browser, office: Office) -> None:
    ids = office.wait(10)
    with desk(browser, office.console) as own:
        at_work(own, office)
        own.page.focus("main form.actions button.main")
        press = own.page.keyboard.press
        press("Enter")
        for audit_id, state in zip(ids, DECIDED, strict=True):
            follow(own, audit_id)
            expect(own.page.locator("#deciding")).to_be_visible()
            if state == "returned":
                press("j")
                press("j")
                press("e")
                own.page.keyboard.type("a r x: which corner?")
                press("Escape")
                expect(own.page.locator("#q-clean")).to_be_focused()
                press("r")
            elif state == "rejected":
                press("x")
                expect(own.page.locator("#note")).to_be_focused()
                own.page.keyboard.type("Another day")
                press("Control+Enter")
            else:
                press("a")
        own.page.wait_for_url("**/console/review")
    assert office.states(ids) == DECIDED


def test_the_keys_are_shown_step_through_questions_and_can_be_switched_off(
    browser: Browser, office: Office
) -> None:
    first, second = office.wait(2)
    with desk(browser, office.console) as own:
        own.sign_in(office.email("reviewer"))
        own.open(f"/console/review/{first}")
        page, press = own.page, own.page.keyboard.press
        press("?")
        expect(page.locator("#keys-box")).to_be_visible()
        own.look()
        press("a")
        press("Escape")
        for key, focused in (("j", "greeted"), ("j", "clean"), ("k", "greeted")):
            press(key)
            expect(page.locator(f"#q-{focused}")).to_be_focused()
        press("j")
        press("p")
        expect(page.locator("#light-box")).to_be_visible()
        press("a")
        press("Escape")
        press("n")
        follow(own, second)
        press("?")
        page.click("#keys-on")
        press("Escape")
        press("a")
        press("n")
        press("?")
        expect(page.locator("#keys-box")).to_be_visible()
        page.click("#keys-on")
        page.click("#keys-box [data-close]")
        press("n")
        follow(own, first)
    assert office.states([first, second]) == ["submitted", "submitted"]


def test_whoever_leaves_with_a_note_typed_is_asked_first(browser: Browser, office: Office) -> None:
    (audit_id,) = office.wait(1)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with desk(browser, office.console) as own:
        own.sign_in(office.email("reviewer"))
        own.open(f"/console/review/{audit_id}")
        own.page.on("dialog", stay)
        own.page.click("#note")
        own.page.keyboard.type("Half a thought")
        own.page.click(".crumbs a", no_wait_after=True)
        expect(own.page.locator("#note")).to_have_value("Half a thought")
        decide(own, "reject")
        own.page.wait_for_url("**/console/review")
    assert asked == ["beforeunload"]


def test_the_second_of_two_reviewers_is_told_and_nothing_typed_is_lost(
    browser: Browser, office: Office
) -> None:
    (audit_id,) = office.wait(1)
    path = f"/console/review/{audit_id}"
    with desk(browser, office.console) as own, desk(browser, office.console) as other:
        own.sign_in(office.email("reviewer"))
        other.sign_in(office.email("hq"))
        own.open(path)
        other.open(path)
        own.page.click("#q-clean .noting summary")
        own.page.fill("#note-clean", "A long and careful note")
        own.page.fill("#note", "And on the whole")
        decide(other, "approve")
        other.page.wait_for_url("**/console/review")
        decide(own, "return")
        told = own.page.locator(".meanwhile")
        expect(told).to_contain_text("Canary hq: Approved")
        expect(own.page.locator("#note-clean")).to_have_value("A long and careful note")
        expect(own.page.locator("#note")).to_have_value("And on the whole")
        own.look()
        forgive(own)
    assert office.states([audit_id]) == ["approved"]


def test_all_of_it_works_without_javascript(browser: Browser, office: Office) -> None:
    ids = office.wait(3)
    with desk(browser, office.console, scripts=False) as own:
        at_work(own, office)
        page = own.page
        page.click("main form.actions button.main")
        follow(own, ids[0])
        decide(own, "return")
        expect(page.locator("#note-wrong")).to_be_visible()
        page.click("#q-clean .noting summary")
        page.fill("#note-clean", "Which corner?")
        decide(own, "return")
        follow(own, ids[1])
        page.click("#q-clean .photos a")
        expect(page.locator(".large img")).to_be_visible()
        page.go_back()
        page.click("summary:has-text('Keyboard shortcuts')")
        expect(page.locator("#keys kbd").first).to_be_visible()
        page.click(".crumbs a")
        page.check(".waiting input >> nth=0")
        page.check(".waiting input >> nth=1")
        page.click("button:has-text('Approve those ticked')")
        expect(page.locator(".empty")).to_be_visible()
        forgive(own)
    assert office.states(ids) == ["returned", "approved", "approved"]
