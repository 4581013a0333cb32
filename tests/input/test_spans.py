"""A JSON text is taken apart where a JSON reader would take it apart."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audit_api.api.http import spans

TEXTS = st.text(st.sampled_from('ab"\\[]{},: \n\U0001f600'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)
WRITINGS = st.builds(dict, indent=st.sampled_from([None, 0, 2]), ensure_ascii=st.booleans())


@given(values=st.lists(VALUES), writing=WRITINGS)
def test_each_element_of_a_list_is_found(values: list[Any], writing: dict[str, Any]) -> None:
    text = json.dumps(values, **writing).encode()
    assert [json.loads(text[place]) for place in spans.elements(text)] == values


@given(value=st.dictionaries(TEXTS, VALUES), name=TEXTS, writing=WRITINGS)
def test_a_member_of_an_object_is_found_by_its_name(
    value: dict[str, Any], name: str, writing: dict[str, Any]
) -> None:
    text = json.dumps(value, **writing).encode()
    for wanted in (*value, name):
        place = spans.member(text, wanted)
        found = {} if place is None else {wanted: json.loads(text[place])}
        assert found == {key: value[key] for key in value if key == wanted}
