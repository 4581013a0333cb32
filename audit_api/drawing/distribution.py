"""How questions were answered: a bar for each answer, with how many gave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import Axis
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.lettering import (
    Block,
    Column,
    Fonts,
    block,
    height_of,
    line,
    lines,
    name,
    titles,
)
from audit_api.drawing.marks import Box, Drawing, Table
from audit_api.drawing.styles import tinted
from audit_api.rules.exact import percent

_NUMBER = Column(0, 28)
_TITLE = Column(30, 142)
_ANSWER = Column(182, 132)
_AXIS = 324.0
_FIGURE = 36.0
_COUNT = 26.0
_HEAD = 21.0
_THICK = 6.0
_BETWEEN = 4.0
_SAID = tinted(styles.SMALL, colours.INK)

MAX_ANSWERS = 22
"""A row is never parted, and has to stay on a page: of more answers the rarest are told in one
line."""
_FEW = 12
"""So many answers may each take two lines in a language."""


@dataclass(frozen=True, slots=True)
class Share:
    """An answer, or a band of measured values: `n` gave it, which is `share` of those who
    answered, in hundredths of a percent."""

    title: Text
    n: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one question was answered, of `asked` visits; `middle` tells of measured values in a
    sentence, `left_out` of those who gave no answer, None where everybody did.

    `scored` says that its answers bring points.
    """

    number: str
    title: Text
    touchpoint: Text
    asked: int
    answered: int
    shares: tuple[Share, ...]
    middle: Text | None = None
    left_out: Text | None = None
    scored: bool = True


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title; the axis takes what the others leave of the width."""

    axis: Axis
    share: Column
    count: Column

    @property
    def said(self) -> Column:
        """Where sentences about the answers stand."""
        return Column(_ANSWER.x, self.count.x + self.count.width - _ANSWER.x)


def distributions(
    rows: Sequence[Distribution], labels: Labels, fonts: Fonts, width: float
) -> Table:
    """A row for each question, below the axis and the titles of the columns."""
    columns = _columns(width)
    return Table(
        _head(columns, labels, fonts, width),
        tuple(_row(row, columns, labels, fonts, width) for row in rows),
    )


def _columns(width: float) -> _Columns:
    count = Column(width - _COUNT, _COUNT, "right")
    share = Column(count.x - _FIGURE, _FIGURE, "right")
    return _Columns(Axis(_AXIS, max(share.x - 8 - _AXIS, 10)), share, count)


def _head(columns: _Columns, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    named = (
        (labels.say("report.number"), _NUMBER),
        (labels.say("report.question"), _TITLE),
        (labels.say("report.answer"), _ANSWER),
        (labels.say("report.given"), columns.count),
    )
    drawing = Drawing(width, _HEAD + 2, words=titles(named, _HEAD, fonts))
    drawing.words += columns.axis.words(labels.say("report.share_of_answers"), fonts)
    drawing.rule()
    return drawing


def _row(
    row: Distribution, columns: _Columns, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    asked = _asked(row, labels, fonts)
    drawing = Drawing(width)
    y = _BETWEEN
    for answer in _answers(row, columns, labels, fonts, width):
        drawing.add(answer, 0, y)
        y += answer.height
    for text in (row.middle, row.left_out):
        if text is not None:
            said = block(text, styles.SMALL, columns.said.width, fonts, most=3)
            drawing.words += lines(said, columns.said, y + 1, fonts)
            y += height_of(said) + 1
    drawing.words += line(row.number, styles.SMALL, _NUMBER, _BETWEEN, fonts)
    drawing.words += lines(asked, _TITLE, _BETWEEN, fonts)
    drawing.height = max(y, _BETWEEN + height_of(asked)) + _BETWEEN
    drawing.rule()
    return drawing


def _asked(row: Distribution, labels: Labels, fonts: Fonts) -> Block:
    """The question with its touchpoint, and of how many visits its answers are."""
    counts = labels.say("report.asked_answered", asked=row.asked, answered=row.answered)
    told = [
        (row.title, _SAID, 5),
        (row.touchpoint, styles.TINY, 1),
        (counts, styles.TINY, 1),
        *([] if row.scored else [(labels.say("report.unscored"), styles.TINY, 1)]),
    ]
    return [
        broken
        for text, style, most in told
        for broken in name(text, style, _TITLE.width, fonts, most)
    ]


def _answers(
    row: Distribution, columns: _Columns, labels: Labels, fonts: Fonts, width: float
) -> Iterator[Drawing]:
    """A line for each answer; the rarest of very many share one."""
    shown = _shown(row.shares)
    most = 2 if len(shown) <= _FEW else 1
    for share in shown:
        yield _answer(share, most, columns, fonts, width)
    if others := len(row.shares) - len(shown):
        n = sum(share.n for share in row.shares) - sum(share.n for share in shown)
        told = labels.say("report.more_answers", count=others, n=n)
        said = block(told, styles.SMALL, columns.said.width, fonts, most=1)
        yield Drawing(width, height_of(said), words=lines(said, columns.said, 0, fonts))


def _shown(shares: Sequence[Share]) -> Sequence[Share]:
    """All answers in their order, or of very many those that were given most."""
    if len(shares) <= MAX_ANSWERS:
        return shares
    places = sorted(range(len(shares)), key=lambda place: (-shares[place].n, place))
    return [shares[place] for place in sorted(places[: MAX_ANSWERS - 1])]


def _answer(share: Share, most: int, columns: _Columns, fonts: Fonts, width: float) -> Drawing:
    title = name(share.title, _SAID, _ANSWER.width, fonts, most)
    height = height_of(title) + 2
    axis = columns.axis
    drawing = Drawing(width, height, words=lines(title, _ANSWER, 0, fonts))
    y = (height - 2 - _THICK) / 2
    drawing.boxes.append(Box(axis.x, y, axis.width, _THICK, colours.TRACK))
    if share.share:
        drawing.boxes.append(Box(axis.x, y, axis.at(share.share) - axis.x, _THICK, colours.SITE))
    middle = (height - 2 - _SAID.leading) / 2
    drawing.words += line(percent(share.share), _SAID, columns.share, middle, fonts)
    drawing.words += line(str(share.n), styles.SMALL, columns.count, middle, fonts)
    return drawing
