"""What holds of every chart: it knows no output format, and keeps to its frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audit_api.drawing import Labels
from audit_api.drawing.marks import Drawing
from tests.drawing.fixed import BOTH, FONTS, LABELS
from tests.drawing.samples import charts

ROOT = Path(__file__).parents[2]

# An entry of None makes Python refuse the import.
ALONE = """
import sys
sys.modules["reportlab"] = None
from tests.drawing.samples import charts
for name, drawings in charts().items():
    print(name if all(one.words for one in drawings) else "")
assert "audit_api.pdf" not in sys.modules
"""

# The organisation's bolt is higher than the row of a legend.
OVERHANG = {"legend": 2.3, "parts legend": 2.3}


def reach(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all marks."""
    across = [x for box in drawing.boxes for x in (box.x, box.x + box.width)]
    down = [y for box in drawing.boxes for y in (box.y, box.y + box.height)]
    for shape in drawing.shapes:
        across += [x for x, _ in shape.points]
        down += [y for _, y in shape.points]
    for words in drawing.words:
        across += [words.x, words.x + FONTS.width(words.text, words.style)]
        down += [words.y - 0.74 * words.style.size, words.y]
    return min(across), min(down), max(across), max(down)


def test_every_chart_is_drawn_where_no_reportlab_is() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert set(ran.stdout.splitlines()) == charts().keys()


@pytest.mark.parametrize("width", [400, 511.28, 900])
@pytest.mark.parametrize("labels", [LABELS, BOTH], ids=["en", "both"])
def test_every_mark_stands_inside_the_frame_of_its_drawing(labels: Labels, width: float) -> None:
    for name, drawings in charts(labels, width).items():
        for drawing in drawings:
            left, top, right, bottom = reach(drawing)
            assert left >= -0.3, name
            assert right <= drawing.width + 0.3, name
            assert top >= -OVERHANG.get(name, 0.3), name
            assert bottom <= drawing.height + 0.7, name


def span(drawing: Drawing) -> float:
    """How long the axis is: from its first upright to its last, or its longest line."""
    uprights = [box.x for box in drawing.boxes if box.width == 0.5] or [0]
    lines = [shape.points for shape in drawing.shapes if shape.stroke] or [((0, 0), (0, 0))]
    return max(max(uprights) - min(uprights), *(points[-1][0] - points[0][0] for points in lines))


@pytest.mark.parametrize("name", ["bars", "comparison", "metrics", "movers", "parts", "trend"])
def test_the_axis_of_a_chart_takes_what_is_left_of_its_width(name: str) -> None:
    narrow, wide = (charts(width=width)[name][-1] for width in (400, 900))
    assert (narrow.width, wide.width) == (400, 900)
    assert span(wide) - span(narrow) == pytest.approx(500)


def test_the_same_values_make_the_same_marks() -> None:
    assert charts() == charts()
