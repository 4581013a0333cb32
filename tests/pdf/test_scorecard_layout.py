"""Where things stand on a scorecard's pages, whatever it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.drawing import BandStart, Comparison, Figure, Metric, Period, Scale
from audit_api.pdf import Comment, Difference, FailingQuestion, Rank, VisitLine
from audit_api.pdf.scorecard.report import lay_out_scorecard
from tests.chance import times
from tests.pdf.layouts import check_that_all_is_on_the_paper, check_that_no_texts_overlap
from tests.pdf.scorecards import open_photo, scorecard

title = st.text("好店 ab，", min_size=1, max_size=120)
text = title | st.tuples(title, title)
scores = st.integers(-500, 12_000)
maybe = st.none() | scores


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    count = draw(st.integers(0, 10**6))
    if count == 0:
        return Figure(0, None)
    score = draw(scores)
    wide = draw(st.integers(0, 9_000))
    return Figure(count, score, score - wide, score + wide) if count > 1 else Figure(1, score)


periods = st.builds(Period, title, figures(), st.booleans())
comparisons = st.builds(Comparison, text, figures(), maybe, maybe)
differences = st.builds(
    Difference,
    text,
    maybe,
    maybe,
    st.booleans(),
    n=st.integers(0, 10**6),
    p=st.none() | st.floats(0, 1),
)
metrics = st.builds(
    Metric,
    text,
    st.integers(0, 10**6),
    maybe,
    st.integers(-10_000, 0),
    st.integers(100, 10_000),
    maybe,
    maybe,
    st.sampled_from(["", "%"]),
)
failing = st.builds(
    FailingQuestion, st.just("12.34"), text, text, st.integers(0, 9_999), st.just(10_000), maybe
)
comments = st.builds(
    Comment, st.text("员工 ab", max_size=2_000), st.dates(), text, good=st.booleans()
)
visits = st.builds(
    VisitLine, st.dates(), text, maybe, st.none() | st.booleans(), st.integers(0, 99)
)
ranks = st.none() | st.builds(Rank, st.integers(1, 10**5), st.just(10**5))
scales = st.builds(
    Scale,
    st.lists(st.builds(BandStart, text, st.integers(0, 10_000)), max_size=8).map(tuple),
    st.none() | st.integers(0, 10_000),
)


def several(of: st.SearchStrategy[Any], most: int = 6) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


@pytest.mark.slow
@settings(max_examples=times(25))
@given(
    st.sampled_from([("en",), ("zh",), ("en", "zh")]),
    st.fixed_dictionaries(
        {
            "site_name": title,
            "organisation": title,
            "region": title,
            "period": text,
            "overall": figures(),
            "band": st.none() | text,
            "scale": scales,
            "rank_in_region": ranks,
            "previous": differences,
            "last_year": st.none() | differences,
            "trend": several(periods, 36),
            "touchpoints": several(comparisons, 12),
            "dimensions": several(comparisons),
            "metrics": several(metrics),
            "failing": several(failing),
            "comments": several(comments, 4),
            "visits": several(visits),
            "unfinished": st.booleans(),
        }
    ),
)
def test_a_scorecard_keeps_to_its_paper_and_prints_nothing_over_anything(
    languages: tuple[str, ...], values: dict[str, Any]
) -> None:
    flow = lay_out_scorecard(scorecard(*languages, **values), open_photo)
    check_that_all_is_on_the_paper(flow)
    check_that_no_texts_overlap(flow)
