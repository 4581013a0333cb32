"""`flask checklists diff`: two versions compared, from files or as they were published."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from audit_api.cli.checklists import commands
from audit_api.database import db
from audit_api.manuscripts import checks
from audit_api.models import Organisation
from audit_api.services.access import Who
from audit_api.services.checklists import versions
from tests.checklists.calls import TEXT
from tests.world import NOW


def diff(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(commands, ["diff", *map(str, arguments)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    older, newer = tmp_path / "older.yaml", tmp_path / "newer.yaml"
    older.write_text(TEXT, encoding="utf-8")
    newer.write_text(TEXT.replace("yes_no,", "yes_no, weight: 2,"), encoding="utf-8")
    return older, newer


def test_the_command_compares_files(lasting_app: Flask, files: tuple[Path, Path]) -> None:
    found = diff(lasting_app, *files)
    assert (found.exit_code, found.output.splitlines()) == (
        0,
        [
            "Question 1.1 (greeted): weight 1 → 2: scores are no longer comparable.",
            "The scores of the two versions cannot be compared over time.",
        ],
    )
    same = diff(lasting_app, files[0], files[0], "--language", "zh")
    assert same.output == "两个版本内容相同。\n"


def test_the_command_compares_what_was_published(
    lasting_app: Flask, hq: Who, files: tuple[Path, Path]
) -> None:
    version = versions.publish_at_once(checks.check(TEXT), by=hq, now=NOW)
    digest, code = version.digest, db.session.get_one(Organisation, hq.organisation_id).code
    db.session.commit()
    found = diff(lasting_app, digest, files[1], "--organisation", code)
    assert "Question 1.1 (greeted): weight 1 → 2" in found.output
    unknown = diff(lasting_app, "0" * 64, files[1], "--organisation", code)
    assert (unknown.exit_code, "no such checklist version" in unknown.output) == (1, True)
    assert diff(lasting_app, digest, files[1]).exit_code == 2


def test_the_command_tells_every_fault_of_a_file_with_its_line(
    lasting_app: Flask, files: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(TEXT.replace("format: 1", "format: 2") + "more: 1\n", encoding="utf-8")
    refused = diff(lasting_app, files[0], broken)
    assert refused.exit_code == 1
    assert f"{broken}:2:/format: " in refused.output
    assert f"{broken}:11:/more: " in refused.output
    nowhere = diff(lasting_app, files[0], tmp_path / "nothing.yaml")
    assert (nowhere.exit_code, "No such file" in nowhere.output) == (1, True)
