"""`flask checklists`: every error and warning of every file by line; published all or none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from audit_api.database import db
from audit_api.models import ChecklistVersion
from audit_api.services.sites import organisations
from tests.docs.texts import ROOT

SHIPPED = [str(path) for path in sorted((ROOT / "checklists").glob("*.yaml"))]
SMALL = """\
format: 1
key: small
locales: [en, zh]
title: {en: Small, zh: 小}
touchpoints:
  - key: arrival
    title: {en: Arrival, zh: 进店体验}
    questions:
      - {key: greeted, type: yes_no, title: {en: Greeted?, zh: 打招呼了吗？}}
"""


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["checklists", *map(str, arguments)])


@pytest.fixture
def organisation(app: Flask) -> str:
    with app.app_context():
        organisations.add(code="acme", name="Acme", locale="en", now=datetime.now(UTC))
        db.session.commit()
    return "acme"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    path = tmp_path / "doubtful.yaml"
    path.write_text(SMALL.replace(", zh: 进店体验", ""), encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    text = SMALL.replace("key: small", "key: Small").replace("type: yes_no", "type: quiz")
    path.write_text(text + "key: again\n", encoding="utf-8")
    return path


def published(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        rows = db.session.execute(sa.select(ChecklistVersion.number, ChecklistVersion.state))
        return sorted((row.number, row.state) for row in rows)


def test_the_shipped_checklists_have_neither_errors_nor_warnings(shared_app: Flask) -> None:
    checked = run(shared_app, "check", "--strict", *SHIPPED)
    assert checked.exit_code == 0
    assert checked.output.count("errors: 0, warnings: 0") == len(SHIPPED)


def test_every_error_and_warning_of_every_file_is_told_with_its_line(
    shared_app: Flask, broken: Path, doubtful: Path, sound: Path
) -> None:
    checked = run(shared_app, "check", broken, doubtful, sound)
    assert checked.exit_code == 1
    assert checked.stdout.splitlines() == [
        f"{broken}:2: error: A key begins with a small letter a–z and goes on with small letters,"
        " digits and underscores, 64 at most. (/key)",
        f"{broken}:9: error: quiz is not accepted here; accepted are: single, several, yes_no,"
        " scale, number, duration, count, text, date, time, photo, signature, place, barcode."
        " (/touchpoints/0/questions/0/type)",
        f"{broken}:10: error: This field stands here twice, first in line 2; the second one is not"
        " read. Remove one of them; or a “- ” is missing before a new entry. (/key)",
        f"{doubtful}:7: warning: There is no text in zh here, and people are shown the one in en;"
        " translate it. (/touchpoints/0/title/zh)",
        f"{broken}: errors: 3, warnings: 0. Warnings that errors may hide or cause are told once"
        " these are mended: check again.",
        f"{doubtful}: small, questions: 1, errors: 0, warnings: 1",
        f"{sound}: small, questions: 1, errors: 0, warnings: 0",
    ]


def test_warnings_fail_only_where_they_are_asked_to(
    shared_app: Flask, doubtful: Path, sound: Path
) -> None:
    assert run(shared_app, "check", doubtful).exit_code == 0
    assert run(shared_app, "check", "--strict", doubtful).exit_code == 1
    assert run(shared_app, "check", "--strict", sound).exit_code == 0


def test_what_was_found_is_told_in_chinese(shared_app: Flask, doubtful: Path) -> None:
    checked = run(shared_app, "check", "--language", "zh", doubtful)
    assert checked.stdout.splitlines() == [
        f"{doubtful}:7: 警告：此处缺少 zh 文本，将显示 en 的文本；请补充翻译。"
        "（/touchpoints/0/title/zh）",
        f"{doubtful}：small，问题 1 个，错误 0 个，警告 1 个",
    ]


def test_what_was_found_is_told_in_the_language_of_the_system(
    shared_app: Flask, doubtful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "警告" in run(shared_app, "check", doubtful).stdout


def test_programs_are_told_in_json(shared_app: Flask, broken: Path, doubtful: Path) -> None:
    checked = run(shared_app, "check", "--json", broken, doubtful)
    assert checked.exit_code == 1
    of_broken, of_doubtful = json.loads(checked.stdout)
    assert [error["code"] for error in of_broken["errors"]] == [
        "key_malformed",
        "word_not_accepted",
        "yaml_name_repeated",
    ]
    assert (of_broken["file"], of_broken["key"], of_broken["questions"]) == (
        str(broken),
        None,
        None,
    )
    assert of_doubtful == {
        "file": str(doubtful),
        "key": "small",
        "questions": 1,
        "errors": [],
        "warnings": [
            {
                "pointer": "/touchpoints/0/title/zh",
                "line": 7,
                "column": 5,
                "code": "translation_missing",
                "message": "There is no text in zh here, and people are shown the one in en;"
                " translate it.",
            }
        ],
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xd8\xff", ":1: error: This line is no text in utf-8"),
        (bytes(2**20), ":1: error: The invisible character U+0000"),
        (b"x" * (2**20 + 1), ":1: error: The file is too large"),
        (b"[" * 2**20, ":1: error: Values are nested deeper"),
        (b"", ":1: error: The file is empty"),
        (b"locales: ['a\n\n  x:9: error: b']", ":1: error: a x:9: error: b is no language tag"),
    ],
)
def test_a_file_that_is_no_checklist_is_told_line_by_line(
    shared_app: Flask, tmp_path: Path, data: bytes, told: str
) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(data)
    checked = run(shared_app, "check", path)
    assert checked.exit_code == 1
    assert isinstance(checked.exception, SystemExit)
    assert f"{path}{told}" in checked.stdout
    assert "()" not in checked.stdout
    assert all(line.startswith(f"{path}:") for line in checked.stdout.splitlines())


def test_files_are_published_as_the_next_versions(app: Flask, organisation: str) -> None:
    first = run(app, "publish", *SHIPPED, "--organisation", organisation)
    assert first.exit_code == 0, first.output
    assert "retail_store version 1, " in first.output
    assert published(app) == [(1, "published")] * len(SHIPPED)


def test_warnings_are_told_and_keep_nothing_from_being_published(
    app: Flask, organisation: str, doubtful: Path
) -> None:
    done = run(app, "publish", doubtful, "--organisation", organisation)
    assert done.exit_code == 0
    assert f"{doubtful}:7: warning: " in done.stderr
    assert done.stdout.startswith(f"{doubtful}: small version 1, ")
    assert published(app) == [(1, "published")]


def test_what_is_published_already_is_left_as_it_is(
    app: Flask, organisation: str, sound: Path
) -> None:
    run(app, "publish", sound, "--organisation", organisation)
    again = run(app, "publish", sound, SHIPPED[0], SHIPPED[0], "--organisation", organisation)
    assert (again.exit_code, again.stderr) == (0, "")
    first, second, third = again.stdout.splitlines()
    assert first == f"{sound}: small version 1 has this content already; nothing was done."
    assert second.startswith(f"{SHIPPED[0]}: bank_branch version 1, ")
    assert third.endswith("bank_branch version 1 has this content already; nothing was done.")
    assert published(app) == [(1, "published")] * 2


def test_of_files_with_an_error_none_is_published_and_all_errors_are_told(
    app: Flask, organisation: str, broken: Path, sound: Path
) -> None:
    refused = run(app, "publish", sound, broken, "--organisation", organisation)
    assert refused.exit_code == 1
    assert refused.stderr.count(f"{broken}:") == 3
    assert refused.stdout == ""
    assert published(app) == []
