"""A site's parts against its region and its organisation."""

from __future__ import annotations

from audit_api.drawing import Comparison, Figure, colours
from audit_api.drawing.comparison import comparison, comparison_legend
from audit_api.drawing.marks import Drawing, Table
from audit_api.drawing.signs import bolt, diamond, dot, ring, whisker
from tests.drawing.fixed import FONTS, LABELS
from tests.drawing.samples import NOTHING, ONE, SEVERAL, WIDTH


def chart(*rows: Comparison) -> Table:
    return comparison(rows, "Touchpoint", LABELS, FONTS, WIDTH)


def row_of(site: Figure, region: int | None = None, organisation: int | None = None) -> Drawing:
    return chart(Comparison("Arrival", site, region, organisation)).rows[0]


def test_a_row_says_all_figures() -> None:
    row = row_of(SEVERAL, 8240, 8105)
    assert [words.text for words in row.words] == ["Arrival", "79.17%", "82.40%", "81.05%", "6"]


def test_a_row_shows_the_organisation_the_region_the_interval_and_the_site() -> None:
    row = row_of(SEVERAL, 8240, 8105)
    counts = [len(bolt(0, 0)), len(diamond(0, 0)), len(whisker(0, 1, 0)), len(dot(0, 0))]
    assert len(row.shapes) == sum(counts)
    assert row.shapes[0].colour == colours.ORGANISATION
    low, high = (shape.points[0][0] for shape in row.shapes[4:6])
    assert low < row.shapes[-1].points[4][0] < high


def test_one_visit_is_a_ring_without_an_interval() -> None:
    assert len(row_of(ONE).shapes) == len(ring(0, 0))


def test_nothing_scored_shows_no_sign_and_no_zero() -> None:
    row = row_of(NOTHING)
    assert row.shapes == []
    assert [words.text for words in row.words[1:]] == ["–", "–", "–", "0"]


def test_every_axis_has_the_same_scale() -> None:
    low = Comparison("Arrival", Figure(6, 9000, 8500, 9500), 3100, 8105)
    high = Comparison("Checkout", Figure(6, 9000, 8500, 9500), 9100, 9105)
    heads = [chart(*rows).head for rows in ((low,), (high,), (high, low))]
    assert heads[0] == heads[1] == heads[2]
    title, first, *_ = heads[0].words[1:]
    assert (title.text, first.text) == ("Score", "0%")


def test_the_legend_explains_every_sign() -> None:
    said = [words.text for words in comparison_legend(LABELS, FONTS, WIDTH).words]
    assert said == ["This site, with its 95% interval", "Region", "Organisation"]
