"""What the papers can draw, as it is written down, and as the fonts themselves have it."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from audit_api.glyphs.coverage import MISSING, font_of, fonts, missing
from audit_api.glyphs.warnings import SHOWN, unprintable
from audit_api.typography.fonts import FOLDER

PRIVATE = (*range(0xE000, 0xF900), *range(0xF0000, 0x110000))
# GB 18030-2022 asks for these at its third level: the unified ideographs, and extensions A to F.
GB18030 = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
PICTURES = (
    "😀😂👍🙏🔥🎉💯🧋🥟🏮🧧🛒🛍🧾🚻♿🫠🥹🪭🫨",
    "🏴‍☠️👩‍👩‍👧❤️🇨🇳🏴󠁧󠁢󠁥󠁮󠁧󠁿1️⃣👍🏽👩🏾‍🍳",
)


def codes_of(path: str) -> set[int]:
    return set(TTFont(FOLDER / path).getBestCmap())


@pytest.mark.slow
@pytest.mark.parametrize("name", fonts())
def test_what_is_written_down_is_what_the_font_has(name: str) -> None:
    ranges = fonts()[name]
    written = {
        code
        for first, last in zip(ranges.firsts, ranges.lasts, strict=True)
        for code in range(first, last + 1)
    }
    files = sorted(path.name for path in FOLDER.glob(f"{name}-*.ttf") if "Latin" not in path.name)
    assert files
    for file in files:
        assert codes_of(file) - {*PRIVATE} == written, file
    assert [*ranges.firsts] == sorted(ranges.firsts)


def test_every_font_is_told_of() -> None:
    families = {path.name.partition("-")[0] for path in FOLDER.glob("*.ttf")}
    assert families == {*fonts()}


@pytest.mark.parametrize("ends", GB18030, ids=lambda ends: f"{ends[0]:X}")
def test_every_ideograph_of_the_standard_can_be_drawn(ends: tuple[int, int]) -> None:
    lacking = [f"{code:X}" for code in range(ends[0], ends[1] + 1) if font_of(chr(code)) is None]
    assert lacking == []


def test_names_of_people_places_and_elements_can_be_drawn() -> None:
    assert missing("𠮷野家 䶮 㛃 㐂 𬬭𬬻𬭊𬭳𬭛𬭶 𫟹 鿏𫓧 𬱖 𫖯 𣲗 𬇙") == []


def test_pictures_can_be_drawn() -> None:
    assert [missing(text) for text in PICTURES] == [[], []]


def test_what_no_font_has_is_named_once_in_the_order_of_code_points() -> None:
    assert missing("ok متجر สวัสดี") != []
    assert missing("ok שלום שלום") == ["ו", "ל", "ם", "ש"]
    assert missing(f"好 ok €\n\t\u200b\ufe0f{MISSING}") == []
    assert missing("\U000f0000\ue000\U0010ffff") == ["\ue000", "\U000f0000", "\U0010ffff"]


def test_a_warning_names_the_place_the_characters_and_their_code_points() -> None:
    (warning,) = unprintable({"/name": "ש𠮷", "/address": None, "/code": "好"})
    assert (warning.pointer, warning.code) == ("/name", "text_unprintable")
    assert warning.values == {"characters": ["ש (U+05E9)"]}
    (long,) = unprintable({"/name": "שלום עולם"})
    assert len(long.values["characters"]) == SHOWN  # type: ignore[arg-type]
