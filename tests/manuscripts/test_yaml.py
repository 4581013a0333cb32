"""Texts of checklists: read as YAML 1.2 and as JSON, every fault at once with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from yaml.error import MarkedYAMLError, YAMLError

from audit_api.manuscripts.manuscript import Remark, TextPlace
from audit_api.manuscripts.yaml import MAX_BYTES, compose
from audit_api.manuscripts.yaml.syntax import complaint

SHIPPED = sorted((Path(__file__).parents[2] / "checklists").glob("*.yaml"))


def faults(text: str | bytes) -> list[tuple[str, str, int | None]]:
    """Return the pointer, code and line of every fault."""
    return [(each.pointer, each.code, each.line) for each in compose(text).faults]


def value(written: str) -> Any:
    composed = compose(f"a: {written}\n")
    assert composed.faults == ()
    assert composed.document is not None
    return composed.document["a"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("2026-03-01", "2026-03-01"),
        ("14:30", "14:30"),
        ("1_000", "1_000"),
        ("1.5.2", "1.5.2"),
        ("-x", "-x"),
        (".", "."),
        ("What? Why?", "What? Why?"),
        ("{en: Was it so?, zh: 是吗？}", {"en": "Was it so?", "zh": "是吗？"}),
        ("[https://a.example/b?c=d, e:f]", ["https://a.example/b?c=d", "e:f"]),
        ("~", None),
        ("", None),
        ("Null", None),
        ("true", True),
        ("FALSE", False),
        ("truE", "truE"),
        ("12", 12),
        ("-07", -7),
        ("+5", 5),
        ("0o17", 15),
        ("0xfF", 255),
        ("-0x1", "-0x1"),
        ("1.50", 1.5),
        (".5", 0.5),
        ("4.0", 4),
        ("1e3", 1000),
        ("1e16", 1e16),
        ("9007199254740991.0", 2**53 - 1),
        ("9007199254740992.0", 2.0**53),
        ("-9223372036854775808", -(2**63)),
        ('"no"', "no"),
        ("'12'", "12"),
        ('"\\u4e2d\\/"', "中/"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">\n  one\n  two\n", "one two\n"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    found = value(written)
    assert (type(found), found) == (type(meant), meant)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b: c\n", "yaml_colon", 1),
        ("a: 1\n b: 2\n", "yaml_colon", 2),
        ("{a:{b: 1}}\n", "yaml_colon", 1),
        ("a:\n\tb: 1\n", "yaml_character", 2),
        ("a: 1\nb: @x\n", "yaml_character", 2),
        ("a: **bold**\n", "yaml_character", 1),
        ("a: 1\n%TAG ! tag:x\n", "yaml_character", 2),
        ('a: 1\nb: "x\nc: 2\n', "yaml_quote", 2),
        ("a: [1, 2\nb: 3\n", "yaml_bracket", 2),
        ("a: [1,,2]\n", "yaml_bracket", 1),
        ("a: {x: What: now}\n", "yaml_bracket", 1),
        ('a: "\\q"\n', "yaml_escape", 1),
        ('a: "\\ud83d"\n', "yaml_escape", 1),
        ("a: !x!y z\n", "yaml_tag", 1),
        ("a:\n  - x\n - y\n", "yaml_indentation", 3),
        ("a: 1\nb\nc: 2\n", "yaml_indentation", 2),
        ('a: "x" y\n', "yaml_indentation", 1),
        ("a: - 1\n", "yaml_indentation", 1),
        ("a: >x\n", "yaml_malformed", 1),
        ("a: 1\n---\nb: 2\n", "yaml_documents", 2),
        ('{"a": 1}{"b": 2}', "yaml_documents", 1),
        ("", "yaml_empty", 1),
        ("# nothing\n", "yaml_empty", 1),
        ("format：1\nkey: a\n", "yaml_look_alike", 1),
        ("a: 1\nb: {c：1， d: 2\n", "yaml_look_alike", 2),
        ("a: “x: y”\n", "yaml_look_alike", 1),
        ("# only\n- a\n", "yaml_fields_expected", 2),
        ("text", "yaml_fields_expected", 1),
    ],
)
def test_a_text_that_cannot_be_read_on_says_why_and_where(text: str, code: str, line: int) -> None:
    written = compose(text)
    assert [("", code, line)] == faults(text)
    assert written.document is None


@pytest.mark.parametrize(
    ("text", "pointer", "code", "line"),
    [
        ("a: 1\nb: {c: *x}\n", "/b/c", "yaml_alias_refused", 2),
        ("a: &x {c: 1}\n", "/a", "yaml_anchor_refused", 1),
        ("a: [0, !!int 1]\n", "/a/1", "yaml_tag", 1),
        ("? &x a\n: 1\n", "/a", "yaml_anchor_refused", 1),
        ("a:\n  <<: {b: 1}\n", "/a/<<", "yaml_merge_refused", 2),
        ("? [a]\n: 1\n", "/?", "yaml_name_expected", 1),
        (f"a: 1\n{'n' * 129}: 1\n", "/" + "n" * 128, "yaml_name_too_long", 2),
        ('a: 1\n"b\\0": 1\n', "/?", "yaml_control_escaped", 2),
        ('a: ["\\e[2J"]\n', "/a/0", "yaml_control_escaped", 1),
        ("a: .inf\n", "/a", "yaml_number", 1),
        ("a: -.NaN\nb: .nan\n", "/b", "yaml_number", 2),
        ("a: 1e999\n", "/a", "yaml_number", 1),
        ("a: 9223372036854775808\n", "/a", "yaml_number", 1),
        (f"a: {'9' * 9999}\n", "/a", "yaml_number", 1),
        ("a/b: {c~d: .nan}\n", "/a~1b/c~0d", "yaml_number", 1),
    ],
)
def test_a_refused_value_is_told_and_the_reading_goes_on(
    text: str, pointer: str, code: str, line: int
) -> None:
    written = compose(text + "last: 1\n")
    assert faults(text + "last: 1\n") == [(pointer, code, line)]
    assert written.document is not None
    assert written.document["last"] == 1


def test_a_name_that_stands_twice_is_told_where_it_stands_again_and_the_first_is_kept() -> None:
    written = compose("a:\n  b: 1\n  c: 2\n  b: 3\nd: 4\na: 5\n")
    assert written.document == {"a": {"b": 1, "c": 2}, "d": 4}
    assert [(each.pointer, each.line, each.values) for each in written.faults] == [
        ("/a/b", 4, {"first": 2}),
        ("/a", 6, {"first": 1}),
    ]


def test_all_faults_are_told_up_to_the_one_that_ends_the_reading() -> None:
    assert faults("a: 1\na: 2\nb: *x\nc: .nan\nd: [\n") == [
        ("/a", "yaml_name_repeated", 2),
        ("/b", "yaml_alias_refused", 3),
        ("/c", "yaml_number", 4),
        ("", "yaml_bracket", 6),
    ]


def test_after_a_hundred_faults_nothing_more_is_read() -> None:
    assert len(faults("a: [" + "*x," * 99 + "]")) == 99
    written = compose("a: [" + "*x," * 150 + "]")
    assert (len(written.faults), written.document) == (100, None)


def test_names_may_be_long_and_may_be_signs_in_quotes() -> None:
    assert compose(f"{'n' * 128}: 1\n'<<': 2\n").document == {"n" * 128: 1, "<<": 2}


@pytest.mark.parametrize("error", [YAMLError("odd"), MarkedYAMLError(problem="odd")])
def test_a_complaint_without_a_place_is_told_at_the_beginning(error: YAMLError) -> None:
    assert complaint(error, "") == Remark("", "yaml_malformed", {}, TextPlace(1, 1))


def test_a_refused_name_is_no_member_and_repeats_none() -> None:
    written = compose("'?': 1\n? [a]\n: 2\n<<: {b: 1}\n<<: {b: 2}\n")
    assert written.document == {"?": 1}
    assert [each.code for each in written.faults] == [
        "yaml_name_expected",
        "yaml_merge_refused",
        "yaml_merge_refused",
    ]


def test_the_largest_file_is_read() -> None:
    assert faults(b"a: " + b"x" * (MAX_BYTES - 3)) == []


def test_what_can_be_read_is_read_beside_the_faults() -> None:
    assert faults("a: 1\na: 2\nb: *x\n") == [
        ("/a", "yaml_name_repeated", 2),
        ("/b", "yaml_alias_refused", 3),
    ]
    assert compose("a: [1, no]").document == {"a": [1, "no"]}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"a: 1\nb: \xff\n", "charset_wrong", 2),
        ("a: 1\nb: 店\n".encode("gb18030"), "charset_wrong", 2),
        ("a: 1\nb: \ue000\n", "yaml_unread", 2),
        ("a: 1\nb: \ufffd\n", "yaml_unread", 2),
        ("a: 1\nb: \U000f0000\n", "yaml_unread", 2),
        (b"a: 1\nb: x\x00y\n", "yaml_control", 2),
        ("a: x\x85y\n".encode(), "yaml_control", 1),
        ("a: 1\nb: x\u2028y\n".encode(), "yaml_control", 2),
        ("a: \ud800\n", "charset_wrong", 1),
        (b"a" * (MAX_BYTES + 1), "yaml_too_large", 1),
        (("é" * (MAX_BYTES // 2) + "é").encode(), "yaml_too_large", 1),
    ],
)
def test_what_is_no_text_is_told(data: str | bytes, code: str, line: int) -> None:
    assert faults(data) == [("", code, line)]


@pytest.mark.parametrize("charset", ["gbk", "Big5", "utf-16be", "GB2312"])
def test_a_text_is_of_the_charset_that_is_declared(charset: str) -> None:
    assert compose("a: 花店\n".encode(charset), charset).document == {"a": "花店"}


def test_a_text_of_two_bytes_a_character_is_known_by_its_mark() -> None:
    assert compose("a: 花店\n".encode("utf-16")).document == {"a": "花店"}


def test_a_charset_that_nobody_knows_is_told() -> None:
    (told,) = compose(b"a: 1\n", "klingon").faults
    assert (told.code, told.values["given"]) == ("charset_unknown", "klingon")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert compose(b"\xef\xbb\xbfa: 1\n").document == {"a": 1}


def nested(depth: int) -> str:
    """A document of so many levels."""
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1)


def test_levels_and_values_are_limited() -> None:
    assert faults(nested(32)) == []
    assert [code for _, code, _ in faults(nested(33))] == ["yaml_too_deep"]
    assert faults("a: [" + "1," * 19_998 + "]") == []
    assert faults("a:\n" + "- 1\n" * 19_999)[0][1:] == ("yaml_too_many_values", 20_000)


def test_names_count_as_levels_where_they_are_no_texts() -> None:
    assert [code for _, code, _ in faults("? " * 40 + "a")] == ["yaml_too_deep"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_member_of_a_shipped_checklist_has_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, written = text.splitlines(), compose(text)
    assert written.faults == ()
    for pointer, name in members(written.document):
        place = written.place_of(pointer)
        assert lines[place.line - 1][place.column - 1 :].startswith(f"{name}:"), pointer


def members(node: object, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pointer and the name of every member, however deep."""
    if isinstance(node, list):
        for place, inner in enumerate(node):
            yield from members(inner, f"{pointer}/{place}")
    if isinstance(node, dict):
        for name, inner in node.items():
            yield f"{pointer}/{name}", name
            yield from members(inner, f"{pointer}/{name}")


def test_a_place_that_is_not_there_is_told_by_what_is_around_it() -> None:
    written = compose("a: 1\nb:\n  - x\n  - c: 1\n    d~/: 2\n")
    lines = {
        pointer: written.line_of(pointer)
        for pointer in ("", "/z", "/b", "/b/0", "/b/1/d~0~1", "/b/1/z/y", "/b/7", "/a/0")
    }
    assert lines == {
        "": 1,
        "/z": 1,
        "/b": 2,
        "/b/0": 3,
        "/b/1/d~0~1": 5,
        "/b/1/z/y": 4,
        "/b/7": 2,
        "/a/0": 1,
    }
