"""A blank that only looks like a space is named: nobody sees it."""

from __future__ import annotations

import pytest

from audit_api.manuscripts.checks import check
from audit_api.manuscripts.yaml import compose

BLANKS = ["\u3000", "\u00a0", "\u3000\u3000", "\u2003", "\u200b"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title:\n{blank}en: Hello\n{blank}zh: 您好\n", 2),
        ("a:\n  - key: x\n{blank}  title: y\n", 3),
        ("a:\n  - key: x\n {blank} title: y\n", 3),
        ("a:\n{blank}- key: x\n", 2),
        ("a:\n  -{blank}key: x\n", 2),
    ],
)
def test_a_blank_that_is_no_space_is_named_where_it_stands(
    text: str, line: int, blank: str
) -> None:
    composition = compose(text.format(blank=blank))
    first = composition.faults[0]
    assert (first.code, first.line) == ("yaml_blank", line)
    assert first.values == {"character": f"U+{ord(blank[0]):04X}"}


def test_what_went_astray_behind_such_a_blank_is_not_missed_a_second_time() -> None:
    told = check("title:\n\u3000en: Hello\n\u3000zh: 您好\n").errors
    assert [each.line for each in told if each.code == "yaml_blank"] == [2, 3]
    assert "/title" not in [each.pointer for each in told]


def test_a_paragraph_may_begin_with_two_full_width_blanks() -> None:
    text = "a: |\n  \u3000\u3000段落\n  \u3000\u3000第二段\nb: \u3000x\n'c\u3000': 1\n"
    assert compose(text).faults == ()
