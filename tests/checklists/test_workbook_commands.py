"""`flask checklists template|export|import`: files written, never over another, faults by cell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from audit_api.cli.checklists import commands
from audit_api.database import db
from audit_api.manuscripts import checks
from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.rules import authoring
from audit_api.services.sites import organisations
from audit_api.sheets.xlsx_package import COMPOUND_FILE
from tests.docs.texts import ROOT
from tests.manuscripts.forms import GREETED, form, row
from tests.sheets.books import changed, grid, merged, place_of

HOTEL = ROOT / "checklists" / "hotel.yaml"


def run(app: Flask, *arguments: object) -> Result:
    assert {"template", "export", "import"} <= commands.commands.keys()
    return app.test_cli_runner().invoke(args=["checklists", *map(str, arguments)])


def digest_of(path: Path) -> str:
    return authoring.digest(checks.check(path.read_bytes()).require())


def test_a_template_is_written_in_the_language_asked_for(shared_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    done = run(shared_app, "template", "--locales", "zh, en", "--language", "en", "-o", path)
    assert (done.exit_code, done.output) == (0, f"wrote {path}\n")
    assert grid(path.read_bytes(), "questions")[0][2:4] == ["title (zh)", "title (en)"]
    unknown = run(shared_app, "template", "--locales", "Klingon", "-o", tmp_path / "k.xlsx")
    assert unknown.exit_code == 1
    assert "Klingon is no language tag" in unknown.stderr


def test_a_workbook_speaks_the_language_nearest_to_the_checklist_s(
    shared_app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "new.xlsx"
    assert run(shared_app, "template", "--locales", "zh-CN, en-US", "-o", path).exit_code == 0
    headings = grid(path.read_bytes(), "问题")[0]
    assert headings[2:4] == ["标题 (zh-CN)", "标题 (en-US)"]
    example = next(row for row in grid(path.read_bytes(), "问题") if row[1] == "arrival")
    assert example[2:4] == ["进店体验", "Arrival"]


def test_a_checklist_goes_out_as_a_workbook_and_comes_in_as_yaml(
    shared_app: Flask, tmp_path: Path
) -> None:
    book, text = tmp_path / "hotel.xlsx", tmp_path / "hotel.yaml"
    assert run(shared_app, "export", HOTEL, "-o", book).exit_code == 0
    assert run(shared_app, "import", book, "-o", text).exit_code == 0
    assert digest_of(text) == digest_of(HOTEL)
    assert run(shared_app, "check", text).exit_code == 0


def test_a_published_version_is_exported_by_its_digest(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        organisations.add(code="acme", name="Acme", locale="en", now=datetime.now(UTC))
        db.session.commit()
    assert run(app, "publish", HOTEL, "--organisation", "acme").exit_code == 0
    book, digest = tmp_path / "book.xlsx", digest_of(HOTEL)
    done = run(app, "export", "--digest", digest, "--organisation", "acme", "-o", book)
    assert done.exit_code == 0, done.output
    imported = read_workbook(book.read_bytes())
    assert imported.document is not None
    assert authoring.digest(authoring.parse(imported.document)) == digest
    missing = run(app, "export", "--digest", "0" * 64, "--organisation", "acme", "-o", book)
    assert missing.exit_code == 1


@pytest.mark.parametrize("arguments", [[], ["--digest", "0" * 64], [HOTEL, "--digest", "0" * 64]])
def test_an_export_is_of_one_thing(
    shared_app: Flask, tmp_path: Path, arguments: list[object]
) -> None:
    done = run(shared_app, "export", *arguments, "-o", tmp_path / "x.xlsx")
    assert done.exit_code == 2
    assert "Give either FILE, or --digest and --organisation" in done.output


def test_a_broken_checklist_is_not_exported(shared_app: Flask, tmp_path: Path) -> None:
    broken, book = tmp_path / "broken.yaml", tmp_path / "x.xlsx"
    broken.write_text(HOTEL.read_text("utf-8").replace("format: 1", "format: 7"), "utf-8")
    done = run(shared_app, "export", broken, "-o", book)
    assert done.exit_code == 1
    assert "/format: " in done.stderr
    assert not book.exists()


def test_every_fault_is_told_by_sheet_and_cell_and_nothing_is_written(
    shared_app: Flask, tmp_path: Path
) -> None:
    data = template(["en"])
    points = place_of(data, "questions", "points", "entrance_clean")
    weight = place_of(data, "questions", "weight", "greeting_time")
    book, text = tmp_path / "book.xlsx", tmp_path / "book.yaml"
    book.write_bytes(changed(data, {points: "many", weight: "a\nlot"}))
    done = run(shared_app, "import", book, "-o", text)
    assert done.exit_code == 1
    accepted = "is no number. Accepted: digits with a point before the decimals, as 2.5."
    assert done.stderr.splitlines() == [
        f"{book}: {points}: error: “many” {accepted}",
        f"{book}: {weight}: error: “a lot” {accepted}",
    ]
    assert not text.exists()
    chinese = run(shared_app, "import", book, "-o", text, "--language", "zh")
    assert f"{book}: {weight}：错误：" in chinese.stderr


def test_a_workbook_is_checked_and_published_like_a_text(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        organisations.add(code="acme", name="Acme", locale="en", now=datetime.now(UTC))
        db.session.commit()
    book = tmp_path / "hotel.xlsx"
    assert run(app, "export", HOTEL, "-o", book).exit_code == 0
    checked = run(app, "check", book)
    assert checked.exit_code == 0
    assert checked.output.endswith("errors: 0, warnings: 0\n")
    published = run(app, "publish", book, "--organisation", "acme")
    assert digest_of(HOTEL) in published.output
    assert run(app, "diff", book, HOTEL).exit_code == 0


def test_a_workbook_with_faults_is_told_by_its_cells_whatever_command_reads_it(
    shared_app: Flask, tmp_path: Path
) -> None:
    data = template(["en"])
    points = place_of(data, "questions", "points", "entrance_clean")
    book = tmp_path / "book.xlsx"
    book.write_bytes(merged(changed(data, {points: "many"}), "questions!A4:A5"))
    for command in (["check"], ["import", "-o", tmp_path / "x.yaml"]):
        done = run(shared_app, *command, book)
        assert done.exit_code == 1
        assert f"{book}: {points}: error: “many” is no number." in done.output
        assert f"{book}: questions!A4: error: The cells A4:A5 are merged" in done.output
        chinese = run(shared_app, *command, book, "--language", "zh")
        assert "questions!A4：错误：单元格 A4:A5 已合并" in chinese.output


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.xls", COMPOUND_FILE + b"\0" * 512),
        ("old.xlsx", COMPOUND_FILE + b"\0" * 512),
        ("locked.xlsx", COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le")),
        ("table.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_any_other_kind_of_workbook_is_asked_for_as_xlsx(
    shared_app: Flask, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for command in (
        ["check"],
        ["import", "-o", tmp_path / "x"],
        ["import", "--xlsform", "-o", "x"],
    ):
        done = run(shared_app, *command, path)
        assert done.exit_code == 1
        assert "“Excel Workbook (.xlsx)”" in done.output
        chinese = run(shared_app, *command, path, "--language", "zh")
        assert "“Excel 工作簿（.xlsx）”" in chinese.output


def test_csv_and_forms_given_as_workbooks_say_what_is_accepted(
    shared_app: Flask, tmp_path: Path
) -> None:
    table, book = tmp_path / "table.csv", tmp_path / "form.xlsx"
    table.write_text("type,key,title\n", "utf-8")
    book.write_bytes(form(GREETED))
    told = run(shared_app, "import", table, "-o", tmp_path / "x").output
    assert "save it as “Excel Workbook (.xlsx)”" in told
    assert "--xlsform" in run(shared_app, "import", book, "-o", tmp_path / "x").output


def test_an_xlsform_is_imported_with_its_notes(shared_app: Flask, tmp_path: Path) -> None:
    book, text = tmp_path / "form.xlsx", tmp_path / "form.yaml"
    book.write_bytes(form(GREETED, row("note", "bye")))
    done = run(shared_app, "import", "--xlsform", book, "-o", text)
    assert done.exit_code == 0
    assert f"{book}: survey!A3: note: Notes are not carried over" in done.stderr
    assert checks.check(text.read_bytes()).require().touchpoints[0].key == "general"


def test_a_file_that_is_there_is_replaced_only_by_force(shared_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("my work")
    kept = run(shared_app, "template", "-o", path)
    assert kept.exit_code == 1
    assert "--force replaces it" in kept.output
    assert path.read_text() == "my work"
    assert run(shared_app, "template", "-o", path, "--force").exit_code == 0
    assert path.read_bytes() == template(["en", "zh"])


def test_what_cannot_be_written_is_told(shared_app: Flask, tmp_path: Path) -> None:
    done = run(shared_app, "template", "-o", tmp_path / "no" / "folder.xlsx")
    assert done.exit_code == 1
    assert "No such file or directory" in done.output
