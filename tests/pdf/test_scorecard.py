"""What stands in a site's scorecard."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pymupdf
import pytest
from pypdf import PdfReader

from audit_api.drawing import Comparison, Figure, Metric, Period
from audit_api.pdf import Difference, render_scorecard
from audit_api.pdf.scorecard.report import lay_out_scorecard
from audit_api.rules.figures.statistics import NoInterval
from audit_api.rules.papers import Form, Layout
from tests.pdf.scorecards import open_photo, scorecard

NOTHING = Figure(0, None)
ONE = Figure(1, 8467)


def text_of(*languages: str, **given: Any) -> str:
    document = PdfReader(BytesIO(render_scorecard(scorecard(*languages, **given), open_photo)))
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_a_scorecard_says_every_figure_that_it_was_given() -> None:
    text = text_of()
    for words in (
        "Site scorecard Market Street March 2026 · MAN-012 · North West",
        "84.67%",
        "80.15% – 89.19%",
        "Pass rate 83.33%",
        "Visits done 6",
        "of 7 planned",
        "Rank in the region 2 / 14",
        "Rank in the organisation 31 / 212",
        "+1.37 pp",
        "+1.64% against February 2026",
        "6 visits against 5: may be chance",
        "−5.07 pp",
        "−6.37% against March 2025 · other rules",
        "6 visits against 4: more than chance",
        "79.17% 82.40% 81.05% 6",
        "33.33",
        "−24.10 – 81.87",
        "5 of 6 visits 4.17",
        "Visits that count (1) Day Checklist Score Result Findings",
        "2026-03-21 Retail store · v4 83.50% Passed 3",
        "What went well She let me smell each tea. 2026-03-21 · Consultation",
        "What went wrong Three minutes at the door. 2026-03-14 · Arrival",
        "Figures as of 2026-04-01 08:00 UTC",
        "Page 1 of 2",
    ):
        assert words in text


def test_every_chart_names_its_axis_and_its_marks() -> None:
    text = text_of()
    assert text.count("Score ") >= 3
    for words in ("Period", "Visits", "95% interval", "Pass mark", "Region", "Organisation"):
        assert words in text
    for mark in ("100%", "20%", "−100"):
        assert mark in text


def test_one_visit_has_no_interval_and_is_not_ranked() -> None:
    text = text_of(
        overall=ONE,
        rank_in_region=None,
        rank_in_organisation=None,
        previous=Difference("February 2026", None, None),
        trend=(Period("2026-03", ONE),),
        touchpoints=(Comparison("Arrival", ONE, None, None),),
    )
    assert "one visit has none" in text
    assert text.count("ranked from 3 visits on") == 2
    assert "nothing to compare in February 2026" in text
    assert "84.67% – – 1" in text


def test_visits_and_answers_that_are_all_alike_have_no_interval_and_the_page_says_why() -> None:
    alike = Metric("Effort", 2, 500, 100, 700, no_interval=NoInterval.ALIKE)
    alone = Metric("NPS", 1, -10_000, -10_000, 10_000, no_interval=NoInterval.ONE)
    for language, said in (
        ("en", ("all visits scored alike", "all alike", "one answer")),
        ("zh", ("各次得分相同", "答案全部相同", "仅一个答案")),
    ):
        text = text_of(language, overall=Figure(2, 8467), metrics=(alike, alone))
        assert all(words in text for words in said)


def test_a_site_without_a_score_has_a_scorecard_that_says_so_and_shows_no_zero() -> None:
    text = text_of(
        overall=NOTHING,
        band=None,
        pass_rate=None,
        trend=tuple(Period(f"2026-{month:02}", NOTHING) for month in range(1, 13)),
        touchpoints=(Comparison("Arrival", NOTHING, None, None),),
        dimensions=(),
        metrics=(),
        failing=(),
        comments=(),
    )
    assert "Not scored" in text
    assert " 0.00%" not in text
    assert "What visitors wrote" not in text


def test_the_same_scorecard_is_the_same_bytes() -> None:
    assert render_scorecard(scorecard("en", "zh"), open_photo) == render_scorecard(
        scorecard("en", "zh"), open_photo
    )


def test_properties_and_outline_name_the_scorecard_and_its_sections() -> None:
    data = render_scorecard(scorecard(), open_photo)
    document = PdfReader(BytesIO(data))
    assert document.metadata is not None
    assert document.metadata.title == "Site scorecard – Market Street – March 2026"
    assert document.metadata["/CreationDate"] == "D:20260331"
    with pymupdf.open(stream=data, filetype="pdf") as opened:
        assert [title for _, title, _ in opened.get_toc()] == [
            "Site scorecard",
            "Trend",
            "Scores by touchpoint",
            "Scores by dimension",
            "What to fix first",
            "What customers would say",
            "What visitors wrote",
            "Visits that count (1)",
            "How to read this scorecard",
        ]


def weights(**given: Any) -> dict[str, str]:
    """The weight in which each text of the first page is set."""
    (page, *_) = lay_out_scorecard(scorecard(**given), open_photo).pages
    return {words.text: words.style.weight for words in page.words}


@pytest.mark.parametrize(
    ("p", "weight", "said"),
    [
        (0.049, "Bold", "more than chance"),
        (0.05, "Regular", "may be chance"),
        (None, "Regular", "too few to tell"),
    ],
)
def test_no_change_that_chance_explains_is_bold(p: float | None, weight: str, said: str) -> None:
    change = Difference("February 2026", -6483, -7000, n=1, p=p)
    found = weights(previous=change, last_year=None)
    assert found["−64.83 pp"] == weight
    assert f"6 visits against 1: {said}" in found


def test_a_year_is_compared_with_the_year_before_once() -> None:
    assert "Change to the year before" not in text_of(last_year=None)


def test_a_period_that_is_not_over_says_so() -> None:
    assert "Not over yet" in text_of(unfinished=True)
    assert "Not over yet" not in text_of()


def test_each_layout_of_a_scorecard_tells_its_part() -> None:
    sections = {
        layout: [
            mark.title for mark in lay_out_scorecard(scorecard(), open_photo, Form(layout)).outline
        ][1:]
        for layout in (Layout.SUMMARY, Layout.FINDINGS)
    }
    assert sections == {
        Layout.SUMMARY: ["Trend", "Scores by touchpoint", "What to fix first"],
        Layout.FINDINGS: ["What to fix first", "What visitors wrote", "Visits that count (1)"],
    }
