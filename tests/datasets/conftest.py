"""A visited world, which all tests of data sets only read."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from tests.access.visited import Visited, visit
from tests.pairs import PAIRS, fresh_app
from tests.world import ALL_YES

NASTY = (
    '=HYPERLINK("http://x") 👍\r\n"quoted", <r>&</r>\t_x0041_ 𠮷野家',
    "+1 -1 @x",
    "<r><t>no markup</t></r>",
    "  blanks and a\x0bcontrol  ",
)
"""Comments as auditors might write them."""


@pytest.fixture(scope="session", params=PAIRS)
def filled_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with fresh_app(request, tmp_path_factory.mktemp("datasets")) as app:
        yield app


@pytest.fixture(scope="session")
def visited(filled_app: Flask) -> Visited:
    """A site's approved audit full of canaries, others of three regions and two organisations, one
    for each nasty comment, of another month, and one that waits for its review."""
    visited = visit(filled_app)
    world = visited.world
    for at, comment in enumerate(NASTY):
        answers = ALL_YES | {
            "clean": {"value": "no", "comment": comment},
            "greeted": {"not_applicable": True},
        }
        sent = world.another(answers, conducted_at=f"2026-04-{at + 1:02}T10:00:00+08:00")
        audit_id = uuid4()
        assert world.put(sent, audit_id).status_code == 201
        assert world.move(audit_id, "approve").status_code == 200
    assert world.put(world.another(ALL_YES)).status_code == 201
    return visited
