"""Checklists written in the page, uploaded, and refused with nothing lost."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from audit_api.errors import Kind, Problem
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.readers import checklists
from audit_api.rules import authoring as rules
from tests.checklists.calls import TEXT
from tests.console.checklists.office import NEW, ROOM, Office, listed, version_of
from tests.manuscripts.forms import form, row
from tests.organisations import person, tenant
from tests.rules.documents import document, question

FAULTY = TEXT.replace("yes_no", "yesno")
BROKEN = TEXT.replace("key: store", "key: [store")


def test_a_draft_is_kept_with_its_faults_each_told_at_its_line(office: Office) -> None:
    path = office.drafted(FAULTY)
    page = office.get(f"{path}/edit")
    assert FAULTY.splitlines()[0] in page.text
    assert [told.split(" yesno")[0] for told in listed(page)] == ["error Line 10, column 24"]
    assert "Did you mean yes_no?" in listed(page)[0]
    shown = office.get(path)
    assert listed(shown) == listed(page)
    assert f"{path}/publish" not in shown.text


def test_what_cannot_be_read_is_refused_and_stays_in_the_page(office: Office) -> None:
    refused = office.post(NEW, text=BROKEN)
    assert refused.status_code == 422
    assert "key: [store" in refused.text
    assert "# What every visit asks." in refused.text
    assert any(told.startswith("error Line ") for told in listed(refused))
    assert office.get(ROOM).text.count("Version ") == 0


def test_a_text_is_checked_as_it_is_typed_in_the_language_of_the_page(office: Office) -> None:
    told = office.check(FAULTY).get_json()
    [remark] = told["remarks"]
    assert (remark["line"], remark["column"], remark["severity"]) == (10, 24, "error")
    assert told["summary"].startswith("Errors: 1.")
    assert office.check(FAULTY, "zh").get_json()["summary"].startswith("错误：1")
    assert office.check(TEXT).get_json() == {
        "summary": "Nothing is wrong, and nothing is doubtful.",
        "remarks": [],
    }
    assert office.get(ROOM).text.count("Version ") == 0


def test_lines_of_a_browsers_form_are_kept_as_they_were_typed(office: Office) -> None:
    path = office.drafted(TEXT.replace("\n", "\r\n"))
    assert office.get(f"{path}/checklist.yaml").data.decode() == TEXT


def test_of_two_who_write_a_draft_the_second_is_told_and_loses_nothing(office: Office) -> None:
    path = office.drafted(TEXT)
    seen = version_of(office.get(f"{path}/edit"))
    mine, theirs = TEXT.replace("Greeted?", "Mine?"), TEXT.replace("Greeted?", "Theirs?")
    assert office.post(f"{path}/edit", version=seen, text=theirs).status_code == 303
    stale = office.post(f"{path}/edit", version=seen, text=mine)
    assert stale.status_code == 412
    assert "Mine?" in stale.text
    assert "Somebody else saved this draft" in stale.text
    again = office.post(f"{path}/edit", version=version_of(stale), text=mine)
    assert again.status_code == 303
    assert "Mine?" in office.get(f"{path}/edit").text


def test_while_nobody_can_check_what_was_typed_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.drafted(TEXT)

    def away(*_: object, **__: object) -> None:
        raise Problem(Kind.UNAVAILABLE, retry_after=5, what="document reader")

    monkeypatch.setattr(checklists, "check", away)
    refused = office.post(f"{path}/edit", version=1, text=TEXT.replace("Greeted?", "Mine?"))
    assert refused.status_code == 503
    assert "Mine?" in refused.text
    assert "It could not be checked just now." in refused.text


def test_a_draft_keeps_its_key(office: Office) -> None:
    path = office.drafted(TEXT)
    refused = office.post(f"{path}/edit", version=1, text=TEXT.replace("key: store", "key: shop"))
    assert refused.status_code == 422
    assert "shop is not accepted here; accepted are: store" in refused.text


def test_one_begins_from_a_checklist_that_comes_with_the_product(office: Office) -> None:
    small = office.get(NEW, "zh")
    assert "locales: [zh, en]" in small.text
    assert listed(small) == []
    assert "key: hotel" in office.get(f"{NEW}?example=hotel").text
    assert office.get(f"{NEW}?example=../secret").status_code == 422


def test_a_workbook_becomes_a_draft(office: Office) -> None:
    book = write_workbook(rules.parse(document(question("greeted"))))
    path = office.follow(office.upload(book, "store.xlsx"))
    page = office.get(f"{path}/edit")
    assert "key: greeted" in page.text
    assert listed(page) == []


def test_a_faulty_workbook_is_refused_with_the_cell_to_mend(office: Office) -> None:
    book = load_workbook(io.BytesIO(write_workbook(rules.parse(document(question("greeted"))))))
    sheet = book["questions"]
    column = next(cell.column for cell in sheet[1] if cell.value == "weight")
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[1].value == "greeted")
    cell = sheet.cell(row, column)
    cell.value = "heavy"
    held = io.BytesIO()
    book.save(held)
    refused = office.upload(held.getvalue(), "store.xlsx")
    assert refused.status_code == 422
    assert any(told.startswith(f"error questions!{cell.coordinate} ") for told in listed(refused))


def test_an_xlsform_becomes_a_draft_only_where_it_is_said_to_be_one(office: Office) -> None:
    asked = form(row("begin_group", "arrival"), row("text", "name"), row("end_group"))
    assert office.upload(asked, "form.xlsx").status_code == 422
    path = office.follow(office.upload(asked, "form.xlsx", kind="xlsform"))
    assert "key: name" in office.get(f"{path}/edit").text


def test_no_file_is_refused(office: Office) -> None:
    assert office.post(f"{ROOM}/upload").status_code == 422


def test_only_hq_writes(office: Office, manager: Office) -> None:
    path = office.published(TEXT)
    for address in (NEW, f"{ROOM}/upload", f"{path}/edit", f"{path}/publish", f"{ROOM}/empty.xlsx"):
        assert manager.get(address).status_code == 403, address
    for address in (NEW, f"{path}/edit", f"{path}/next", f"{path}/retire", f"{path}/delete"):
        assert manager.post(address, version=2, text=TEXT).status_code == 403, address
    assert manager.check(TEXT).status_code == 403
    assert manager.upload(TEXT.encode(), "store.yaml").status_code == 403


def test_another_organisations_draft_is_not_there(office: Office, context: Flask) -> None:
    path = office.drafted(TEXT)
    other = Office(context, person(tenant(), "hq"))
    for below in ("", "/edit", "/publish", "/preview", "/checklist.yaml", "/checklist.xlsx"):
        assert other.get(f"{path}{below}").status_code == 404, below
    for below in ("/edit", "/publish", "/preview", "/retire", "/delete", "/next"):
        assert other.post(f"{path}{below}", version=1, text=TEXT).status_code == 404, below
