"""Checklists checked, tried out, compared, and handed out and taken in as workbooks."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook

from audit_api.manuscripts.files import WORKBOOK
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.rules import authoring as rules
from audit_api.sheets.xlsx_package import COMPOUND_FILE
from tests.checklists.calls import FAULTY, TEXT, URL, post, publish, published, remarks
from tests.rules.documents import Json, document, question, words
from tests.sheets.books import merged


def test_a_workbook_becomes_a_draft_and_is_given_back(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    asked = document(question("greeted"))
    book = write_workbook(rules.parse(asked))
    saved = post(client, headers, book)
    assert (saved.status_code, saved.json["errors"]) == (201, [])
    path = saved.headers["Location"]
    back = client.get(f"{path}/document.xlsx", headers=headers | {"Accept-Language": "zh"})
    assert back.mimetype == WORKBOOK
    assert "检查表" in load_workbook(io.BytesIO(back.data)).sheetnames
    read = read_workbook(back.data)
    assert read.document is not None
    assert rules.parse(read.document) == rules.parse(asked)
    assert publish(client, path, headers).status_code == 200


def test_a_faulty_workbook_is_refused_with_every_cell_to_mend(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    book = load_workbook(io.BytesIO(write_workbook(rules.parse(document(question("greeted"))))))
    sheet = book["questions"]
    column = next(cell.column for cell in sheet[1] if cell.value == "weight")
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[1].value == "greeted")
    cell = sheet.cell(row, column)
    cell.value = "heavy"
    held = io.BytesIO()
    book.save(held)
    for path in ("", "/checks"):
        answer = post(client, headers, held.getvalue(), path)
        assert answer.status_code == (200 if path else 422)
        (error,) = answer.json["errors"]
        assert error["pointer"] == f"/questions/{row}/{cell.column_letter}"


def test_what_is_lost_in_a_workbook_is_told_in_the_asker_s_language(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    book = write_workbook(rules.parse(document(question("a"), question("b"))))
    for spoken, said in (("en", "The cells F3:F4 are merged"), ("zh", "单元格 F3:F4 已合并")):
        asked = headers | {"Accept-Language": spoken}
        answer = post(client, asked, merged(book, "questions!F3:F4"))
        assert answer.status_code == 422
        (error,) = answer.json["errors"]
        assert (error["pointer"], error["code"]) == ("/questions/3/F", "cells_merged")
        assert said in error["detail"]


def test_another_kind_of_workbook_is_asked_for_as_xlsx(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    for data in (COMPOUND_FILE + b"\0" * 512, b"key,title\n", b"PK\x03\x04mimetype"):
        (error,) = post(client, headers, data).json["errors"]
        assert "“Excel Workbook (.xlsx)”" in error["detail"]


def test_a_check_tells_everything_and_keeps_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    unused = document(question(), dimensions=[{"key": "care", "title": words("Care")}])
    told = post(client, headers, unused, "/checks")
    assert (told.status_code, told.json["errors"]) == (200, [])
    assert [remark["pointer"] for remark in told.json["warnings"]] == ["/dimensions/0"]
    mistaken = document(question(weight=-1), title={"en": "Store"})
    told = post(client, headers, mistaken, "/checks")
    assert [remark["code"] for remark in told.json["errors"]] == ["decimal_expected"]
    assert [remark["code"] for remark in told.json["warnings"]] == ["translation_missing"]
    faulty = post(client, headers, TEXT + "unknown: 1\n", "/checks")
    assert remarks(faulty.json["errors"]) == [("/unknown", 11, "member_unknown")]
    unreadable = post(client, headers, "a: [", "/checks")
    assert (unreadable.status_code, len(unreadable.json["errors"])) == (200, 1)
    assert client.get(URL, headers=headers).json == []


def test_a_preview_shows_what_is_asked_and_what_it_would_score(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    asked = document(
        question("greeted", evidence={"photo": "when_failed"}),
        question("name", "text", condition={"question": "greeted", "equals": "yes"}),
        question("parked", condition={"site": "parking", "equals": True}, weight=3),
        site_attributes=[{"key": "parking", "title": words("Parking"), "type": "flag"}],
    )
    path = post(client, headers, asked).headers["Location"]

    def preview(**sent: Json) -> Json:
        answer = client.post(f"{path}/preview", json=sent, headers=headers)
        assert answer.status_code == 200
        return dict(answer.json)

    failed = preview(answers={"greeted": {"value": "no"}})
    assert failed["visible"] == ["greeted"]
    assert (failed["score"]["final_score"], failed["score"]["findings"]) == (0, ["greeted"])
    assert [(f["pointer"], f["code"]) for f in failed["faults"]] == [
        ("/answers/greeted", "photo_missing")
    ]
    assert failed["document"] == rules.document(rules.parse(asked))
    assert preview(answers={"greeted": {"value": "no"}}, photos={"greeted": 1})["faults"] == []
    begun = preview(answers={"greeted": {"value": "yes"}}, site_attributes={"parking": True})
    assert begun["visible"] == ["greeted", "name", "parked"]
    assert (begun["score"]["final_score"], begun["score"]["visible"]) == (100, 2)
    assert [f["code"] for f in begun["faults"]] == ["answer_missing"] * 2
    astray = preview(
        answers={"greeted": {"value": "no"}},
        photos={"greeted": 1},
        site_attributes={"parking": "ja", "kind": "owm", "parkin": True},
    )
    assert astray["visible"] == ["greeted"]
    assert [(f["pointer"], f["code"]) for f in astray["faults"]] == [
        ("/site_attributes/parking", "flag_expected"),
        ("/site_attributes/kind", "condition_value_refused"),
        ("/site_attributes/parkin", "condition_attribute_unknown"),
    ]
    assert astray["faults"][2]["detail"].endswith("Did you mean parking?")
    kinds = [step["kind"] for step in begun["steps"]]
    assert {"question", "section", "whole"} <= set(kinds)
    assert "是否" not in begun["steps"][0]["text"]["en"]


def test_a_preview_takes_anything_for_an_answer_and_counts_it_as_none(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = published(client, headers, TEXT)
    sent = {"answers": {"greeted": [{}], "nothing": 1}, "photos": {"nowhere": 2}}
    shown = client.post(f"{path}/preview", json=sent, headers=headers).json
    assert shown["score"]["final_score"] is None
    assert [fault["code"] for fault in shown["faults"]] == [
        "answer_expected",
        "question_unknown",
        "photo_question_unknown",
    ]


def test_a_draft_with_errors_is_neither_tried_out_nor_compared(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    draft = post(client, headers, FAULTY)
    path = draft.headers["Location"]
    sound = client.get(published(client, headers, TEXT), headers=headers).json["id"]
    for answer in (
        client.post(f"{path}/preview", json={}, headers=headers),
        client.get(f"{path}/differences?from={sound}", headers=headers),
        client.get(f"{path}/document.xlsx", headers=headers),
    ):
        assert answer.status_code == 422
        assert len(answer.json["errors"]) == draft.json["error_count"]


def test_versions_are_compared_in_words(client: FlaskClient, headers: dict[str, str]) -> None:
    first = client.get(published(client, headers, TEXT), headers=headers).json
    path = post(client, headers, TEXT.replace("Greeted?", "Welcomed?")).headers["Location"]
    told = client.get(f"{path}/differences?from={first['id']}", headers=headers).json
    assert (told["from"], told["comparable"]) == (first["id"], True)
    (change_told,) = told["changes"]
    assert change_told["detail"] == ("Question 1.1 (greeted): title (en) “Greeted?” → “Welcomed?”.")
    assert change_told["pointer"] == "/touchpoints/0/questions/0/title/en"
    text = TEXT.replace("yes_no,", "yes_no, weight: 2,")
    path = post(client, headers, text).headers["Location"]
    asked = headers | {"Accept-Language": "zh"}
    told = client.get(f"{path}/differences?from={first['id']}", headers=asked).json
    assert [found["detail"] for found in told["changes"]] == [
        "第 1.1 题（greeted）：权重 1 → 2。得分不再可比。"
    ]
    assert told["comparable"] is False
