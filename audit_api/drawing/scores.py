"""A score on an axis: a dot with its interval, a ring where none is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit_api.drawing.axis import Axis
from audit_api.drawing.figures import Figure, drawn_interval
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example
from audit_api.drawing.marks import Drawing, Shape
from audit_api.drawing.signs import dot, ring, whisker


def scored(figure: Figure, axis: Axis, y: float) -> Iterator[Shape]:
    """The signs of a figure; nothing where nothing is scored."""
    interval = drawn_interval(figure)
    if interval is not None:
        yield from whisker(axis.at(interval[0]), axis.at(interval[1]), y)
    if figure.score is not None:
        yield from (ring if interval is None else dot)(axis.at(figure.score), y)


def explained(figures: Iterable[Figure], labels: Labels) -> list[tuple[Drawing, Text]]:
    """What the signs mean, of those alone that these figures have."""
    middle, entries = EXAMPLE / 2, []
    intervals = {drawn_interval(figure) is not None for figure in figures if figure.n}
    if True in intervals:
        score = example([*whisker(0, EXAMPLE, 0), *dot(middle, 0)])
        entries.append((score, labels.say("report.score_interval")))
    if False in intervals:
        entries.append((example(ring(middle, 0)), labels.say("report.few_visits")))
    return entries
