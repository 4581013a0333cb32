"""The life of a checklist over HTTP: drafted, written anew, published, drafted again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from audit_api.database import db
from audit_api.manuscripts import checks
from audit_api.manuscripts.checks import YAML
from audit_api.models import Activity, Checklist
from audit_api.services.access import Who
from tests.calls import change
from tests.checklists.calls import (
    FAULTY,
    TEXT,
    URL,
    post,
    publish,
    published,
    remarks,
)
from tests.organisations import bearer, person
from tests.rules.documents import Json, document, question, words


def test_work_in_progress_is_kept_with_all_its_faults(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    saved = post(client, headers, FAULTY)
    assert saved.status_code == 201
    assert remarks(saved.json["errors"]) == [
        ("/touchpoints/0/questions/0/weight", None, "decimal_expected"),
        ("/touchpoints/0/questions/1/key", None, "key_repeated"),
        ("/touchpoints/0/questions/1/weight", None, "decimal_expected"),
    ]
    read = client.get(saved.headers["Location"], headers=headers)
    assert read.json == saved.json
    assert read.json["document"] == FAULTY
    (listed,) = client.get(URL, headers=headers).json
    assert (listed["state"], listed["error_count"]) == ("draft", 3)
    refused = publish(client, saved.headers["Location"], headers)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [
        error["pointer"] for error in saved.json["errors"]
    ]


def test_a_remark_is_said_in_the_askers_language(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    asked = headers | {"Accept-Language": "zh"}
    (remark,) = post(client, asked, document(question(weight=-1))).json["errors"]
    assert remark["detail"] == "此处应为 0 到 100 之间的数字，最多 3 位小数。"


def test_yaml_is_kept_as_it_was_written_and_its_faults_have_its_lines(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    wrong = TEXT.replace("greeted, type: yes_no", "greeted, type: maybe") + "key: again\n"
    saved = post(client, headers, wrong)
    assert saved.status_code == 201
    assert remarks(saved.json["errors"]) == [
        ("/touchpoints/0/questions/0/type", 10, "word_not_accepted"),
        ("/key", 11, "yaml_name_repeated"),
    ]
    path = saved.headers["Location"]
    assert client.get(path, headers=headers).json["errors"] == saved.json["errors"]
    file = client.get(f"{path}/document.yaml", headers=headers)
    assert (file.text, file.mimetype) == (wrong, YAML)
    mended = change(client, "PUT", path, headers, data=TEXT, content_type=YAML)
    assert (mended.status_code, mended.json["errors"], mended.json["version"]) == (200, [], 2)
    assert publish(client, path, headers).status_code == 200
    kept = client.get(f"{path}/document.yaml", headers=headers)
    assert kept.text == TEXT
    assert kept.headers["Content-Disposition"] == 'attachment; filename="store-1.yaml"'


def test_a_fault_of_the_text_alone_keeps_a_draft_from_being_published(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    saved = post(client, headers, TEXT + "key: store\n")
    assert remarks(saved.json["errors"]) == [("/key", 11, "yaml_name_repeated")]
    refused = publish(client, saved.headers["Location"], headers)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/key")


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({}, "/key", "member_missing"),
        ({"key": "No Key"}, "/key", "key_malformed"),
        ("- a list", "", "yaml_fields_expected"),
        ("key: [", "", "yaml_bracket"),
        (b"no workbook", "", "workbook_expected"),
    ],
)
def test_only_what_has_no_document_or_no_key_cannot_be_kept(
    client: FlaskClient, headers: dict[str, str], sent: Json | str | bytes, pointer: str, code: str
) -> None:
    refused = post(client, headers, sent)
    assert refused.status_code == 422
    assert {(error["pointer"], error["code"]) for error in refused.json["errors"]} == {
        (pointer, code)
    }
    assert client.get(URL, headers=headers).json == []


def test_a_draft_is_written_anew_only_by_who_saw_it_and_under_its_own_key(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = post(client, headers, FAULTY).headers["Location"]
    better = {"document": document(question())}
    assert client.put(path, json=better, headers=headers).status_code == 428
    stale = client.put(path, json=better, headers=headers | {"If-Match": '"7"'})
    assert stale.status_code == 412
    other = change(client, "PUT", path, headers, json={"document": document(key="other")})
    assert other.status_code == 422
    (error,) = other.json["errors"]
    assert (error["pointer"], error["detail"]) == (
        "/key",
        "other is not accepted here; accepted are: store.",
    )
    mended = change(client, "PUT", path, headers, json=better)
    assert (mended.status_code, mended.json["error_count"], mended.json["number"]) == (200, 0, 1)
    assert mended.headers["ETag"] == '"2"'


def test_what_was_published_is_never_written_anew_nor_thrown_away(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = published(client, headers, document())
    before = client.get(path, headers=headers).json
    sent = {"document": document(question(weight=2))}
    for method, request in (("PUT", {"json": sent}), ("DELETE", {})):
        refused = change(client, method, path, headers, **request)
        assert (refused.status_code, "retire" in refused.json["detail"]) == (409, True)
    assert client.get(path, headers=headers).json == before


def test_a_draft_is_thrown_away_and_its_number_is_free_again(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = post(client, headers, FAULTY).headers["Location"]
    assert client.delete(path, headers=headers).status_code == 428
    assert change(client, "DELETE", path, headers).status_code == 204
    assert client.get(path, headers=headers).status_code == 404
    assert post(client, headers, document()).json["number"] == 1


def test_the_next_version_begins_with_what_the_author_wrote(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    path = published(client, headers, TEXT)
    drafted = client.post(f"{path}/drafts", headers=headers)
    assert (drafted.status_code, drafted.json["number"], drafted.json["state"]) == (201, 2, "draft")
    assert drafted.json["errors"] == []
    address = drafted.headers["Location"]
    assert client.get(f"{address}/document.yaml", headers=headers).text == TEXT
    again = publish(client, address, headers)
    assert (again.status_code, again.json["detail"][:32]) == (
        409,
        "Another checklist version has th",
    )
    shared = document(
        question("q", "single", response_set="quality"),
        response_sets={"quality": [{"key": "good", "title": words("Good"), "points": 1}]},
    )
    path = published(client, headers, shared | {"key": "shared"})
    assert "response_sets" not in client.get(path, headers=headers).json["document"]
    drafted = client.post(f"{path}/drafts", headers=headers)
    assert drafted.json["document"] == shared | {"key": "shared"}


def test_only_headquarters_see_drafts_and_write(client: FlaskClient, hq: Who) -> None:
    headers, reviewer = bearer(person(hq, "hq")), bearer(person(hq, "reviewer"))
    draft = post(client, headers, FAULTY).headers["Location"]
    path = published(client, headers, TEXT)
    assert client.get(draft, headers=reviewer).status_code == 404
    assert client.get(f"{draft}/document.yaml", headers=reviewer).status_code == 404
    shown = client.get(f"{path}/document.yaml", headers=reviewer).text
    assert "# What every visit asks." not in shown
    assert checks.check(shown).require() == checks.check(TEXT).require()
    assert client.post(f"{path}/drafts", headers=reviewer).status_code == 403
    assert post(client, reviewer, TEXT, "/checks").status_code == 403
    assert post(client, reviewer, TEXT).status_code == 403
    for method in ("PUT", "DELETE"):
        assert change(client, method, path, reviewer, json={"document": {}}).status_code == 403


def test_a_call_repeated_under_its_key_drafts_once(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    keyed = headers | {"Idempotency-Key": "once"}
    first, second = post(client, keyed, TEXT), post(client, keyed, TEXT)
    assert (first.json, first.headers["Location"]) == (second.json, second.headers["Location"])
    assert len(client.get(URL, headers=headers).json) == 1
    assert post(client, keyed, TEXT + "# more\n").status_code == 409


def test_every_step_of_the_life_is_recorded(
    client: FlaskClient, hq: Who, headers: dict[str, str]
) -> None:
    path = published(client, headers, TEXT)
    drafted = client.post(f"{path}/drafts", headers=headers).headers["Location"]
    change(client, "PUT", drafted, headers, json={"document": document()})
    change(client, "DELETE", drafted, headers)
    change(client, "POST", path, headers, below="/moves", json={"action": "retire"})
    mine = Activity.organisation_id == hq.organisation_id, Activity.verb == "checklist.write"
    acts = db.session.scalars(sa.select(Activity.details).where(*mine).order_by(Activity.id))
    assert [next(iter(details)) for details in acts] == [
        "drafted",
        "published",
        "drafted",
        "replaced",
        "deleted",
        "retired",
    ]


def test_a_key_keeps_its_versions_together(client: FlaskClient, hq: Who) -> None:
    headers = bearer(person(hq, "hq"))
    numbers = [post(client, headers, sent).json["number"] for sent in (TEXT, FAULTY, TEXT)]
    assert numbers == [1, 2, 3]
    mine = sa.select(sa.func.count()).where(Checklist.organisation_id == hq.organisation_id)
    assert db.session.scalar(mine) == 1
