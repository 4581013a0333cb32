"""Words of a drawing as SVG: held at the side of their column, unless they stand outside of it."""

from __future__ import annotations

import re

from audit_api.drawing import styles
from audit_api.drawing.marks import Drawing, Words
from audit_api.svg import painted


def held(words: Words) -> tuple[str, str]:
    """Return where a line is held, and by which end."""
    text = painted(Drawing(200, 20, words=[words]), "chart", "A chart")
    found = re.search(r'<text x="([^"]+)".*?(?:text-anchor="(\w+)")? fill', text)
    assert found is not None
    return found[1], found[2] or "start"


def test_a_line_is_held_at_the_side_of_its_column() -> None:
    style = styles.TINY
    assert held(Words(60, 10, "86", style, (50, 40, "centre"))) == ("70", "middle")
    assert held(Words(80, 10, "86", style, (50, 40, "right"))) == ("90", "end")
    assert held(Words(50, 10, "86", style, (50, 40, "left"))) == ("50", "start")


def test_the_ends_of_a_scale_stay_outside_of_it() -> None:
    style = styles.TINY
    assert held(Words(40, 10, "0", style, (50, 40, "centre"))) == ("40", "start")
    assert held(Words(94, 10, "100", style, (50, 40, "centre"))) == ("94", "start")
