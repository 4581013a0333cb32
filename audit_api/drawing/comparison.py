"""A site's parts against its region and its organisation: a dot with its interval, a diamond and
a bolt on one axis, each with its figure beside it."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import signs, styles
from audit_api.drawing.bars import AXIS, Axis, floor_of
from audit_api.drawing.languages import Labels, Text
from audit_api.pdf import look
from audit_api.pdf.document import percent
from audit_api.pdf.page import Flow, Page, height_of
from audit_api.pdf.scorecard.values import Comparison

_TITLE = 142.0
_PLOT = (look.LEFT + 160, 162.0)
_LANE = 4.0
_TOGETHER = 260.0
_COLUMNS = (
    ("report.this_site", look.LEFT + 336, 44.0),
    ("report.region", look.LEFT + 382, 42.0),
    ("report.organisation", look.LEFT + 426, 52.0),
    ("report.visits", look.LEFT + 480, look.WIDTH - 480),
)


def room(flow: Flow, rows: Sequence[Comparison]) -> float:
    """How high the chart is with its legend: up to a third of a page it is never parted."""
    whole = 40 + sum(_height(flow, row) for row in rows)
    return whole if whole <= _TOGETHER else 120


def comparison(flow: Flow, rows: Sequence[Comparison], first: Text, labels: Labels) -> None:
    """The rows below a head that is drawn again on every page; `first` heads the titles."""
    axis = Axis(*_PLOT, floor_of(score for row in rows for score in _scores(row)))
    signs.legend(
        flow,
        [
            (signs.show_site, labels.say("report.this_site_interval")),
            (signs.show_diamond, labels.say("report.region")),
            (signs.show_bolt, labels.say("report.organisation")),
        ],
    )
    named = flow.block(first, styles.SMALL, _TITLE, 1)
    heads = [
        (x, width, flow.block(labels.say(code), styles.SMALL, width, 1))
        for code, x, width in _COLUMNS
    ]

    def head() -> None:
        page, foot = flow.page, flow.y + AXIS
        page.put_block(look.LEFT, foot - height_of(named), named)
        axis.draw(page, flow.y, labels.say("report.score_axis"))
        for x, width, block in heads:
            page.put_block(x, foot - height_of(block), block, width, "right")
        flow.space(AXIS + 2)
        flow.rule()

    head()
    flow.on_new_page = head
    for row in rows:
        _row(flow, row, axis)
    flow.on_new_page = None


def _row(flow: Flow, row: Comparison, axis: Axis) -> None:
    title = flow.block(row.title, styles.BODY, _TITLE, most=2)
    height = _height(flow, row)
    flow.need(height)
    page, y = flow.page, flow.y
    axis.lines(page, y, height)
    page.put_block(look.LEFT, y + 4, title)
    _marks(page, row, axis, y + height / 2)
    middle = y + (height - styles.BODY.leading) / 2
    score = styles.STRONG if row.site.score is not None else styles.MUTED
    texts = (percent(row.site.score), percent(row.region), percent(row.organisation))
    for (_, x, width), text, style in zip(
        _COLUMNS,
        (*texts, str(row.site.n)),
        (score, styles.BODY, styles.BODY, styles.MUTED),
        strict=True,
    ):
        page.put(x, middle, text, style, width, "right")
    flow.space(height)


def _height(flow: Flow, row: Comparison) -> float:
    return height_of(flow.block(row.title, styles.BODY, _TITLE, most=2)) + 8


def _marks(page: Page, row: Comparison, axis: Axis, y: float) -> None:
    """The site in the upper lane, its region in the lower; the organisation's bolt spans both."""
    if row.organisation is not None:
        signs.bolt(page, axis.at(row.organisation), y)
    if row.region is not None:
        signs.diamond(page, axis.at(row.region), y + _LANE)
    site = row.site
    if site.low is not None and site.high is not None:
        signs.whisker(page, axis.at(site.low), axis.at(site.high), y - _LANE)
    if site.score is not None:
        (signs.ring if site.low is None else signs.dot)(page, axis.at(site.score), y - _LANE)


def _scores(row: Comparison) -> tuple[int | None, ...]:
    return row.site.score, row.site.low, row.region, row.organisation
