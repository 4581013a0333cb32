"""Metrics on their own scales: a dot with its interval between the ends, and the figures."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import colours, signs, styles
from audit_api.drawing.languages import Labels
from audit_api.drawing.marks import Shape
from audit_api.pdf import look
from audit_api.pdf.page import Align, Flow, Page, height_of
from audit_api.pdf.scorecard.values import Metric

_TITLE = 142.0
_ENDS = 34.0
_SCALE_X, _SCALE_WIDTH = look.LEFT + 190, 140.0
_VALUE = (look.LEFT + 366, 46.0)
_INTERVAL = (look.LEFT + 414, 60.0)
_ANSWERS = (look.LEFT + 476, look.WIDTH - 476)


def metrics(flow: Flow, rows: Sequence[Metric], labels: Labels) -> None:
    heads: tuple[tuple[str, tuple[float, float], Align], ...] = (
        ("report.metric", (look.LEFT, _TITLE), "left"),
        ("report.scale", (_SCALE_X, _SCALE_WIDTH), "centre"),
        ("report.value", _VALUE, "right"),
        ("report.interval_short", _INTERVAL, "right"),
        ("report.answers", _ANSWERS, "right"),
    )
    blocks = [
        (*column, align, flow.block(labels.say(code), styles.SMALL, column[1], 1))
        for code, column, align in heads
    ]
    deepest = max(height_of(block) for *_, block in blocks)

    def head() -> None:
        for x, width, align, block in blocks:
            flow.page.put_block(x, flow.y + deepest - height_of(block), block, width, align)
        flow.space(deepest + 3)
        flow.rule()

    head()
    flow.on_new_page = head
    for row in rows:
        _row(flow, row)
    flow.on_new_page = None


def number(hundredths: int | None, unit: str = "") -> str:
    """4250 as "42.50"; a dash for nothing."""
    return "–" if hundredths is None else f"{hundredths / 100:.2f}{unit}".replace("-", "−")


def _row(flow: Flow, row: Metric) -> None:
    title = flow.block(row.title, styles.BODY, _TITLE, most=2)
    height = max(height_of(title), 13) + 8
    flow.need(height)
    page, y = flow.page, flow.y + (height - styles.BODY.leading) / 2
    page.put_block(look.LEFT, flow.y + 4, title)
    _scale(page, row, flow.y + height / 2)
    value = styles.MUTED if row.value is None else styles.STRONG
    page.put(_VALUE[0], y, number(row.value, row.unit), value, _VALUE[1], "right")
    bounded = row.low is not None and row.high is not None
    interval = f"{number(row.low)} – {number(row.high)}" if bounded else "–"
    page.put(_INTERVAL[0], y + 1, interval, styles.SMALL, _INTERVAL[1], "right")
    page.put(_ANSWERS[0], y, str(row.n), styles.MUTED, _ANSWERS[1], "right")
    flow.space(height)


def _scale(page: Page, row: Metric, y: float) -> None:
    """A line from the least to the most with both figures at its ends."""
    end = _SCALE_X + _SCALE_WIDTH
    page.shapes.append(Shape(((_SCALE_X, y), (end, y)), colours.LINE, 2.4))
    for x, score in ((_SCALE_X - _ENDS, row.least), (end + 4, row.most)):
        align: Align = "right" if x < _SCALE_X else "left"
        text = f"{score / 100:g}{row.unit}".replace("-", "−")
        page.put(x, y - 4.5, text, styles.TINY, _ENDS - 4, align)

    def at(score: int) -> float:
        share = (score - row.least) / max(1, row.most - row.least)
        return _SCALE_X + _SCALE_WIDTH * min(max(share, 0), 1)

    if row.least < 0 < row.most:
        page.shapes.append(Shape(((at(0), y - 4), (at(0), y + 4)), colours.QUIET, 0.7))
    if row.low is not None and row.high is not None:
        signs.whisker(page, at(row.low), at(row.high), y)
    if row.value is not None:
        signs.dot(page, at(row.value), y)
