"""What stands in a site's scorecard."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pymupdf
import pytest
from pypdf import PdfReader

from audit_api.drawing import colours
from audit_api.drawing.bars import floor_of, ticks
from audit_api.drawing.marks import Shape
from audit_api.drawing.trend import runs
from audit_api.pdf import Comparison, Difference, Figure, Period, render_scorecard
from audit_api.pdf.page import Flow
from audit_api.pdf.scorecard.report import lay_out_scorecard
from tests.pdf.scorecards import scorecard

NOTHING = Figure(0, None)
ONE = Figure(1, 8467)


def text_of(*languages: str, **given: Any) -> str:
    document = PdfReader(BytesIO(render_scorecard(scorecard(*languages, **given))))
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def shapes(flow: Flow, colour: colours.Colour) -> list[Shape]:
    return [shape for page in flow.pages for shape in page.shapes if shape.colour == colour]


def trend(*figures: Figure, **given: Any) -> Flow:
    """A scorecard whose only chart with bands is the trend of these figures."""
    periods = tuple(Period(f"2026-{place:02}", figure) for place, figure in enumerate(figures))
    return lay_out_scorecard(scorecard(trend=periods, touchpoints=(), dimensions=(), **given))


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
        "−5.07 pp",
        "−6.37% against March 2025 · other rules",
        "79.17% 82.40% 81.05% 6",
        "33.33",
        "−24.10 – 81.87",
        "5 of 6 visits",
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
    for mark in ("100%", "70%", "−100"):
        assert mark in text


def test_an_axis_reaches_below_everything_that_stands_on_it() -> None:
    row = Comparison("Arrival", Figure(6, 9000, 8500, 9500), 3100, 8105)
    assert "Score 20% 40% 60% 80% 100%" in text_of(touchpoints=(row,), dimensions=(), trend=())


def test_one_visit_has_no_interval_and_is_not_ranked() -> None:
    text = text_of(
        overall=ONE,
        rank_in_region=None,
        rank_in_organisation=None,
        previous=Difference("February 2026", None, None),
        trend=(Period("2026-03", ONE),),
        touchpoints=(Comparison("Arrival", ONE, None, None),),
    )
    assert "95% interval – " in text
    assert text.count("ranked from 3 visits on") == 2
    assert "nothing to compare in February 2026" in text
    assert "84.67% – – 1" in text


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
        remarks=(),
    )
    assert "Not scored" in text
    assert "0.00%" not in text
    assert "What visitors wrote" not in text


def test_the_trend_is_broken_where_a_period_has_no_score() -> None:
    figures = [ONE, ONE, NOTHING, ONE, NOTHING, ONE, ONE]
    assert list(runs(figures)) == [[0, 1], [3], [5, 6]]
    lines = [shape for shape in shapes(trend(*figures), colours.SITE) if shape.stroke == 1.4]
    assert sorted(len(line.points) for line in lines) == [2, 2, 2]  # one is the legend's


def test_the_band_covers_the_intervals_and_leaves_out_single_visits() -> None:
    wide = Figure(3, 8000, 7000, 9000)
    bands = shapes(trend(wide, wide, ONE, wide), colours.INTERVAL)
    assert sorted(len(band.points) for band in bands) == [4, 4]
    assert shapes(trend(ONE, ONE), colours.INTERVAL) == []


def test_other_rules_are_marked_where_they_begin() -> None:
    def flags(*changed: bool) -> int:
        periods = tuple(Period("2026", Figure(3, 8000, 7000, 9000), one) for one in changed)
        flow = lay_out_scorecard(scorecard(trend=periods))
        return sum(len(shape.points) == 3 for shape in shapes(flow, colours.INK))

    assert flags(False, True, True) - flags(False, False, False) == 2


@pytest.mark.parametrize(
    ("scores", "floor", "named"),
    [
        ((8467, 8015), 8000, [8_000, 9_000, 10_000]),
        ((9900,), 8000, [8_000, 9_000, 10_000]),
        ((5000, None), 5000, [5_000, 6_000, 7_000, 8_000, 9_000, 10_000]),
        ((3100,), 2000, [2_000, 4_000, 6_000, 8_000, 10_000]),
        ((-300, 0), 0, [0, 2_000, 4_000, 6_000, 8_000, 10_000]),
        ((), 0, [0, 2_000, 4_000, 6_000, 8_000, 10_000]),
    ],
)
def test_an_axis_names_its_ends(scores: tuple[int], floor: int, named: list[int]) -> None:
    assert floor_of(scores) == floor
    assert list(ticks(floor)) == named


def test_the_same_scorecard_is_the_same_bytes() -> None:
    assert render_scorecard(scorecard("en", "zh")) == render_scorecard(scorecard("en", "zh"))


def test_properties_and_outline_name_the_scorecard_and_its_sections() -> None:
    data = render_scorecard(scorecard())
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
            "What customers would say",
            "Questions that fail most",
            "What visitors wrote",
            "How to read this scorecard",
        ]
