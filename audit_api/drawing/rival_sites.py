"""The competitors' sites, each with its score and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing import styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.figures import Figure, drawn_interval, number
from audit_api.drawing.languages import Labels
from audit_api.drawing.lettering import Column, Fonts, block, height_of, line, lines
from audit_api.drawing.marks import Drawing, Table
from audit_api.drawing.signs import open_triangle, triangle, whisker
from audit_api.rules.exact import percent

_SITE = Column(0, 180)


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor's site: its mean and where it lies."""

    name: str
    code: str
    region: str
    figure: Figure


def rival_sites(rows: Sequence[Rival], labels: Labels, fonts: Fonts, width: float) -> Table:
    """A row for each competitor's site, in the order given, below the axis."""
    columns = _site_columns(width)
    named = (
        (labels.say("report.score"), columns.score),
        (labels.say("report.interval_short"), columns.interval),
        (labels.say("report.visits"), columns.visits),
    )
    first = labels.say("report.competitor_site"), _SITE
    return Table(
        head(columns.axis, labels, first, named, fonts, width),
        tuple(_site(row, columns, fonts, width) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _SiteColumns:
    """What stands behind a site's name."""

    axis: Axis
    score: Column
    interval: Column
    visits: Column


def _site_columns(width: float) -> _SiteColumns:
    visits = Column(width - 32, 32, "right")
    interval = Column(visits.x - 70, 68, "right")
    score = Column(interval.x - 46, 44, "right")
    start = _SITE.width + 16
    return _SiteColumns(Axis(start, max(score.x - 14 - start, 10)), score, interval, visits)


def _site(row: Rival, columns: _SiteColumns, fonts: Fonts, width: float) -> Drawing:
    named = [
        *block(row.name, styles.BODY, _SITE.width, fonts, most=2),
        *block(f"{row.region} · {row.code}", styles.TINY, _SITE.width, fonts, most=1),
    ]
    height = height_of(named) + 6
    axis, figure, y = columns.axis, row.figure, height / 2
    drawing = Drawing(width, height, boxes=axis.lines(height))
    drawing.words += lines(named, _SITE, 3, fonts)
    interval = drawn_interval(figure)
    if interval is not None:
        drawing.shapes += whisker(axis.at(interval[0]), axis.at(interval[1]), y)
    if figure.score is not None:
        sign = open_triangle if interval is None else triangle
        drawing.shapes += sign(axis.at(figure.score), y)
    top = y - styles.BODY.leading / 2
    style = styles.MUTED if figure.score is None else styles.BODY
    drawing.words += line(percent(figure.score), style, columns.score, top, fonts)
    drawing.words += line(_ends_of(figure), styles.SMALL, columns.interval, top + 1, fonts)
    drawing.words += line(str(figure.n), styles.MUTED, columns.visits, top, fonts)
    return drawing


def _ends_of(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "–"
    return f"{number(figure.low)} – {number(figure.high)}"
