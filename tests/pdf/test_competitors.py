"""The comparison with competitors, on its pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from audit_api.drawing import Figure
from audit_api.drawing.rival_sites import Rival
from audit_api.drawing.rivals import RivalPart
from audit_api.pdf import Comment, CompetitorsReport, render_competitors
from audit_api.pdf.competitors.report import lay_out_competitors
from audit_api.pdf.network.values import Finding
from audit_api.pdf.page import Flow
from audit_api.rules.papers import Form, Layout, Paper
from tests.chance import times
from tests.pdf.layouts import check_that_all_is_on_the_paper, check_that_no_texts_overlap
from tests.pdf.rivals import PRAISED, comparison, long_comparison
from tests.pdf.test_scorecard_layout import figures, scales, several, text, title

NOTHING: dict[str, Any] = {
    "competitors": Figure(0, None),
    "p": None,
    **dict.fromkeys(("findings", "parts", "dimensions", "metrics", "sites", "comments"), ()),
}
LANGUAGES = [("en",), ("zh",), ("en", "zh"), ("zh", "en")]
FORMS = [Form(layout, paper) for layout in Layout for paper in Paper]


def said(flow: Flow) -> list[str]:
    return [words.text for page in flow.pages for words in page.words]


def text_of(report: CompetitorsReport, form: Form | None = None) -> str:
    made = render_competitors(report, form) if form else render_competitors(report)
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_the_answer_stands_before_all_figures() -> None:
    told = said(lay_out_competitors(comparison()))
    answer = next(place for place, words in enumerate(told) if words.startswith("Own sites score"))
    assert told[answer - 1] == "+"
    assert answer < told.index("84.67%") < told.index("Scores by touchpoint")


def test_both_sides_are_told_with_their_visits_their_intervals_and_the_difference() -> None:
    told = said(lay_out_competitors(comparison()))
    for words in (
        *("Own sites", "Competitors' sites", "84.67%", "79.12%", "+5.55", "more than chance"),
        *("Visits with a score: 120", "Visits with a score: 9", "95% interval: 73.01% – 85.23%"),
    ):
        assert words in told


@pytest.mark.parametrize(
    ("p", "words"), [(0.02, "more than chance"), (0.2, "may be chance"), (None, "too few to tell")]
)
def test_the_difference_says_what_chance_has_to_do_with_it(p: float | None, words: str) -> None:
    flow = lay_out_competitors(comparison(p=p, parts=(), dimensions=(), metrics=()))
    assert words in said(flow)
    (difference,) = [each for each in flow.pages[0].words if each.text == "+5.55"]
    assert (difference.style.weight == "Bold") is (words == "more than chance")


def test_it_says_that_a_competitor_is_in_no_average_and_what_bold_means() -> None:
    told = " ".join(text_of(comparison()).split())
    assert "is in no average and in no rank" in told
    assert "Benjamini and Hochberg" in told
    assert "Competitors are visited seldom" in told


def test_without_a_visit_to_a_competitor_it_is_one_page_that_says_so() -> None:
    for form in FORMS:
        flow = lay_out_competitors(comparison(**NOTHING), form)
        assert len(flow.pages) == 1
        told = " ".join(said(flow))
        assert "no visit to a competitor's site counts in this period (March 2026)" in told
        assert "Scores by touchpoint" not in told


def test_each_layout_tells_its_part() -> None:
    full, summary, findings = (
        text_of(comparison(), Form(layout, Paper.A4))
        for layout in (Layout.FULL, Layout.SUMMARY, Layout.FINDINGS)
    )
    for heading, inside in (
        ("Own sites score 84.67%", (True, True, True)),
        ("Scores by touchpoint", (True, True, False)),
        ("Scores by dimension", (True, False, False)),
        ("What customers would say", (True, False, False)),
        ("What visitors wrote about competitors", (True, False, True)),
        ("Leaf & Co", (True, False, True)),
        ("To bear in mind", (True, True, True)),
        ("How to read this comparison", (True, False, False)),
    ):
        assert tuple(heading in each for each in (full, summary, findings)) == inside, heading


def test_a_summary_is_one_page() -> None:
    assert len(lay_out_competitors(comparison(), Form(Layout.SUMMARY, Paper.A4)).pages) == 1


def test_a_period_that_is_not_over_says_so() -> None:
    words = "The period is not over yet: these are figures to date."
    assert words in said(lay_out_competitors(comparison(unfinished=True)))
    assert words not in said(lay_out_competitors(comparison()))


def test_heads_and_headings_are_in_the_organisations_colour_and_charts_are_not() -> None:
    colour = (0.5, 0.1, 0.3)
    plain, own = (lay_out_competitors(comparison(colour=each)) for each in (None, colour))
    headings = [w for w in own.pages[0].words if w.text == "Scores by touchpoint"]
    assert [words.style.colour for words in headings] == [colour]
    assert [shape.colour for shape in own.pages[0].shapes] == [
        shape.colour for shape in plain.pages[0].shapes
    ]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_competitors(comparison()) == render_competitors(comparison())


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("languages", LANGUAGES, ids=str)
def test_however_much_there_is_nothing_stands_off_the_paper_or_over_anything(
    languages: tuple[str, ...], form: Form
) -> None:
    for made in (comparison(*languages), long_comparison(*languages)):
        flow = lay_out_competitors(made, form)
        check_that_all_is_on_the_paper(flow)
        check_that_no_texts_overlap(flow)


parts = st.builds(RivalPart, text, figures(), figures(), st.none() | st.floats(0, 1))
metrics = st.builds(
    RivalPart,
    text,
    figures(),
    figures(),
    st.none(),
    least=st.integers(-10_000, 0),
    most=st.integers(100, 10_000),
    unit=st.sampled_from(["", "%"]),
)


@pytest.mark.slow
@settings(max_examples=times(25))
@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(FORMS),
    st.fixed_dictionaries(
        {
            "name": title,
            "organisation": title,
            "period": text,
            "findings": several(st.builds(Finding, text, st.none() | st.booleans()), 12),
            "own": figures(),
            "competitors": figures(),
            "p": st.none() | st.floats(0, 1),
            "scale": scales,
            "parts": several(parts, 12),
            "dimensions": several(parts),
            "metrics": several(metrics),
            "sites": several(st.builds(Rival, title, title, title, figures()), 20),
            "comments": several(
                st.builds(
                    Comment,
                    st.text("员工 ab", max_size=2_000),
                    st.dates(),
                    text,
                    good=st.booleans(),
                ),
                4,
            ),
            "notes": several(text),
            "checklist": st.none() | text,
            "unfinished": st.booleans(),
        }
    ),
)
def test_whatever_it_says_it_keeps_to_its_paper(
    languages: tuple[str, ...], form: Form, values: dict[str, Any]
) -> None:
    flow = lay_out_competitors(comparison(*languages, **values), form)
    check_that_all_is_on_the_paper(flow)
    check_that_no_texts_overlap(flow)


def test_a_comment_is_told_with_its_day_and_its_touchpoint() -> None:
    told = said(lay_out_competitors(comparison(comments=(PRAISED,))))
    assert "He walked me to the shelf." in told
    assert f"{date(2026, 3, 21)} · Arrival" in told
