"""What the product says of itself: a line for each request, and nothing that is secret in it."""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit_api.app import create_app
from audit_api.config import InvalidSetting
from tests.world import World

ROOT = logging.getLogger("audit_api")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is written to the house's own handlers."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    ROOT.addHandler(handler)
    yield said
    ROOT.removeHandler(handler)


def test_a_request_leaves_one_line_with_its_route_and_no_secret(
    world: World, lines: io.StringIO
) -> None:
    path = f"/sites/{world.site_id}/scorecard?period=2026-03"
    answer = world.call("manager", "GET", path)
    (line,) = lines.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("ms") >= 0
    assert told == {
        "method": "GET",
        "route": "/api/v1/sites/<uuid:site_id>/scorecard",
        "status": 200,
        "request_id": answer.headers["X-Request-Id"],
        "who": str(world.users["manager"]),
    }


def test_the_least_level_is_kept_and_an_unknown_one_is_refused_by_name(tmp_path: Path) -> None:
    before = ROOT.level
    try:
        create_app({"INSTANCE": str(tmp_path), "LOG_LEVEL": "WARNING"})
        assert not logging.getLogger("audit_api.requests").isEnabledFor(logging.INFO)
        with pytest.raises(InvalidSetting, match="AUDIT_LOG_LEVEL is 'loud'; accepted: DEBUG"):
            create_app({"INSTANCE": str(tmp_path), "LOG_LEVEL": "loud"})
    finally:
        ROOT.setLevel(before)


def test_a_start_clears_away_what_a_killed_upload_left_long_ago(tmp_path: Path) -> None:
    incoming = tmp_path / "photos" / "incoming"
    incoming.mkdir(parents=True)
    old, new = incoming / "old", incoming / "new"
    for draft in (old, new):
        draft.write_bytes(b"half a photo")
    long_ago = new.stat().st_mtime - 3 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    create_app({"INSTANCE": str(tmp_path)})
    assert [path.name for path in incoming.iterdir()] == ["new"]
