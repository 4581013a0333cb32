"""Scores as bars against an axis, each with its figure beside it: a length is never the only
sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.gauge import FULL
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.document import percent
from audit_api.pdf.page import Flow, Page, height_of

_TITLE_WIDTH = 150.0
_BAR_HEIGHT = 9.0
_SCORE, _WEIGHT = (look.LEFT + 360, 52.0), (look.LEFT + 416, 42.0)
_FINDINGS = (look.LEFT + 462, look.WIDTH - 462)

AXIS = 21.0
"""How high the head of a chart is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart; `score` in hundredths of a percent, `None` draws no bar."""

    title: Text
    score: int | None
    weight: str
    findings: int


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of scores across the page, from `floor` to 100 %."""

    x: float
    width: float
    floor: int = 0

    def at(self, score: int) -> float:
        """Where a score stands."""
        share = (min(max(score, self.floor), FULL) - self.floor) / (FULL - self.floor)
        return self.x + self.width * share

    def draw(self, page: Page, y: float, title: Text) -> None:
        """The axis's title, then its figures; `AXIS` points high."""
        page.put(self.x, y, joined(title, " · "), styles.TINY, self.width, "centre")
        for mark in ticks(self.floor):
            page.put(self.at(mark) - 16, y + 10, f"{mark / 100:g}%", styles.TINY, 32, "centre")

    def lines(self, page: Page, y: float, height: float) -> None:
        for mark in ticks(self.floor):
            page.boxes.append(Box(self.at(mark) - 0.25, y, 0.5, height, colours.LINE))


def floor_of(scores: Iterable[int | None]) -> int:
    """Where an axis starts: the tick below everything that is shown, at most 80 %."""
    lowest = max(0, min((score for score in scores if score is not None), default=0))
    return min(4 * FULL // 5, lowest // _step(lowest) * _step(lowest))


def ticks(floor: int) -> range:
    """The scores that an axis names, from its floor up to 100 %."""
    return range(floor, FULL + 1, _step(floor))


def _step(lowest: int) -> int:
    return FULL // 10 if lowest >= FULL // 2 else FULL // 5


_AXIS = Axis(look.LEFT + 164, 186.0)


def bars(flow: Flow, rows: Sequence[Bar], labels: Labels) -> None:
    """The chart with its head, which is drawn again on every page that the rows run over."""
    first = flow.block(labels.say("report.touchpoint"), styles.SMALL, _TITLE_WIDTH, 1)
    others = [
        (column, flow.block(labels.say(code), styles.SMALL, column[1], 1))
        for code, column in (
            ("report.score", _SCORE),
            ("report.weight", _WEIGHT),
            ("report.findings", _FINDINGS),
        )
    ]

    def head() -> None:
        page, foot = flow.page, flow.y + AXIS
        page.put_block(look.LEFT, foot - height_of(first), first)
        _AXIS.draw(page, flow.y, labels.say("report.score_axis"))
        for (x, width), block in others:
            page.put_block(x, foot - height_of(block), block, width, "right")
        flow.space(AXIS + 2)
        flow.rule()

    head()
    flow.on_new_page = head
    for row in rows:
        _row(flow, row)
    flow.on_new_page = None


def _row(flow: Flow, row: Bar) -> None:
    title = flow.block(row.title, styles.BODY, _TITLE_WIDTH, most=2)
    height = max(height_of(title), 13) + 6
    flow.need(height)
    page, y = flow.page, flow.y
    middle = y + (height - styles.BODY.leading) / 2
    _AXIS.lines(page, y, height)
    page.put_block(look.LEFT, y + 3, title)
    _bar(page, y + (height - _BAR_HEIGHT) / 2, row.score)
    score = styles.MUTED if row.score is None else styles.STRONG
    findings = styles.STRONG if row.findings else styles.MUTED
    for (x, width), text, style in (
        (_SCORE, percent(row.score), score),
        (_WEIGHT, row.weight, styles.BODY),
        (_FINDINGS, str(row.findings), findings),
    ):
        page.put(x, middle, text, style, width, "right")
    flow.space(height)


def _bar(page: Page, y: float, score: int | None) -> None:
    if score:
        page.boxes.append(Box(_AXIS.x, y, _AXIS.at(score) - _AXIS.x, _BAR_HEIGHT, colours.GOOD))
