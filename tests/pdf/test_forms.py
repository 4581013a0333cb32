"""What a board reads first, and the forms that a report is to be had in."""

from __future__ import annotations

from dataclasses import replace

import pymupdf

from audit_api.pdf import AuditReport, Impression, render
from audit_api.pdf.audit.report import lay_out
from audit_api.pdf.page import Flow
from audit_api.rules.papers import Form, Layout, Paper
from tests.pdf.reports import effect, open_jpeg, photos, question, report, text_of, touchpoint

FAILED = question("Was the queue short?", answer="No", points="0 / 5", failed=True)


def laid_out(made: AuditReport) -> Flow:
    return lay_out(made, open_jpeg)


def test_the_shoppers_own_words_stand_first_and_once() -> None:
    told = Impression("4.2", "Describe the visit in your own words", "Nobody looked up.")
    asked = question(
        "Describe the visit in your own words", number="4.2", answer="Nobody looked up."
    )
    text = text_of(report(impression=told, touchpoints=(touchpoint(asked),)))
    assert text.count("Nobody looked up.") == 1
    assert "See the first page" in text
    for later in ("Scores by touchpoint", "About this visit", "All questions"):
        assert text.index("Nobody looked up.") < text.index(later)


def test_critical_findings_stand_first_and_say_what_they_did() -> None:
    critical = question("Was the till honest?", failed=True, critical="“Checkout” counts as zero")
    flow = laid_out(report(touchpoints=(touchpoint(FAILED, critical),)))
    said = [words.text for page in flow.pages for words in page.words]
    first, tag = said.index("1.1  Was the till honest?"), said.index("Critical")
    assert (
        first
        < tag
        < said.index("“Checkout” counts as zero")
        < said.index("1.1  Was the queue short?")
    )


def test_a_finding_is_told_with_its_evidence_once() -> None:
    told = question("Was the queue short?", failed=True, comment="Nine ahead.", photos=photos(2))
    flow = laid_out(report(touchpoints=(touchpoint(told),)))
    remarks = [w for page in flow.pages for w in page.words if w.text == "Nine ahead."]
    assert len(remarks) == 1
    assert sum(len(page.pictures) for page in flow.pages) == 2


def test_each_layout_tells_its_part() -> None:
    told = question("Was the queue short?", failed=True, comment="Nine ahead.")
    made = report(
        impression=Impression("9.9", "In your own words?", "Nobody looked up."),
        effects=(effect(),),
        touchpoints=(touchpoint(told, question()),),
    )
    sections = {
        layout: [mark.title for mark in lay_out(made, open_jpeg, Form(layout)).outline][1:]
        for layout in Layout
    }
    answer = ["In the shopper's own words", "What changed the score", "Scores by touchpoint"]
    assert sections == {
        Layout.FULL: [*answer, "About this visit", "Findings (1)", "All questions", "Arrival"],
        Layout.SUMMARY: [*answer, "Findings (1)", "About this visit"],
        Layout.FINDINGS: ["What changed the score", "Findings (1)", "About this visit"],
    }


def test_a_report_on_letter_paper_stands_in_its_middle() -> None:
    made = report(touchpoints=(touchpoint(*(question() for _ in range(60))),))
    with pymupdf.open(
        stream=render(made, open_jpeg, Form(paper=Paper.LETTER)), filetype="pdf"
    ) as document:
        for page in document:
            assert (page.rect.width, page.rect.height) == (612, 792)
            words = page.get_text("words")
            assert min(word[0] for word in words) > 50
            assert max(word[2] for word in words) < 562.5
            assert max(word[3] for word in words) < 792 - 20


def test_the_organisations_colour_is_that_of_heads_and_headings() -> None:
    flow = laid_out(report(colour=(0.4, 0, 0.2)))
    tinted = [w.text for page in flow.pages for w in page.words if w.style.colour == (0.4, 0, 0.2)]
    assert tinted[:2] == ["Mystery shopping audit report", "Scores by touchpoint"]


def test_a_long_report_says_where_its_sections_stand() -> None:
    part = touchpoint(*(replace(FAILED, comment="Nine ahead.") for _ in range(30)))
    text = " ".join(w.text for w in laid_out(report(touchpoints=(part,))).pages[0].words)
    assert "All questions – p. 4" in text
