"""Where things stand on the pages about many sites, whatever they say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.drawing.heat import Heat, HeatRow
from audit_api.drawing.league import League, LeagueRow
from audit_api.drawing.movers import Mover, Movers
from audit_api.drawing.periods import Expected
from audit_api.pdf import Finding, Part
from audit_api.pdf.network.report import lay_out_network
from audit_api.rules.papers import Form, Layout, Paper
from tests.chance import times
from tests.pdf.layouts import check_that_all_is_on_the_paper, check_that_no_texts_overlap
from tests.pdf.networks import network
from tests.pdf.reports import open_jpeg
from tests.pdf.test_scorecard_layout import (
    comments,
    differences,
    failing,
    figures,
    maybe,
    periods,
    scales,
    several,
    text,
    title,
)

forms = st.builds(Form, st.sampled_from(Layout), st.sampled_from(Paper))
codes = st.text("AB-12", max_size=40)
expected = st.builds(
    Expected, title, st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000)
)
parts = st.builds(Part, text, figures(), maybe, differences)
movers = st.builds(Mover, title, codes, figures(), figures(), st.none(), st.booleans())


@st.composite
def heats(draw: st.DrawFn) -> Heat:
    columns = tuple(draw(st.lists(text, min_size=1, max_size=14)))
    cells = st.tuples(*(figures() for _ in columns))
    rows = st.builds(HeatRow, title, codes, figures(), cells)
    return Heat(columns, tuple(draw(st.lists(rows, max_size=5))), draw(rows))


@st.composite
def leagues(draw: st.DrawFn) -> League:
    waves = tuple(draw(st.lists(text, min_size=1, max_size=5)))
    cells = st.tuples(*(figures() for _ in waves))
    rank = st.none() | st.integers(1, 9_999)
    rows = st.builds(LeagueRow, title, codes, title, rank, maybe, cells, st.booleans())
    return League(waves, tuple(draw(st.lists(rows, max_size=5))), draw(rows))


@pytest.mark.slow
@settings(max_examples=times(25))
@given(
    forms,
    st.sampled_from([("en",), ("zh",), ("en", "zh")]),
    st.fixed_dictionaries(
        {
            "name": title,
            "organisation": title,
            "code": st.none() | codes,
            "period": text,
            "findings": several(st.builds(Finding, text, st.none() | st.booleans())),
            "overall": figures(),
            "band": st.none() | text,
            "scale": scales,
            "target": maybe,
            "previous": differences,
            "trend": several(periods, 36),
            "expected": several(expected, 4),
            "forecast": st.none() | text,
            "touchpoints": several(parts, 12),
            "heat": st.none() | heats(),
            "league": st.none() | leagues(),
            "movers": st.builds(
                Movers, text, st.integers(0, 9_999), several(movers), several(movers)
            ),
            "failing": several(failing),
            "comments": several(comments, 4),
            "notes": several(text),
        }
    ),
)
def test_the_paper_keeps_to_its_pages_and_prints_nothing_over_anything(
    form: Form, languages: tuple[str, ...], values: dict[str, Any]
) -> None:
    flow = lay_out_network(network(*languages, **values), open_jpeg, form)
    check_that_all_is_on_the_paper(flow)
    check_that_no_texts_overlap(flow)
