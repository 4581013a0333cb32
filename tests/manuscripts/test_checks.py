"""A check of a checklist: errors of the text and of the document together, and its warnings."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from audit_api.errors import Kind, Problem
from audit_api.manuscripts.checks import MAX_REMARKS, check
from audit_api.manuscripts.manuscript import Manuscript, Remark
from audit_api.manuscripts.yaml import MAX_BYTES
from audit_api.words import LOCALES, sentence
from tests.chance import seed, times

SHIPPED = sorted((Path(__file__).parents[2] / "checklists").glob("*.yaml"))
SMALL = """\
format: 1
key: small
locales: [en, zh]
title: {en: Small, zh: 小}
touchpoints:
  - key: arrival
    title: {en: Arrival}
    questions:
      - {key: greeted, type: yes_no, title: {en: Greeted?, zh: 打招呼了吗？}}
"""


def told(remarks: tuple[Remark, ...]) -> list[tuple[int | None, str, str]]:
    return [(remark.line, remark.code, remark.pointer) for remark in remarks]


def test_a_checklist_without_a_fault_is_read_and_its_warnings_have_lines() -> None:
    checked = check(SMALL)
    assert checked.errors == ()
    assert checked.checklist is not None
    assert told(checked.warnings) == [(7, "translation_missing", "/touchpoints/0/title/zh")]
    assert checked.require().key == "small"


def test_a_document_that_is_read_already_has_no_lines() -> None:
    document = dict(check(SMALL).document or {})
    document["key"] = 7
    checked = check(document)
    assert told(checked.errors) == [(None, "key_malformed", "/key")]
    document["key"] = "small"
    assert [remark.line for remark in check(document).warnings] == [None]


def test_errors_of_the_text_and_of_the_document_come_in_the_order_of_the_lines() -> None:
    text = SMALL.replace("key: small", "key: Small").replace("type: yes_no", "type: quiz")
    text = text.replace("{en: Small, zh: 小}", '{zh: "", en: ""}')
    text = text.replace("    questions:", "    key: again\n    weight: .nan\n    questions:")
    checked = check(text + "more: 1\n")
    assert told(checked.errors) == [
        (2, "key_malformed", "/key"),
        (4, "words_expected", "/title/zh"),
        (4, "words_expected", "/title/en"),
        (8, "yaml_key_repeated", "/touchpoints/0/key"),
        (9, "yaml_number", "/touchpoints/0/weight"),
        (11, "word_not_accepted", "/touchpoints/0/questions/0/type"),
        (12, "member_unknown", "/more"),
    ]
    assert told(checked.warnings) == [(7, "translation_missing", "/touchpoints/0/title/zh")]
    assert checked.checklist is None


def test_warnings_are_told_beside_errors_of_the_text_alone() -> None:
    checked = check(SMALL + "key: small\n")
    assert told(checked.errors) == [(10, "yaml_name_repeated", "/key")]
    assert [remark.line for remark in checked.warnings] == [7]
    assert checked.checklist is None


def test_a_value_that_the_text_keeps_back_is_no_second_error() -> None:
    text = SMALL.replace("title: {en: Small, zh: 小}", "title: *words\nscoring: *rules")
    assert told(check(text).errors) == [
        (4, "yaml_alias_refused", "/title"),
        (5, "yaml_alias_refused", "/scoring"),
    ]


def test_a_document_with_an_error_is_not_handed_out() -> None:
    with pytest.raises(Problem) as refusal:
        check(SMALL + "key: small\n").require()
    assert refusal.value.kind is Kind.INVALID
    assert [fault.code for fault in refusal.value.faults] == ["yaml_name_repeated"]
    with pytest.raises(Problem):
        check("[").require()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_checklist_as_json_says_the_same(path: Path) -> None:
    as_yaml = check(path.read_bytes())
    as_json = check(json.dumps(as_yaml.document))
    assert as_json.checklist == as_yaml.checklist
    assert as_yaml.checklist is not None


HOSTILE = {
    "ten megabytes": b"a" * 10 * MAX_BYTES,
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "dashes": b"- " * 100_000,
    "names that are objects": b"? " * 100_000,
    "aliases": b"a: &a x\nb: [" + b"*a," * 100_000 + b"]",
    "aliases of aliases": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (97 + i, 97 + i, 96 + i, 96 + i) for i in range(1, 25)),
    "anchors": b"- &a x\n" * 50_000,
    "tags": b"a: !" + b"t" * 100_000,
    "directives": b"".join(b"%%TAG !t%d! tag:x\n" % place for place in range(50_000)),
    "documents": b"---\n" * 100_000,
    "short lines": b"a\n" * 500_000,
    "entries": b"-\n" * 500_000,
    "names": b"".join(b"n%d:\n" % place for place in range(100_000)),
    "one name": b"a: 1\n" * 200_000,
    "long names": b"".join(b"{" + b"n" * 1000 + b": " for _ in range(31)) + b"[*a," * 10_000,
    "empty lines": b"\n" * MAX_BYTES,
    "comments": b"#\n" * 500_000,
    "a long text": b"a: " + b"x" * 1_000_000,
    "an open quote": b'a: "' + b"x y\n" * 250_000,
    "escapes": b'{"a": "' + b"\\ud83d\\ude00" * 80_000 + b'"}',
    "backslashes": b'{"a": "' + b"\\" * 1_000_000 + b'"}',
    "digits": b"a: " + b"9" * 1_000_000,
    "a deep exponent": b"a: 1e-" + b"9" * 1_000_000,
    "noise": bytes(range(256)) * 4096,
    "zeros": bytes(MAX_BYTES),
    "almost a checklist": SMALL.encode() + b"# x\n" * 250_000 + b"]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gets_errors(text: bytes) -> None:
    checked = check(text)
    assert checked.errors
    assert_sayable(checked, lines=text.count(b"\n") + 1)


def assert_sayable(checked: Manuscript, lines: int) -> None:
    for remark in (*checked.errors, *checked.warnings):
        assert remark.line is not None
        assert 1 <= remark.line <= lines
        for locale in LOCALES:
            sentence(remark.sentence, remark.values, locale)


@pytest.mark.slow
@pytest.mark.chance
def test_a_text_with_any_slip_of_the_pen_gets_errors_or_a_checklist() -> None:
    text = SHIPPED[0].read_text(encoding="utf-8")
    pen = random.Random(seed(7))
    signs = ["", "\t", "  ", "\n", ":", ": ", '"', "'", "[", "}", ",", "- ", "*", "&", "!", "0"]
    for _ in range(times(100)):
        at, end = (pen.randrange(len(text)) for _ in range(2))
        slip = pen.choice(signs) if pen.random() < 0.8 else text[min(at, end) : max(at, end)]
        written = text[:at] + slip + text[at + pen.randrange(3) :]
        checked = check(written)
        assert (checked.checklist is None) == bool(checked.errors)
        assert_sayable(checked, lines=written.count("\n") + 1)


def test_a_hopeless_document_gets_a_list_that_ends() -> None:
    lines = [f"unknown_{number}: 1" for number in range(700)]
    found = check("\n".join(["format: 1", *lines]))
    *listed, last = found.errors
    assert len(listed) == MAX_REMARKS
    # Four members are missing besides: key, locales, title and touchpoints.
    assert (last.code, last.values, last.line) == (
        "more_remarks",
        {"count": 204},
        listed[-1].line + 1,
    )


def test_a_language_that_no_report_can_print_is_told_once() -> None:
    text = SMALL.replace("[en, zh]", "[en, ar]").replace("zh: 小", "ar: متجر")
    text = text.replace("{en: Arrival}", "{en: Arrival, ar: الوصول}").replace("zh:", "ar:")
    checked = check(text.replace("打招呼了吗？", "هل تم الترحيب بك؟"))
    assert checked.errors == ()
    assert told(checked.warnings) == [(3, "locale_unprintable", "/locales/1")]
    values = checked.warnings[0].values
    assert (values["locale"], values["count"], values["total"]) == ("ar", 3, 3)
    assert len(values["characters"]) == 5


def test_a_sign_that_no_report_can_print_is_told_where_it_stands() -> None:
    text = SMALL.replace("{en: Arrival}", "{en: Arrival ש, zh: 进店}")
    checked = check(text)
    assert told(checked.warnings) == [(7, "text_unprintable", "/touchpoints/0/title/en")]
    assert checked.warnings[0].values == {"characters": ["ש (U+05E9)"]}


@pytest.mark.parametrize("title", ["Чайная", "ティー", "Crème brûlée – 5 €", "𠮷野家 😀"])
def test_what_reports_can_print_is_not_told(title: str) -> None:
    checked = check(SMALL.replace("{en: Arrival}", f"{{en: {title}, zh: 进店}}"))
    assert checked.warnings == ()
