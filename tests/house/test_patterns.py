"""No regular expression of the house takes a time that grows faster than the text it reads."""

from __future__ import annotations

import re

import pytest

from tests.house.patterns import Inventory, hostile_text
from tests.house.test_house import house

STARTED_ALONE = ("child", "__main__")


def inventory() -> Inventory:
    found = Inventory()
    for module, source in house().items():
        if module.rpartition(".")[2] not in STARTED_ALONE:
            found.read(module, source)
    return found


def test_no_regular_expression_takes_longer_than_its_text_is_long() -> None:
    uses = list(inventory().uses())
    assert len(uses) > 80
    slow = {
        f"{use.place} ({use.manner}: {use.pattern.pattern!r})": text
        for use in uses
        if (text := hostile_text(use.pattern, use.manner))
    }
    assert not slow, slow


@pytest.mark.parametrize(
    ("pattern", "manner"),
    [
        (r"(.*?)\s*(?:\(\s*([a-z0-9_-]+)\s*\)|:+\s*([a-z0-9_-]+))", "fullmatch"),
        (r"[A-Za-z_]\w*(：)|[:\[{,-]\s*([“”])", "search"),
        (r"\s+and\s+", "search"),
        (r"「[^」]*」", "search"),
        (r"(a|a)*b", "match"),
        (r"(?:[^\"]+)*\"", "match"),
        (r"\s+$", "search"),
        (r"^(\w+\s?)*$", "match"),
    ],
)
def test_an_expression_that_takes_too_long_is_found(pattern: str, manner: str) -> None:
    assert hostile_text(re.compile(pattern), manner) is not None
