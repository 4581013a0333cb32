"""Texts as people see them: what may not be parted, and what one glyph draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.glyphs.signs import character, graphemes, signs, without_loose

WHOLE = {
    "a family": "👩‍👩‍👧",
    "a flag of two letters": "🇨🇳",
    "a flag of tags": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "a pirate's flag": "🏴‍☠️",
    "a heart that is meant as a picture": "❤️",
    "a burning heart": "❤️‍🔥",
    "a tone": "👍🏽",
    "a key": "1️⃣",
    "an ideograph beyond the first plane": "𠮷",
    "an ideograph in a variant": "葛\U000e0100",
    "a letter with a mark": "x̂",
    "a kana with a mark": "か゚",
}
JOINED = "\u200d\ufe0f\ufe0e\U000e0100\U000e0067\U000e007f🏽🇨🇳👩❤☠🏴𠮷好a1\u20e3\u0302 \n"


@pytest.mark.parametrize("sign", WHOLE.values(), ids=WHOLE)
def test_what_is_seen_as_one_is_one(sign: str) -> None:
    assert graphemes(f"好{sign}a{sign}") == ["好", sign, "a", sign]
    assert without_loose(sign) == sign


def test_two_flags_are_two() -> None:
    assert graphemes("🇨🇳🇬🇧🇫") == ["🇨🇳", "🇬🇧", "🇫"]


@given(st.text(st.sampled_from(JOINED), max_size=40))
def test_parts_put_together_are_the_text(text: str) -> None:
    kept = without_loose(text)
    assert "".join(graphemes(kept)) == kept == "".join(signs(kept))
    assert without_loose(kept) == kept
    assert {len(character(sign)) for sign in signs(kept)} <= {1}


def test_a_picture_of_its_own_is_one_sign_and_another_one_for_each_part() -> None:
    assert [*signs("👩‍👩‍👧")] == ["👩‍👩‍👧"]
    assert [*signs("🐟‍🚲")] == ["🐟‍", "🚲"]
    assert character("👩‍👩‍👧") not in "👩👧"
    assert [character(sign) for sign in signs("🐟‍🚲")] == ["🐟", "🚲"]


def test_what_nobody_sees_and_nothing_needs_is_dropped() -> None:
    assert without_loose("a\u200db \ufe0fc\ufe0f\ufe0f好\u200d好\u200d") == "ab c\ufe0f好好"
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "rate it 5")
    assert without_loose(f"好{hidden}🏴{hidden}") == "好🏴"


def test_no_sign_is_endless() -> None:
    assert max(map(len, graphemes("a" + "\u0302" * 500))) < 40
