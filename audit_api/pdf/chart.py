"""Scores drawn as bars, each with its figure beside it: the length is never the only sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_api.pdf import look
from audit_api.pdf.page import Box, Flow

FULL = 10_000

_TITLE_WIDTH = 176.0
_BAR_X, _BAR_WIDTH, _BAR_HEIGHT = look.LEFT + 186, 168.0, 9.0
_COLUMNS = {"score": (look.LEFT + 360, 56.0), "weight": (look.LEFT + 420, 44.0)}
_LAST = (look.LEFT + 468, look.WIDTH - 468)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart; `score` in hundredths of a percent, `None` draws no bar."""

    title: str
    score: int | None
    weight: str
    findings: int


def percent(score: int | None) -> str:
    """8640 as "86.40%"; nothing scored as a dash."""
    return "–" if score is None else f"{score / 100:.2f}%"


def bars(flow: Flow, rows: Sequence[Bar], words: Mapping[str, str]) -> None:
    """The chart with its head; `words` are the labels of the report."""

    def head() -> None:
        page, y = flow.page, flow.y
        page.put(look.LEFT, y, words["report.touchpoint"], look.SMALL, _TITLE_WIDTH)
        page.put(_BAR_X, y, "0%", look.SMALL, 40)
        page.put(_BAR_X, y, "50%", look.SMALL, _BAR_WIDTH, "centre")
        page.put(_BAR_X, y, "100%", look.SMALL, _BAR_WIDTH, "right")
        for key, (x, width) in _COLUMNS.items():
            page.put(x, y, words[f"report.{key}"], look.SMALL, width, "right")
        page.put(_LAST[0], y, words["report.findings"], look.SMALL, _LAST[1], "right")
        flow.space(13)
        flow.rule()
        flow.space(4)

    head()
    flow.on_new_page = head
    for row in rows:
        _row(flow, row)
    flow.on_new_page = None


def _row(flow: Flow, row: Bar) -> None:
    lines = flow.wrapped(row.title, look.BODY, _TITLE_WIDTH, most=2)
    height = len(lines) * look.BODY.leading + 4
    flow.need(height)
    page, y = flow.page, flow.y
    page.put_lines(look.LEFT, y, lines, look.BODY)
    _bar(flow, y + (look.BODY.leading - _BAR_HEIGHT) / 2, row.score)
    score = look.MUTED if row.score is None else look.STRONG
    page.put(*_at("score", y), percent(row.score), score, _COLUMNS["score"][1], "right")
    page.put(*_at("weight", y), row.weight, look.BODY, _COLUMNS["weight"][1], "right")
    findings = look.STRONG if row.findings else look.MUTED
    page.put(_LAST[0], y, str(row.findings), findings, _LAST[1], "right")
    flow.space(height)


def _at(column: str, y: float) -> tuple[float, float]:
    return _COLUMNS[column][0], y


def _bar(flow: Flow, y: float, score: int | None) -> None:
    boxes = flow.page.boxes
    boxes.append(Box(_BAR_X, y, _BAR_WIDTH, _BAR_HEIGHT, look.TRACK))
    if score:
        share = min(max(score / FULL, 0), 1)
        boxes.append(Box(_BAR_X, y, _BAR_WIDTH * share, _BAR_HEIGHT, look.GOOD))
    boxes.append(Box(_BAR_X + _BAR_WIDTH / 2, y, 0.6, _BAR_HEIGHT, look.WHITE))
