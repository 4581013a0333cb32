"""What stands in an audit's PDF, read back by two independent readers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.pdf import AuditReport, State, render
from audit_api.pdf.audit.report import lay_out
from audit_api.pdf.page import Flow
from tests.chance import times
from tests.pdf.reports import (
    chinese_report,
    effect,
    jpeg,
    open_jpeg,
    question,
    read,
    report,
    text_of,
    touchpoint,
)

FAILED = question("Was the queue short?", answer="No", points="0 / 5", failed=True)


def laid_out(made: AuditReport) -> Flow:
    return lay_out(made, open_jpeg)


def searched(made: AuditReport, words: str) -> int:
    """How often a second reader finds the words when a person searches for them."""
    with pymupdf.open(stream=render(made, open_jpeg), filetype="pdf") as document:
        return sum(len(page.search_for(words)) for page in document)


def test_the_text_of_an_english_report_can_be_extracted() -> None:
    text = text_of(report(touchpoints=(touchpoint(FAILED),)))
    for words in (
        "Mystery shopping audit report",
        "2026-03-14 · MAN-012 · North West",
        "48 Market Street, Manchester",
        "Retail store service standard · v4",
        "86.40%",
        "Passed",
        "28 of 30 scored questions answered",
        "Findings (1)",
        "Was the queue short?",
        "Page 1 of 1",
        "Revision 2 · SHA-256 9f2c4a7be1d05836",
    ):
        assert words in text


def test_a_chinese_report_can_be_searched() -> None:
    made = chinese_report()
    for words in (
        "神秘顾客暗访报告",
        "广州天河城旗舰店",
        "橱窗与入口大门是否无污渍",
        "玻璃上有手印",
        "通过",
    ):
        assert words in text_of(made)
        assert searched(made, words) > 0


def test_quotes_take_their_own_width_in_each_script_and_stay_the_same_characters() -> None:
    made = report(review_notes=("The till’s log says “open”…", "他说“已开门”……"))
    assert "The till’s log says “open”…" in text_of(made)
    assert "他说“已开门”……" in text_of(made)
    with pymupdf.open(stream=render(made, open_jpeg), filetype="pdf") as document:
        latin, chinese = document[0].search_for("“")
    assert latin.width < 0.6 * chinese.width


def test_the_same_report_is_the_same_bytes() -> None:
    assert render(chinese_report(), open_jpeg) == render(chinese_report(), open_jpeg)


@pytest.mark.slow
def test_reports_written_at_the_same_time_do_not_mix() -> None:
    made = [chinese_report(), report()] * 4
    alone = [render(each, open_jpeg) for each in made]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda each: render(each, open_jpeg), made)) == alone


def test_properties_name_the_report_the_organisation_the_language_and_the_day() -> None:
    document = read(chinese_report())
    assert document.metadata is not None
    assert document.metadata.title == "神秘顾客暗访报告 – 广州天河城旗舰店 · 2026-03-14"
    assert document.metadata.author == "华南零售集团"
    assert document.metadata["/CreationDate"] == "D:20260314"
    assert document.trailer["/Root"]["/Lang"] == "zh"


def test_the_outline_leads_to_every_section_and_touchpoint() -> None:
    parts = (touchpoint(title="Arrival"), touchpoint(title="Checkout"))
    with pymupdf.open(
        stream=render(report(touchpoints=parts), open_jpeg), filetype="pdf"
    ) as document:
        outline = [(level, title) for level, title, _ in document.get_toc()]
    assert outline == [
        (1, "Mystery shopping audit report"),
        (1, "Scores by touchpoint"),
        (1, "About this visit"),
        (1, "Findings (0)"),
        (1, "All questions"),
        (2, "Arrival"),
        (2, "Checkout"),
    ]


def test_properties_and_outline_hold_no_control_characters_and_no_endless_title() -> None:
    title = "Till\x00\ud800\nTwo " + "x" * 20_000
    made = report(organisation=title, touchpoints=(touchpoint(title=title),))
    document = read(made)
    assert document.metadata is not None
    assert document.metadata.author == document.outline[-1][-1].title
    assert document.metadata.author == f"Till Two {'x' * 288}…"


def test_a_copy_without_the_auditor_has_no_trace_of_one() -> None:
    named = render(report(auditor="Jane Archer"), open_jpeg)
    unnamed = render(report(auditor=None), open_jpeg)
    with pymupdf.open(stream=named, filetype="pdf") as document:
        assert "Jane Archer" in document[0].get_text()
    with pymupdf.open(stream=unnamed, filetype="pdf") as document:
        assert "Auditor" not in document[0].get_text()
        assert "Jane" not in document[0].get_text()


def test_the_score_before_critical_effects_stands_beside_the_final_one_with_the_reasons() -> None:
    capped = effect(done="The score can be no better than 60%", total="77.12% → 60.00%")
    text = text_of(report(raw=7712, final=6000, passed=False, effects=(capped,)))
    assert "60.00%" in text
    assert "Score before critical effects: 77.12%" in text
    assert "What changed the score Answer What it did Its section Total score" in text
    assert "77.12% → 60.00%" in text
    assert "Not passed" in text


def test_an_unchanged_score_is_shown_once() -> None:
    assert "before critical effects" not in text_of(report(raw=8640, final=8640))


def test_nothing_scored_is_said_and_is_not_zero() -> None:
    empty = touchpoint(score=None, share="–")
    text = text_of(report(raw=None, final=None, band=None, passed=None, touchpoints=(empty,)))
    assert "Not scored" in text
    assert "0.00%" not in text
    assert "Passed" not in text


def test_a_report_without_touchpoints_is_a_report() -> None:
    assert "No question failed in this visit." in text_of(report(touchpoints=()))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.NOT_APPLICABLE, "Not applicable"),
        (State.NOT_OBSERVED, "Not observed"),
        (State.UNANSWERED, "Not answered"),
        (State.HIDDEN, "Not asked"),
    ],
)
def test_a_question_without_an_answer_says_why(state: State, words: str) -> None:
    asked = question(state=state, answer="", points="–")
    assert words in text_of(report(touchpoints=(touchpoint(asked),)))


def test_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    markup = '<b>&amp;</b> <para> %s {0} \\ (( ]] <img src="x"/>'
    text = text_of(report(review_notes=(markup,), site_name=markup))
    assert text.count(markup) > 1


def test_a_long_answer_and_a_long_comment_are_printed_to_their_last_word() -> None:
    tale = " ".join(f"word{number}" for number in range(1200))
    asked = question(answer=tale, comment=tale.replace("word", "note"), state=State.ANSWERED)
    text = text_of(report(touchpoints=(touchpoint(asked),)))
    assert all(f"word{number}" in text and f"note{number}" in text for number in range(1200))


def test_a_word_of_50000_characters_is_cut_visibly() -> None:
    text = text_of(report(review_notes=("x" * 50_000,))).replace(" ", "")
    assert 9_000 < text.count("x") < 10_100
    assert "x…" in text


def test_a_character_that_no_font_has_shows_as_a_box() -> None:
    assert "Thanks □ done" in text_of(report(review_notes=("Thanks ש done",)))


def test_direction_and_control_characters_do_no_harm() -> None:
    note = "a\x00b\x1b[31m\u202ec\u200bd שלום \ud800 e"
    assert "ab[31mcd □□□□ e" in text_of(report(review_notes=(note,)))


anything = st.text(max_size=400)


@pytest.mark.slow
@settings(max_examples=times(25))
@given(
    title=anything,
    answer=anything,
    comment=anything,
    site=anything,
    score=st.none() | st.integers(-100, 20_000),
    coverage=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
)
def test_no_text_breaks_a_report(
    title: str, answer: str, comment: str, site: str, score: Any, coverage: tuple[int, int]
) -> None:
    asked = replace(FAILED, title=title, answer=answer, comment=comment, number=title)
    part = touchpoint(asked, title=title, score=score, share=answer)
    made = report(touchpoints=(part,), site_name=site, final=score, coverage=coverage)
    assert len(read(made, lambda _: jpeg()).pages) >= 1


def test_a_logo_stands_in_for_the_name_at_the_head_of_the_first_page() -> None:
    named = laid_out(report(touchpoints=()))
    drawn = laid_out(report(touchpoints=(), logo=jpeg(size=(600, 200))))
    (picture,) = drawn.pages[0].pictures
    assert (picture.width, picture.height) == pytest.approx((114, 38))
    assert picture.y < 80
    assert any(words.text == "Northwind Retail Group" for words in named.pages[0].words)
    assert all(words.text != "Northwind Retail Group" for words in drawn.pages[0].words)


def test_a_logo_that_cannot_be_drawn_leaves_the_name() -> None:
    (page,) = laid_out(report(touchpoints=(), logo=b"broken")).pages
    assert any(words.text == "Northwind Retail Group" for words in page.words)
