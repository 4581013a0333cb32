"""The tables of the documents are the product's own, and what they say of it is so."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from flask import Flask

from audit_api.api.audits.photo_schemas import ManifestSchema
from audit_api.api.audits.schemas import DeviceSchema, SentAuditSchema
from audit_api.api.visits.assignments import ACTIONS
from audit_api.errors import Kind
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.lifecycle import ASSIGNMENT, AUDIT, REVIEW_ACTIONS
from audit_api.rules.permissions import Permission
from audit_api.words import LOCALES, vocabulary
from tests.docs.texts import DOCUMENTS, ROOT, blocks
from tests.words.test_sentences import faults as made
from tests.world import World, make_world
from tools.reference import answers, faults, files, states
from tools.reference.pages import MARKED, filled, language, pages
from tools.reference.tables import TABLES
from tools.reference.wording import told, words

PAGES = [str(path.relative_to(ROOT)) for path in pages()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_of_a_page_are_those_of_the_product(name: str) -> None:
    told = "the tables have changed: python -m tools.reference writes them anew"
    assert filled(DOCUMENTS[name], Path(name).name) == DOCUMENTS[name], told


@pytest.mark.parametrize("locale", LOCALES)
def test_every_table_stands_in_a_page_of_each_language_once(locale: str) -> None:
    marks = [
        mark
        for name in PAGES
        if language(name) == locale
        for _, mark, _ in MARKED.findall(DOCUMENTS[name])
    ]
    assert sorted(marks) == sorted(TABLES)


def test_a_row_is_missing_where_the_product_has_a_value_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = DOCUMENTS["docs/reference.md"]
    monkeypatch.setitem(answers.EXAMPLES, QuestionType.COUNT, answers.Examples({}, (7,), ()))
    assert filled(text, "reference.md") != text
    assert '{"value": 7}' in filled(text, "reference.md")


def test_the_words_of_the_tables_are_the_same_in_both_languages_and_all_used() -> None:
    english, chinese = (words(locale) for locale in ("en", "zh"))
    assert english.keys() == chinese.keys()
    for key, sentence in english.items():
        names = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (sentence, chinese[key])
        ]
        assert names[0] == names[1], key
        letters = re.sub(r"`[^`]*`", "", chinese[key])
        assert CHINESE.search(letters) or not re.search("[a-z]", letters), key
    asked = set(TABLES)
    for name in TABLES:
        asked |= said_by(name)
    assert english.keys() - asked == set()


def test_what_has_no_words_yet_is_told_with_the_place_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tools.reference.wording.words", lambda locale: {})
    with pytest.raises(LookupError, match=r"tools/reference/words/zh\.json has no sentence 'yes'"):
        told("yes", "zh")


def said_by(table: str) -> set[str]:
    """Return the words that a table says."""
    said: set[str] = set()

    class Heard(dict[str, str]):
        def __getitem__(self, key: str) -> str:
            said.add(key)
            return super().__getitem__(key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tools.reference.wording.words", lambda locale: Heard(words(locale)))
        TABLES[table]("en")
    return said


def test_every_fault_that_the_product_makes_has_its_row_and_every_row_a_place() -> None:
    codes = set(faults.codes())
    assert {code for code, _ in made()} <= codes
    assert {f"fault.{code}" for code in codes} <= vocabulary("en").keys()
    assert [code for code in codes if not faults.places(code)] == []
    told = re.findall(r"^\| `(\w+)` \|", DOCUMENTS["docs/faults.md"], re.MULTILINE)
    assert set(told) - {"code"} == codes


def test_every_module_that_makes_faults_has_its_chapter() -> None:
    codes = set(faults.codes())
    for path in faults.PACKAGE.rglob("*.py"):
        module = path.relative_to(faults.PACKAGE).with_suffix("").as_posix()
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        made_here = [
            argument.value
            for call in nodes
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Fault", "Refused")
            for argument in call.args
            if isinstance(argument, ast.Constant) and argument.value in codes
        ]
        assert faults.areas(module) or not made_here, (module, made_here)


def test_every_question_type_effect_state_kind_and_permission_stands_in_the_reference() -> None:
    for name in ("docs/reference.md", "docs/reference.zh.md"):
        told = set(re.findall(r"^\| (?:\d{3} \| )?`([\w.-]+)` \|", DOCUMENTS[name], re.MULTILINE))
        assert {*QuestionType, *Permission, *(kind.slug for kind in Kind)} <= told
        assert {state for noun in states.NOUNS.values() for state in noun.states} <= told


@pytest.mark.parametrize("locale", LOCALES)
def test_a_move_that_a_call_makes_names_the_call_and_no_other_does(locale: str) -> None:
    for noun, life, actions in (
        ("audit", AUDIT, REVIEW_ACTIONS),
        ("assignment", ASSIGNMENT, ACTIONS),
    ):
        named = {
            move.action
            for move in life.moves
            if "/moves`" in words(locale)[f"{noun}.move.{move.action}"]
        }
        assert named == set(actions)


@pytest.fixture(scope="module")
def of_every_type(shared_app: Flask) -> World:
    """A world whose visit asks a question of every type, under the type's name."""
    questions = [
        {
            "key": kind.value,
            "type": kind.value,
            "title": {"en": kind.value},
            "required": False,
            **examples.members,
        }
        for kind, examples in answers.EXAMPLES.items()
    ]
    return make_world(shared_app, checklist=answers.checklist(*questions))


