"""A site's parts against its region and its organisation: a dot with its interval, a diamond and
a bolt on one axis, each with its figure beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, height_of, line, lines, name
from audit_api.drawing.marks import Drawing, Shape, Table
from audit_api.drawing.signs import bolt, diamond, dot, ring, whisker
from audit_api.rules.exact import percent

_TITLE = Column(0, 142)
_AXIS = 160.0
_VISITS = 31.28
_LANE = 4.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A touchpoint or a dimension: the site's figure against its region and its organisation."""

    title: Text
    site: Figure
    region: int | None
    organisation: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title; the axis takes what the others leave of the width."""

    axis: Axis
    site: Column
    region: Column
    organisation: Column
    visits: Column


def comparison(
    rows: Sequence[Comparison], first: Text, labels: Labels, fonts: Fonts, width: float
) -> Table:
    """A row for each part, below the axis and the titles of the columns, of which `first` is the
    parts'."""
    columns = _columns(width)
    named = (
        (labels.say("report.this_site"), columns.site),
        (labels.say("report.region"), columns.region),
        (labels.say("report.organisation"), columns.organisation),
        (labels.say("report.visits"), columns.visits),
    )
    return Table(
        head(columns.axis, labels, (first, _TITLE), named, fonts, width),
        tuple(_row(row, columns, fonts, width) for row in rows),
    )


def comparison_legend(labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the signs of a comparison mean."""
    middle = EXAMPLE / 2
    site = example([*whisker(0, EXAMPLE, 0), *dot(middle, 0)])
    entries = [
        (site, labels.say("report.this_site_interval")),
        (example(diamond(middle, 0)), labels.say("report.region")),
        (example(bolt(middle, 0)), labels.say("report.organisation")),
    ]
    return legend(entries, fonts, width)


def _columns(width: float) -> _Columns:
    visits = Column(width - _VISITS, _VISITS, "right")
    organisation = Column(visits.x - 54, 52, "right")
    region = Column(organisation.x - 44, 42, "right")
    site = Column(region.x - 46, 44, "right")
    return _Columns(Axis(_AXIS, site.x - 14 - _AXIS), site, region, organisation, visits)


def _row(row: Comparison, columns: _Columns, fonts: Fonts, width: float) -> Drawing:
    title = name(row.title, styles.BODY, _TITLE.width, fonts, most=2)
    height = height_of(title) + 8
    drawing = Drawing(width, height, boxes=columns.axis.lines(height))
    drawing.shapes += _signs(row, columns.axis, height / 2)
    drawing.words += lines(title, _TITLE, 4, fonts)
    score = styles.MUTED if row.site.score is None else styles.STRONG
    middle = (height - styles.BODY.leading) / 2
    for column, text, style in (
        (columns.site, percent(row.site.score), score),
        (columns.region, percent(row.region), styles.BODY),
        (columns.organisation, percent(row.organisation), styles.BODY),
        (columns.visits, str(row.site.n), styles.MUTED),
    ):
        drawing.words += line(text, style, column, middle, fonts)
    return drawing


def _signs(row: Comparison, axis: Axis, y: float) -> Iterator[Shape]:
    """The site in the upper lane, its region in the lower; the organisation's bolt spans both."""
    if row.organisation is not None:
        yield from bolt(axis.at(row.organisation), y)
    if row.region is not None:
        yield from diamond(axis.at(row.region), y + _LANE)
    site = row.site
    if site.low is not None and site.high is not None:
        yield from whisker(axis.at(site.low), axis.at(site.high), y - _LANE)
    if site.score is not None:
        yield from (ring if site.low is None else dot)(axis.at(site.score), y - _LANE)
