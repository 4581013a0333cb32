"""`python -m bench.walks`: what five walks enter of the product: files, functions, calls of them.

A walk is what one person does over HTTP, on SQLite and the local store.  It is counted the second
time, when what a process remembers is there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

import flask_migrate

from audit_api.app import create_app
from tests.world import World, declared, jpeg, make_world, small_checklist, upload

OWN = str(Path(__file__).parents[1] / "audit_api") + os.sep


def main() -> None:
    """Print a line for each walk."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "INSTANCE": folder,
                "SECRET": "a secret of the walks, long enough",
                "LOG_LEVEL": "ERROR",
            }
        )
        with app.app_context():
            flask_migrate.upgrade()
        world = make_world(app)
        print("| walk | files | functions | calls |\n|---|---|---|---|")
        for name, prepare in WALKS.items():
            prepare(world)()
            calls = calls_of(prepare(world))
            files = {file for file, _ in calls}
            print(f"| {name} | {len(files)} | {len(calls)} | {calls.total()} |")
        app.extensions["audit_worker"].close()


def calls_of(walk: Callable[[], None]) -> Counter[tuple[str, str]]:
    """Return how often a walk calls each function of the product, by file and name."""
    calls: Counter[tuple[str, str]] = Counter()

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if (
            event == "call"
            and code.co_filename.startswith(OWN)
            and not code.co_name.startswith("<")
        ):
            calls[code.co_filename.removeprefix(OWN), code.co_qualname] += 1

    sys.setprofile(note)
    try:
        walk()
    finally:
        sys.setprofile(None)
    return calls


def submit(world: World) -> Callable[[], None]:
    """A phone puts an audit with a photo, uploads it, and puts the audit again."""
    photo = jpeg()
    audit = world.audit(photos=[declared(photo, question="clean")], assignment_id=str(world.plan()))

    def walk() -> None:
        id_ = uuid4()
        for ticket in world.put(audit, id_).get_json()["uploads"]:
            upload(world.client, ticket, photo)
        assert world.put(audit, id_).get_json()["receipt"]["complete"]

    return walk


def _sent(world: World) -> str:
    id_ = uuid4()
    assert world.put(world.audit(assignment_id=str(world.plan())), id_).status_code == 201
    return str(id_)


def approve(world: World) -> Callable[[], None]:
    """A reviewer approves an audit."""
    id_ = _sent(world)
    tag = world.call("hq", "GET", f"/audits/{id_}").headers["ETag"]

    def walk() -> None:
        path = f"/audits/{id_}/moves"
        answer = world.call(
            "reviewer", "POST", path, {"action": "approve"}, headers={"If-Match": tag}
        )
        assert answer.status_code == 200

    return walk


def scorecard(world: World) -> Callable[[], None]:
    """A manager pulls the scorecard of a site."""

    def walk() -> None:
        path = f"/sites/{world.site_id}/scorecard?period=2026-03"
        assert world.call("manager", "GET", path).status_code == 200

    return walk


def report(world: World) -> Callable[[], None]:
    """HQ take the report of an audit."""
    id_ = _sent(world)

    def walk() -> None:
        assert world.call("hq", "GET", f"/audits/{id_}/report.pdf?lang=en").status_code == 200

    return walk


def publish(world: World) -> Callable[[], None]:
    """HQ draft a checklist and publish it."""
    document = small_checklist(key=f"key_{uuid4().hex}")

    def walk() -> None:
        drafted = world.call("hq", "POST", "/checklists", {"document": document})
        assert drafted.status_code == 201
        moved = world.call(
            "hq",
            "POST",
            f"/checklists/{drafted.get_json()['id']}/moves",
            {"action": "publish"},
            headers={"If-Match": drafted.headers["ETag"]},
        )
        assert moved.status_code == 200

    return walk


WALKS: Mapping[str, Callable[[World], Callable[[], None]]] = {
    "a phone submits an audit with a photo": submit,
    "a manager pulls a site's scorecard": scorecard,
    "HQ take an audit's report": report,
    "HQ draft and publish a checklist": publish,
    "a reviewer approves": approve,
}


if __name__ == "__main__":
    main()
