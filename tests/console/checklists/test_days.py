"""HQ's days with checklists, in a browser."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.checklists.test_versions import RICH
from tests.console.desk import LANGUAGES, WIDTHS, Console, Desk, desk

pytestmark = pytest.mark.slow

ROOM = "/console/checklists"
HQ = "hq@demo.example"
SAID = {
    "en": {
        "saved": "The draft is saved.",
        "clean": "Nothing is wrong",
        "published": "The version is published.",
        "retired": "The version is retired.",
        "changed": "“Greeted?” → “Welcomed?”",
    },
    "zh": {
        "saved": "草稿已保存。",
        "clean": "没有错误",
        "published": "版本已发布",
        "retired": "版本已停用。",
        "changed": "“是否有人招呼？” → “是否有人欢迎？”",
    },
}
ANSWER_ALL = """(seed) => {
  let drawn = seed;
  const draw = (most) => {
    drawn = (drawn * 1103515245 + 12345) % 2147483648;
    return drawn % most;
  };
  for (const question of document.querySelectorAll("[data-question]")) {
    const choices = [...question.querySelectorAll(".options input")];
    if (choices.length) choices[draw(choices.length)].checked = true;
    for (const state of question.querySelectorAll(".states input")) state.checked = draw(6) === 0;
    for (const field of question.querySelectorAll("input[type=number]")) field.value = draw(200);
    for (const field of question.querySelectorAll("input[type=time]")) field.value = "14:30";
    for (const field of question.querySelectorAll("input[type=date]")) field.value = "2026-03-02";
    for (const field of question.querySelectorAll("input[type=text]")) field.value = "A1";
    for (const field of question.querySelectorAll("textarea")) field.value = draw(2) ? "so" : "";
  }
  document.getElementById("visit").dispatchEvent(new Event("input"));
}"""
"""Fills in every question, the hidden ones too, as a seed draws it."""


@contextmanager
def at_desk(
    browser: Browser, console: Console, language: str = "en", *, email: str = HQ, **how: Any
) -> Iterator[Desk]:
    """Yield a browser of somebody who is signed in and has chosen a language."""
    with desk(browser, console, language=language, **how) as own:
        chosen = {"name": "console-language", "value": language, "url": console.url}
        own.page.context.add_cookies([chosen])
        own.sign_in(email)
        yield own


def figures(page: Page, panel: str) -> dict[str, str]:
    """Return the figures of a score, by what they are, once they are there."""
    page.wait_for_function(
        "panel => document.querySelector(`#${panel} [data-figure=final]`)?.textContent.trim()",
        arg=panel,
    )
    found = page.locator(f"#{panel} :is([data-figure], [data-part])")
    return found.evaluate_all(
        "all => Object.fromEntries(all.map(each => "
        "[each.dataset.figure ?? `part ${each.dataset.part}`, each.textContent.trim()]))"
    )


def scored(page: Page) -> None:
    """Have the server score what is filled in."""
    page.locator("#server").evaluate("panel => panel.replaceChildren()")
    page.click(".scores button.main")
    page.wait_for_selector("#server [data-figure=final]")


def write(own: Desk, text: str) -> None:
    own.page.fill("#text", text)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hq_writes_tries_publishes_renews_and_retires_a_checklist(
    browser: Browser, console: Console, language: str, width: int
) -> None:
    said = SAID[language]
    text = RICH.replace("key: store", f"key: store_{secrets.token_hex(4)}")
    with at_desk(browser, console, language, width=width) as own:
        own.open(ROOM)
        own.page.click("a.button.main")
        own.look()
        # A mistake is told at its line as it is typed, and in the list below, which leads there.
        write(own, text.replace("type: single", "type: singel"))
        expect(own.page.locator(".gutter .mark.error")).to_have_attribute("data-line", "17")
        expect(own.page.locator("#remarks li.error")).to_have_count(1)
        own.look()
        own.page.click("#remarks .error .place")
        expect(own.page.locator("#text")).to_be_focused()
        caret = own.page.locator("#text").evaluate("text => text.selectionStart")
        assert text[:caret].count("\n") == 16
        write(own, text)
        expect(own.page.locator("#summary")).to_contain_text(said["clean"])
        expect(own.page.locator(".gutter .mark")).to_have_count(0)
        own.page.click(".written button.main")
        expect(own.page.locator(".done")).to_have_text(said["saved"])
        own.look()
        # Tried out: what a condition hides goes at once, and both say the same of the score.
        own.page.click("a[href$='/preview']")
        own.look()
        manner = own.page.locator("[data-question=manner]")
        expect(manner).to_be_hidden()
        own.page.click("[name='a.greeted'][value=yes]")
        expect(manner).to_be_visible()
        own.page.click("[name='a.manner'][value=fine]")
        own.page.fill("[name='a.wait']", "95")
        expect(own.page.locator("#live [data-figure=final]")).to_have_text("66.67%")
        scored(own.page)
        assert figures(own.page, "server") == figures(own.page, "live")
        own.look()
        # Published, after a look at what that means.
        own.page.click(".crumbs li:last-child a")
        own.look()
        first = own.page.url
        own.page.click("a[href$='/publish']")
        own.look()
        own.page.click(".actions button.main")
        expect(own.page.locator(".done")).to_contain_text(said["published"])
        own.look()
        # The next version begins from it.
        own.page.click("form[action$='/next'] button")
        changed = text.replace("Greeted?", "Welcomed?").replace("有人招呼", "有人欢迎")
        write(own, changed)
        own.page.click(".written button.main")
        expect(own.page.locator(".done")).to_have_text(said["saved"])
        own.page.click("a[href$='/publish']")
        expect(own.page.locator(".changes")).to_contain_text(said["changed"])
        own.look()
        own.page.goto(first)
        own.page.click(".end summary")
        own.page.click("form[action$='/retire'] button")
        expect(own.page.locator(".done")).to_have_text(said["retired"])
        own.look()


@pytest.mark.parametrize("seed", range(3))
def test_the_phones_score_is_the_servers_whatever_is_answered(
    browser: Browser, console: Console, seed: int
) -> None:
    with at_desk(browser, console) as own:
        own.open(ROOM)
        own.page.click(".versions a >> nth=0")
        own.page.click("a[href$='/preview']")
        assert figures(own.page, "live")["final"] == "–"
        own.page.evaluate(ANSWER_ALL, seed)
        scored(own.page)
        assert figures(own.page, "live") == figures(own.page, "server")
        assert figures(own.page, "live")["final"] != "–"
        own.page.click(".scores .actions a.button")
        expect(own.page.locator("#live [data-figure=answered]")).to_have_text("0")


def test_the_phone_shows_one_touchpoint_at_a_time(browser: Browser, console: Console) -> None:
    with at_desk(browser, console, width=360) as own:
        own.open(ROOM)
        own.page.click(".versions a >> nth=0")
        own.page.click("a[href$='/preview']")
        touchpoints = own.page.locator(".touchpoint")
        expect(touchpoints.nth(0)).to_be_visible()
        expect(touchpoints.nth(1)).to_be_hidden()
        own.page.click("[name^='a.'] >> nth=0")
        own.page.click("#onward")
        expect(touchpoints.nth(0)).to_be_hidden()
        expect(touchpoints.nth(1).locator("h2")).to_be_focused()
        own.look()
        # Another language keeps what was answered.
        own.page.click(".languages button")
        expect(own.page.locator(".phone")).to_have_attribute("lang", "zh")
        assert own.page.locator("[name^='a.']:checked").count() == 1
        own.look()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manager_reads_a_checklist(
    browser: Browser, console: Console, language: str, width: int
) -> None:
    manager = "east@demo.example"
    with at_desk(browser, console, language, email=manager, width=width) as own:
        own.open(ROOM)
        own.page.click(".versions a >> nth=0")
        own.look()
        assert own.page.locator("main form[method=post]").count() == 0
        own.page.click("a[href$='/preview']")
        own.look()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_uploaded_and_its_faults_are_told(
    browser: Browser, console: Console, tmp_path: Path, language: str, width: int
) -> None:
    file = tmp_path / "store.yaml"
    text = RICH.replace("key: store", f"key: store_{secrets.token_hex(4)}")
    with at_desk(browser, console, language, width=width) as own:
        own.open(f"{ROOM}/upload")
        file.write_text(text.replace("key: arrival", "key: [arrival"), encoding="utf-8")
        own.page.set_input_files("#file", file)
        own.page.click("main button.main")
        expect(own.page.locator("#remarks li.error").first).to_be_visible()
        own.look()
        own.faults.clear()  # Chromium tells of every answer with a status of a refusal
        file.write_text(text, encoding="utf-8")
        own.page.set_input_files("#file", file)
        own.page.click("main button.main")
        expect(own.page.locator(".done")).to_have_text(SAID[language]["saved"])
        # The workbook of it has no comments and no lines, and says the same.
        own.page.click(".written a.button >> nth=0")
        with own.page.expect_download() as download:
            own.page.click("a[href$='/checklist.xlsx']")
        own.open(f"{ROOM}/upload")
        own.page.set_input_files("#file", download.value.path())
        own.page.click("main button.main")
        expect(own.page.locator(".done")).to_have_text(SAID[language]["saved"])
        own.page.click(".written a.button >> nth=0")
        expect(own.page.locator("#differences ~ .note")).to_be_visible()
        own.look()


def test_a_fault_leads_to_its_line_and_nothing_typed_is_left_behind_unasked(
    browser: Browser, console: Console
) -> None:
    text = RICH.replace("key: store", f"key: store_{secrets.token_hex(4)}")
    faulty = text.replace("yes_no", "yesno") + "# the end\n" * 99
    with at_desk(browser, console) as own:
        own.open(f"{ROOM}/new")
        write(own, faulty)
        own.page.click(".written button.main")
        own.page.click(".written a.button >> nth=0")
        own.page.click("#remarks a >> nth=0")
        area = own.page.locator("#text")
        expect(area).to_be_focused()
        caret = area.evaluate("text => text.selectionStart")
        assert faulty[:caret].count("\n") == faulty[: faulty.index("yesno")].count("\n")
        # A new line begins as far in as the one above it.
        own.page.keyboard.press("End")
        own.page.keyboard.press("Enter")
        own.page.keyboard.type("- more")
        assert "\n      - more" in area.input_value()
        asked: list[str] = []
        own.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        own.page.click(".crumbs a >> nth=0", no_wait_after=True)
        expect(area).to_have_value(re.compile("- more"))
        assert asked == ["beforeunload"]


def test_all_of_it_works_without_javascript(browser: Browser, console: Console) -> None:
    text = RICH.replace("key: store", f"key: store_{secrets.token_hex(4)}")
    with at_desk(browser, console, scripts=False) as own:
        own.page.goto(f"{console.url}{ROOM}/new")
        write(own, text.replace("key: arrival", "key: [arrival"))
        own.page.click(".written button.main")
        expect(own.page.locator("#remarks li.error").first).to_be_visible()
        assert "key: [arrival" in own.page.input_value("#text")
        own.faults.clear()
        write(own, text)
        own.page.click(".written button.main")
        expect(own.page.locator(".done")).to_have_text(SAID["en"]["saved"])
        own.page.click("a[href$='/preview']")
        expect(own.page.locator(".scores .note")).to_contain_text("JavaScript")
        own.page.check("[name='a.greeted'][value=no]")
        own.page.fill("[name='a.wait']", "30")
        own.page.click(".scores button.main")
        expect(own.page.locator("#server [data-figure=final]")).to_have_text("60.00%")
        assert own.page.is_checked("[name='a.greeted'][value=no]")
        own.page.click(".crumbs li:last-child a")
        own.page.click("a[href$='/publish']")
        own.page.click(".actions button.main")
        expect(own.page.locator(".done")).to_contain_text(SAID["en"]["published"])
        own.page.click(".end summary")
        own.page.click("form[action$='/retire'] button")
        expect(own.page.locator(".done")).to_have_text(SAID["en"]["retired"])
