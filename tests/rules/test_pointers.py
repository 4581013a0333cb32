"""JSON pointers lead to whatever an author has named, slashes and tildes too (RFC 6901)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import escaped, pointer_to, unescaped
from tests.rules.documents import document, option, question
from tests.rules.doubtful import Q, found


@pytest.mark.parametrize(
    ("names", "pointer"),
    [
        ((), ""),
        (("",), "/"),
        (("lines", 3, "a/b"), "/lines/3/a~1b"),
        (("m~n", "~1"), "/m~0n/~01"),
    ],
)
def test_a_pointer_is_made_of_names(names: tuple[object, ...], pointer: str) -> None:
    assert pointer_to(*names) == pointer


@given(st.lists(st.text("a/~01")))
def test_the_names_of_a_pointer_are_read_back(names: list[str]) -> None:
    assert [unescaped(token) for token in pointer_to(*names).split("/")[1:]] == names
    assert all(unescaped(escaped(name)) == name for name in names)


@pytest.mark.parametrize(("name", "warned"), [("s", True), ("s/t", False)])
def test_nothing_is_concluded_from_a_list_of_answers_whose_name_is_refused(
    name: str, warned: bool
) -> None:
    asked = question("c", "single", response_set=name, evidence={"photo": "when_failed"})
    options = [option("a", failed=False), option("b", failed=False)]
    told = found(document(asked, response_sets={name: options}))
    assert ((f"{Q}/evidence/photo", "evidence_never_failed") in told) is warned