def test_every_type_of_question_has_examples() -> None:
    assert answers.EXAMPLES.keys() == set(QuestionType)


def test_the_server_takes_what_the_table_calls_accepted(of_every_type: World) -> None:
    for place in range(2):
        sent = {
            kind.value: {"value": examples.accepted[place]}
            if place < len(examples.accepted)
            else {}
            for kind, examples in answers.EXAMPLES.items()
            if place < len(examples.accepted) or not examples.accepted
        }
        answer = of_every_type.put(of_every_type.another(sent))
        assert answer.status_code == 201, answer.json


@pytest.mark.parametrize("kind", list(QuestionType))
def test_the_server_refuses_what_the_table_calls_refused(
    of_every_type: World, kind: QuestionType
) -> None:
    row = next(
        line
        for line in DOCUMENTS["docs/reference.md"].splitlines()
        if line.startswith(f"| `{kind}` | ")
    )
    told = re.findall(r"`(\{[^`]*\})` → `(\w+)`", row)
    assert len(told) == len(answers.EXAMPLES[kind].refused) > 0
    for example, code in told:
        audit = of_every_type.audit({kind.value: json.loads(example)})
        answer = of_every_type.put(audit)
        assert answer.status_code == 422
        assert [error["code"] for error in answer.json["errors"]] == [code]
        assert answer.json["errors"][0]["pointer"].startswith(f"/answers/{kind}/value")


def test_the_whole_audit_is_taken_as_it_stands_and_lacks_no_member(of_every_type: World) -> None:
    (shown,) = blocks(DOCUMENTS["docs/reference.md"], "json")
    audit = json.loads(shown)
    (photo,) = audit["photos"]
    assert audit.keys() == SentAuditSchema().fields.keys()
    assert photo.keys() == ManifestSchema().fields.keys() - {"parts"}
    assert audit["device"].keys() == DeviceSchema().fields.keys()
    assert audit["answers"].keys() | {photo["question"], "signature"} == set(QuestionType)
    taken = of_every_type.put(of_every_type.another() | ids_left_out(audit))
    assert taken.status_code == 201, taken.json
    assert taken.json["receipt"]["state"] == "awaiting_media"
    assert [ticket["photo_id"] for ticket in taken.json["uploads"]] == [photo["id"]]


def ids_left_out(audit: dict[str, Any]) -> dict[str, Any]:
    """An audit without what names things of one installation."""
    names = ("assignment_id", "site_id", "checklist")
    return {name: value for name, value in audit.items() if name not in names}


def test_the_examples_of_files_are_imported_as_they_stand(shared_world: World) -> None:
    campaign = {
        "name": "Spring 春季",
        "checklist_version_id": str(shared_world.version_id),
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
    }
    assert shared_world.call("hq", "POST", "/campaigns", campaign).status_code == 201
    for name in ("regions", "sites", "users", "visits"):
        text = files.written(name)
        assert f"```csv\n{text}```" in DOCUMENTS["docs/reference.md"]
        answer = shared_world.call(
            "hq", "POST", f"/imports/{name}", data=text.encode(), content_type="text/csv"
        )
        assert answer.status_code == 200, answer.json
        rows = len(files.EXAMPLES[name])
        assert answer.json["added"] + answer.json["changed"] == rows


@pytest.mark.parametrize("role", ["auditor", "manager", "reviewer", "hq"])
def test_a_role_may_what_its_column_ticks(shared_world: World, role: str) -> None:
    rows = re.findall(
        r"^\| `(\w+\.\w+)` \| [^|]+ \| (.*) \|$", DOCUMENTS["docs/reference.md"], re.MULTILINE
    )
    place = ["auditor", "manager", "reviewer", "hq"].index(role)
    ticked = {name for name, ticks in rows if ticks.split("|")[place].strip() == "✓"}
    assert ticked == set(shared_world.call(role, "GET", "/me").json["permissions"])
