"""Look-alikes are one, what nobody sees is told, and what scripts need stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import Refused
from audit_api.rules import names


def refusal(read: object, text: str) -> tuple[str, dict[str, object]]:
    assert callable(read)
    with pytest.raises(Refused) as caught:
        read(text)
    return caught.value.code, caught.value.values


@pytest.mark.parametrize(
    "text",
    [
        "ZW-1",
        " ZW-1",
        "ZW-1 ",
        "\tZW-1\n",
        "\u00a0ZW-1\u3000",
        "ＺＷ－１",
        "ＺＷ-１",
        "ZW‐1",
        "ZW‑1",
        "ZW–1",
        "ZW—1",
        "ZW−1",
        "ZW﹣1",
        "𝐙𝐖-𝟏",
    ],
)
def test_codes_that_look_alike_are_one_code(text: str) -> None:
    assert names.code(text) == "ZW-1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A  1", "A 1"),
        ("A\u00a01", "A 1"),
        ("A\u30001", "A 1"),
        ("cafe\u0301", "café"),
        ("ｶﾞｽ", "ガス"),
        ("⽇本", "日本"),
        ("店①", "店①"),
        ("zw-1", "zw-1"),
        ("コーヒー", "コーヒー"),
        ("Невский-1", "Невский-1"),
        ("SPB-Невский", "SPB-Невский"),
    ],
)
def test_a_code_is_kept_in_one_form(text: str, kept: str) -> None:
    assert names.code(text) == kept


INVISIBLE = {
    "\u200b": "U+200B",
    "\u200c": "U+200C",
    "\u200d": "U+200D",
    "\u200e": "U+200E",
    "\u200f": "U+200F",
    "\u2060": "U+2060",
    "\u2066": "U+2066",
    "\u202e": "U+202E",
    "\u00ad": "U+00AD",
    "\ufeff": "U+FEFF",
    "\u034f": "U+034F",
    "\u3164": "U+3164",
    "\uffa0": "U+FFA0",
    "\u2800": "U+2800",
    "\ufe0f": "U+FE0F",
    "\U000e0020": "U+E0020",
    "\U000e0100": "U+E0100",
}


@pytest.mark.parametrize("character", INVISIBLE)
@pytest.mark.parametrize("read", [names.code, names.email, names.name])
def test_what_nobody_sees_is_told_with_its_place(read: object, character: str) -> None:
    at = "a@b.example".index("@")
    text = f"a{character}@b.example" if character != "\ufe0f" else f"a{character}b@b.example"
    code, values = refusal(read, text)
    assert (code, values["character"]) == ("character_invisible", INVISIBLE[character])
    assert values["position"] == at + 1


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "character_control"),
        ("\x1b", "character_control"),
        ("\x85", "character_control"),
        ("\u2028", "character_control"),
        ("\ud800", "character_control"),
        ("\ue000", "character_private"),
        ("\U0010fffd", "character_private"),
        ("\ufffd", "character_unread"),
        ("\uffff", "character_unread"),
        ("\ufdd0", "character_unread"),
    ],
)
@pytest.mark.parametrize(
    "read", [names.code, names.email, names.name, lambda text: names.prose(text, 99)]
)
def test_what_no_writer_means_is_refused_everywhere(
    read: object, character: str, code: str
) -> None:
    assert refusal(read, f"x{character}y@b.example")[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian: a joiner that keeps two letters apart
        "ශ්‍රී ලංකා",  # Sinhala: a conjunct behind a virama
        "র‍্যাব",  # Bengali: before a virama
        "Chez 👩‍🍳",
        "Café ☕️",
        "葛\U000e0100飾店",  # a variant of an ideograph
    ],
)
def test_a_name_keeps_what_its_script_needs(text: str) -> None:
    assert names.name(f" {text} ") == text


@pytest.mark.parametrize("text", ["", " ", "\u3000", "x" * 201])
def test_a_name_has_1_to_200_characters(text: str) -> None:
    assert refusal(names.name, text) == ("length", {"min": 1, "max": 200})


def test_a_name_stands_on_one_line_and_a_text_on_any() -> None:
    assert refusal(names.name, "a\nb")[0] == "character_control"
    assert names.prose(" a\r\nb\tc \n", 20) == "a\r\nb\tc"


@pytest.mark.parametrize(
    "text",
    [
        "kim@brand.example",
        " Kim@Brand.Example\u00a0",
        "ｋｉｍ＠ｂｒａｎｄ．ｅｘａｍｐｌｅ",
        "kim@brand。example",
        "kim@brand｡example",
        "KIM@BRAND.EXAMPLE\r\n",
    ],
)
def test_addresses_that_look_alike_are_one_address(text: str) -> None:
    assert names.email(text) == names.folded_email(text) == "kim@brand.example"


@pytest.mark.parametrize(
    "text", ["", "kim", "kim@brand", "a b@c.de", "a@b@c.de", "x" * 250 + "@b.de"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert refusal(names.email, text)[0] == "not_email"


@pytest.mark.parametrize(
    ("text", "letter", "written"),
    [("АBC-1", "А", "U+0410"), ("SНOP", "Н", "U+041D"), ("ΑBC", "Α", "U+0391")],
)
def test_a_letter_of_another_script_that_looks_alike_is_told(
    text: str, letter: str, written: str
) -> None:
    code, values = refusal(names.code, text)
    assert (code, values["letter"], values["character"]) == ("scripts_mixed", letter, written)


@given(st.text(max_size=30))
def test_what_is_kept_is_kept_as_it_is(text: str) -> None:
    for read in (names.code, names.name, lambda each: names.prose(each, 99)):
        try:
            kept = read(text)
        except Refused:
            continue
        assert read(kept) == kept
