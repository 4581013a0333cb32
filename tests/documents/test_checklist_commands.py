"""`flask checklists`: every fault of every file with its line; published all or none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from audit_api.database import db
from audit_api.models import ChecklistVersion
from audit_api.services import organisations
from tests.documents.texts import ROOT

SHIPPED = [str(path) for path in sorted((ROOT / "checklists").glob("*.yaml"))]


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["checklists", *map(str, arguments)])


@pytest.fixture
def organisation(app: Flask) -> str:
    with app.app_context():
        organisations.add(code="acme", name="Acme", locale="en", now=datetime.now(UTC))
        db.session.commit()
    return "acme"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    text = (ROOT / "checklists/retail_store.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("weight: 15", "weight: -3").replace("from: 31,", "form: 31,"))
    return path


def published(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        rows = db.session.execute(sa.select(ChecklistVersion.number, ChecklistVersion.state))
        return sorted((row.number, row.state) for row in rows)


def test_the_shipped_checklists_have_no_faults(shared_app: Flask) -> None:
    checked = run(shared_app, "check", *SHIPPED)
    assert checked.exit_code == 0
    assert checked.output.count("no faults") == len(SHIPPED)


def test_every_fault_of_every_file_is_told_with_its_line(
    shared_app: Flask, broken: Path, tmp_path: Path
) -> None:
    unread = tmp_path / "unread.yaml"
    unread.write_text("a: 1\nb: [1\nc: 2\n")
    checked = run(shared_app, "check", broken, unread, *SHIPPED)
    assert checked.exit_code == 1
    assert "no faults" not in checked.output
    lines = broken.read_text().splitlines()
    for number, line in enumerate(lines, start=1):
        for sign, member in (("weight: -3", "weight"), ("form: 31", "form")):
            if sign in line:
                assert f"{broken}:{number}:/touchpoints/" in checked.stderr
                assert f"/{member}: " in checked.stderr
    assert f"{unread}: Line 3: not acceptable YAML" in checked.stderr


def test_a_missing_member_is_placed_where_it_should_stand(
    shared_app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text(
        "format: 1\nkey: bare\nlocales: [en]\ntitle: {en: Bare}\ntouchpoints:\n  - key: a\n"
    )
    checked = run(shared_app, "check", path)
    assert f"{path}:6:/touchpoints/0/title: This has to be given." in checked.stderr


def test_a_file_that_is_no_text_is_refused(shared_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\xff\xd8\xff")
    assert "the text is not UTF-8" in run(shared_app, "check", path).output


def test_files_are_published_as_the_next_versions(app: Flask, organisation: str) -> None:
    first = run(app, "publish", *SHIPPED, "--organisation", organisation)
    assert first.exit_code == 0, first.output
    assert "retail_store version 1, " in first.output
    assert published(app) == [(1, "published"), (1, "published")]


def test_what_is_published_already_is_refused_and_nothing_is_written(
    app: Flask, organisation: str
) -> None:
    run(app, "publish", SHIPPED[1], "--organisation", organisation)
    again = run(app, "publish", *SHIPPED, "--organisation", organisation)
    assert again.exit_code == 1
    assert "Another checklist version has this digest" in again.stderr
    assert again.stdout == ""
    assert published(app) == [(1, "published")]


def test_of_files_with_a_fault_none_is_published(
    app: Flask, organisation: str, broken: Path
) -> None:
    refused = run(app, "publish", SHIPPED[0], broken, "--organisation", organisation)
    assert refused.exit_code == 1
    assert published(app) == []
