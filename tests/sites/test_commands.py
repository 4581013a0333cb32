"""The operator's commands: people and places without the API."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from audit_api.app import create_app
from audit_api.database import db, lacks_table
from audit_api.services.people import passwords, users
from tests.organisations import address


@pytest.fixture
def organisation(lasting_app: Flask) -> str:
    code = f"org-{secrets.token_hex(6)}"
    added = flask(lasting_app, "organisations", "add", code, "Tea & Co", "--locale", "zh")
    assert added.output == f"added {code}\n"
    return code


def flask(app: Flask, *args: str, stdin: str = "") -> Result:
    return app.test_cli_runner().invoke(args=list(args), input=stdin)


def test_an_organisation_is_added_once_and_listed(lasting_app: Flask, organisation: str) -> None:
    assert f"{organisation}\tzh\tTea & Co" in flask(lasting_app, "organisations", "list").output
    again = flask(lasting_app, "organisations", "add", organisation, "Tea & Co")
    assert again.exit_code == 1
    assert again.stderr == f"Another organisation has this code: {organisation}.\n"


def test_without_tables_a_command_says_how_to_make_them(tmp_path: Path) -> None:
    app = create_app({"INSTANCE": str(tmp_path)})
    for locale, told in (("en", "There is no database yet"), ("zh", "还没有数据库")):
        refused = flask(app, "organisations", "list", "--language", locale)
        assert refused.exit_code == 1
        assert told in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_a_table_that_is_not_there_is_told_from_what_is_wrong_with_a_statement(
    lasting_app: Flask,
) -> None:
    with lasting_app.app_context():
        for statement, lacking in (("SELECT 1 FROM nowhere", True), ("SELECT nothing", False)):
            with pytest.raises(sa.exc.DBAPIError) as refusal:
                db.session.execute(sa.text(statement))
            assert lacks_table(refusal.value) is lacking
            db.session.rollback()


def test_a_region_and_a_site_are_added_and_listed(lasting_app: Flask, organisation: str) -> None:
    at = ["--organisation", organisation]
    added = [
        flask(lasting_app, "regions", "add", "cn", "China", *at),
        flask(lasting_app, "regions", "add", "east", "East", "--parent", "cn", *at),
        flask(
            lasting_app,
            "sites",
            "add",
            "s1",
            "Nanjing Road",
            "--region",
            "east",
            "--time-zone",
            "Asia/Shanghai",
            *at,
        ),
    ]
    assert [result.output for result in added] == ["added cn\n", "added east\n", "added s1\n"]
    assert flask(lasting_app, "regions", "list", *at).output == "cn\t\tChina\neast\tcn\tEast\n"
    held = flask(lasting_app, "regions", "delete", "cn", *at)
    assert (held.exit_code, held.stderr) == (
        1,
        "Not empty\nRegions right under it (1): east. Move or delete them.\n",
    )
    flask(lasting_app, "regions", "add", "west", "West", *at)
    assert flask(lasting_app, "regions", "delete", "west", *at).output == "deleted west\n"
    assert flask(lasting_app, "regions", "list", *at).output == "cn\t\tChina\neast\tcn\tEast\n"
    assert flask(lasting_app, "sites", "list", *at).output == (
        "s1\town\tAsia/Shanghai\tNanjing Road\n"
    )


def test_a_user_is_added_with_a_password_and_gets_another(
    lasting_app: Flask, organisation: str
) -> None:
    email = address("kim")
    flask(lasting_app, "regions", "add", "cn", "China", "--organisation", organisation)
    added = flask(
        lasting_app,
        "users",
        "add",
        email,
        "Kim",
        "manager",
        "--organisation",
        organisation,
        "--region",
        "cn",
        "--password-stdin",
        stdin="correct horse\n",
    )
    assert added.output == f"added {email}\n"
    asked = "another horse\n" * 2
    assert flask(lasting_app, "users", "password", email, stdin=asked).exit_code == 0
    with lasting_app.app_context():
        user = users.find_email(email)
        assert len(user.region_ids) == 1
        assert passwords.matches(user.password_hash, "another horse")
        db.session.rollback()
    flask(lasting_app, "users", "deactivate", email)
    listed = flask(lasting_app, "users", "list", "--organisation", organisation).output
    assert listed == f"{email}\tmanager\tdeactivated\tKim\n"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "line 2, column name: The cell is empty. It is needed.\n"
            "line 3: The line has 1 cells. Accepted: 3, as many as the header.\n",
        ),
        (
            "zh",
            "第 2 行，name 列：单元格为空，此处必填。\n"
            "第 3 行：该行有 1 个单元格。可接受：3 个，与表头一致。\n",
        ),
    ],
)
def test_every_fault_of_a_file_is_said_in_the_operators_language(
    lasting_app: Flask, organisation: str, tmp_path: Path, language: str, expected: str
) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("code,name,parent_code\nx,,\ny\n")
    result = flask(
        lasting_app,
        "regions",
        "import",
        str(file),
        "--organisation",
        organisation,
        "--language",
        language,
    )
    assert result.exit_code == 1
    assert result.stderr.endswith(expected)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("LANG", "zh_CN.UTF-8", "没有这个组织。"),
        ("LC_MESSAGES", "zh_TW.UTF-8@stroke", "没有这个组织。"),
        ("LC_ALL", "C", "There is no such organisation."),
        ("LANG", "zha_CN", "没有这个组织。"),
        ("LANG", "enm", "There is no such organisation."),
    ],
)
def test_the_language_is_that_of_the_terminal(
    lasting_app: Flask, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    result = flask(lasting_app, "sites", "list", "--organisation", "nobody")
    assert (result.exit_code, result.stderr) == (1, f"{told}\n")


def test_the_language_asked_for_may_be_that_of_a_region(lasting_app: Flask) -> None:
    asked = ["sites", "list", "--organisation", "nobody", "--language"]
    assert flask(lasting_app, *asked, "zh-HK").stderr == "没有这个组织。\n"
    refused = flask(lasting_app, *asked, "fr")
    assert (refused.exit_code, "Accepted: en, zh" in refused.stderr) == (2, True)


def test_files_are_imported_and_counted_and_a_dry_run_writes_nothing(
    lasting_app: Flask, organisation: str, tmp_path: Path
) -> None:
    at = ["--organisation", organisation]
    files = {
        "regions": "code,name\ncn,China\n",
        "sites": "code,name,region_code,time_zone\ns1,Nanjing Road,cn,Asia/Shanghai\n",
        "users": f"email,name,role,region_codes\n{address('m')},M,manager,cn\n",
    }
    for noun, text in files.items():
        file = tmp_path / f"{noun}.csv"
        file.write_text(text)
        read, counted, _ = flask(
            lasting_app, noun, "import", str(file), *at, "--dry-run"
        ).output.rpartition("would be added 1, changed 0, unchanged 0\n")
        assert counted
        assert read.splitlines() == [
            "read as utf-8, cells separated by ,",
            *(
                f"{number}\t{line.replace(',', ' | ')}"
                for number, line in enumerate(text.splitlines(), start=1)
            ),
        ]
        said = [flask(lasting_app, noun, "import", str(file), *at).output for _ in range(2)]
        assert said == [
            "added 1, changed 0, unchanged 0\n",
            "added 0, changed 0, unchanged 1\n",
        ]


def test_a_text_that_is_too_long_is_refused_before_the_database(
    lasting_app: Flask, organisation: str
) -> None:
    result = flask(lasting_app, "regions", "add", "x" * 65, "X", "--organisation", organisation)
    assert result.exit_code == 1
    assert result.stderr.endswith("/code: Accepted: 1 to 64 characters or elements.\n")


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Character 7 of"), ("zh", "第 7 个字符不可见")]
)
def test_a_character_that_nobody_sees_is_told_in_the_operators_language(
    lasting_app: Flask, organisation: str, language: str, told: str
) -> None:
    at = ["--organisation", organisation, "--language", language]
    result = flask(lasting_app, "regions", "add", "SH-001\u200b", "North", *at)
    assert (result.exit_code, told in result.stderr) == (1, True)


@pytest.mark.parametrize("given", ["nan", "inf", "-90.1", "1e400", "９1"])
def test_a_latitude_is_a_number_of_degrees(
    lasting_app: Flask, organisation: str, given: str
) -> None:
    at = ["--organisation", organisation, "--region", "none", "--time-zone", "Asia/Shanghai"]
    result = flask(lasting_app, "sites", "add", "S1", "Site", *at, "--latitude", given)
    assert result.exit_code == 2
    assert "--latitude" in result.stderr


@pytest.mark.parametrize("given", ["\udcff", "\0", "x" * 100, ""])
def test_what_is_no_digest_names_no_version(
    lasting_app: Flask, organisation: str, tmp_path: Path, given: str
) -> None:
    at = ["--organisation", organisation, "-o", str(tmp_path / "book.xlsx")]
    result = flask(lasting_app, "checklists", "export", "--digest", given, *at)
    assert (result.exit_code, result.stderr) == (1, "There is no such checklist version.\n")


def test_a_file_is_read_in_the_charset_that_is_named(
    lasting_app: Flask, organisation: str, tmp_path: Path
) -> None:
    file = tmp_path / "regions.csv"
    file.write_bytes("code;name\nhk;花店\n".encode("big5"))
    at = ["--organisation", organisation, "--language", "zh"]
    untold = flask(lasting_app, "regions", "import", str(file), *at)
    assert (untold.exit_code, "big5" in untold.stderr) == (1, True)
    wrong = flask(lasting_app, "regions", "import", str(file), *at, "--charset", "klingon")
    assert "klingon" in wrong.stderr
    named = ["regions", "import", str(file), *at, "--charset", "big5"]
    shown = flask(lasting_app, *named, "--dry-run")
    assert shown.output.splitlines()[:3] == [
        "按 big5 编码读取，单元格分隔符：;",
        "1\tcode | name",
        "2\thk | 花店",
    ]
    flask(lasting_app, *named)
    assert flask(lasting_app, "regions", "list", *at[:2]).output == "hk\t\t花店\n"


def test_a_name_that_no_report_can_print_is_told(lasting_app: Flask, organisation: str) -> None:
    at = ["--organisation", organisation, "--language", "en"]
    added = flask(lasting_app, "regions", "add", "n", "ש", *at)
    assert (added.exit_code, added.stdout) == (0, "added n\n")
    assert added.stderr.startswith("/name: Reports have no letter for ש (U+05E9)")
    assert flask(lasting_app, "regions", "add", "m", "𠮷", *at).stderr == ""
