"""Lines of Chinese and Latin text: where they may break, what they may not hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit_api.drawing.styles import BOLD, REGULAR
from audit_api.glyphs.coverage import MISSING, font_of, missing
from audit_api.glyphs.signs import graphemes, signs
from audit_api.typography.fonts import chinese, typeface
from audit_api.typography.text import LONGEST, clean, fit, measure, wrap

mixed = st.text(st.sampled_from("ab, 好店，。（）“”\n\t\u200b😀é-𠮷ש"), max_size=80)
pictures = st.lists(
    st.sampled_from(["ab ", "好，", "𠮷", "👩‍👩‍👧", "❤️‍🔥", "🇨🇳", "🏴‍☠️", "1️⃣", "x̂", "か゚", "…"]),
    max_size=30,
).map("".join)


def wide(text: str, size: float) -> float:
    return measure(text, typeface(REGULAR, text)) * size


def test_a_chinese_line_does_not_begin_with_a_closing_mark() -> None:
    for room in range(31, 120, 3):
        lines = wrap("门店干净，员工（很）友好、热情。“很好！”他说。", REGULAR, 10, room)
        assert not any(line[0] in "，。、）！”" for line in lines[1:])


def test_a_chinese_line_does_not_end_with_an_opening_mark() -> None:
    for room in range(31, 120, 3):
        lines = wrap("员工（很）友好“真的”《手册》", REGULAR, 10, room)
        assert not any(line[-1] in "（“《" for line in lines[:-1])


def test_latin_words_stay_whole_among_chinese_ones() -> None:
    lines = wrap("请加入VIP会员计划Northwind俱乐部，it’s free", REGULAR, 10, 70)
    assert all(any(word in line for line in lines) for word in ("VIP", "Northwind", "it’s"))


def test_a_word_longer_than_the_line_is_broken_where_the_line_ends() -> None:
    lines = wrap("see " + "x" * 100, REGULAR, 10, 100)
    assert lines[0].startswith("see xxx")
    assert "".join(lines).count("x") == 100


def test_line_ends_in_the_text_are_kept() -> None:
    assert wrap("one\r\ntwo\u2028\nthree\n", REGULAR, 10, 100) == ["one", "two", "", "three"]


def test_more_lines_than_asked_for_end_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six", REGULAR, 10, 40, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_cut_line_keeps_the_space_before_its_last_word(gap: str) -> None:
    assert wrap(f"one{gap}extraordinarily", REGULAR, 10, 75, most=1)[0].startswith("one extra")


def test_a_cut_line_gets_no_space_between_chinese_characters() -> None:
    assert wrap("门店干净员工很友好", REGULAR, 10, 45, most=1) == ["门店干…"]


@given(mixed, st.floats(15, 300))
def test_no_line_is_wider_than_its_column(text: str, room: float) -> None:
    for line in wrap(text, REGULAR, 10, room):
        assert wide(line, 10) <= room + 1e-6 or wide(line[:-1].strip("“（"), 10) <= room


@given(mixed, st.floats(15, 300))
def test_breaking_lines_loses_nothing_but_white_space(text: str, room: float) -> None:
    broken = "".join(wrap(text, REGULAR, 10, room))
    assert broken.replace(" ", "") == clean(text).replace(" ", "").replace("\n", "")


@given(st.text(max_size=60), st.floats(20, 300))
@example("Ő0一", 20.0)
def test_a_fitted_line_fits(text: str, room: float) -> None:
    assert wide(fit(text, REGULAR, 10, room), 10) <= room


@given(st.text())
def test_cleaned_text_holds_only_what_the_fonts_can_draw(text: str) -> None:
    assert all(map(font_of, signs(clean(text).replace("\n", ""))))


@given(pictures, st.floats(15, 300))
def test_no_line_ends_inside_what_is_seen_as_one(text: str, room: float) -> None:
    whole = graphemes(clean(text))
    lines = wrap(text, REGULAR, 10, room)
    assert [each for line in lines for each in graphemes(line)] == [
        each for each in whole if each != " "
    ] or " " in "".join(lines)
    cut = fit(text, REGULAR, 10, room)
    assert graphemes(cut.removesuffix("…")) == whole[: len(graphemes(cut.removesuffix("…")))]


def test_letters_are_composed_and_spaces_are_plain() -> None:
    assert clean("Cafe\u0301\u00a0\u2003bar\ttab") == "Café  bar tab"


def test_a_text_is_cut_visibly_at_the_longest_that_is_laid_out() -> None:
    assert clean("x" * LONGEST) == "x" * LONGEST
    assert clean("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_no_character_is_wider_in_the_latin_cut_than_in_the_chinese_one(weight: str) -> None:
    wide_marks = chinese(weight).widths
    for sign, advance in typeface(weight, "a").widths.items():
        assert advance <= wide_marks[sign], sign


def test_a_missing_character_is_visible_even_in_a_latin_text() -> None:
    assert clean("aשb") == f"a{MISSING}b"
    assert MISSING in typeface(REGULAR, "a").widths


def test_every_character_of_gbk_can_be_drawn() -> None:
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    hanzi = "".join(pair.decode("gbk", errors="ignore") for pair in pairs)
    assert len(hanzi) > 6_700
    assert {*missing(hanzi)} - {chr(code) for code in range(0xE000, 0xF900)} == set()
