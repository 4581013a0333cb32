"""A checklist may be written as JSON: nearly all of it is YAML, and all of it is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.manuscripts.yaml import compose

TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp", "Cn"], exclude_characters="\ufffd"
    )
)
NAME = TEXT.filter(lambda name: len(name) <= 128)
WHOLE = st.integers(-(2**63), 2**63 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAME, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.slow
@given(
    st.dictionaries(NAME, JSON, max_size=4), st.booleans(), st.sampled_from([None, 1, "\t", "  "])
)
def test_json_is_read_as_what_it_is(
    document: dict[str, Any], ascii_alone: bool, indent: int | str | None
) -> None:
    text = json.dumps(document, ensure_ascii=ascii_alone, indent=indent)
    assert compose(text).document == document


def test_pairs_of_escapes_are_one_character_in_json_alone() -> None:
    assert compose('{"a": "\\ud83d\\ude00 \\\\ud83d\\\\ude00"}').document == {
        "a": "😀 \\ud83d\\ude00"
    }
    assert compose("a: '\\ud83d\\ude00'").document == {"a": "\\ud83d\\ude00"}
