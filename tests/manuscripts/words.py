"""The worst words that cells and checklists may hold, and numbers as checklists write them."""

from __future__ import annotations

from hypothesis import strategies as st

LOCALES = ["en", "zh", "pt-BR"]
NASTY = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a\r\nb\nc", "_x000D_", "_x0041_"),
    *("2.50", "1e5", "007", "TRUE", "2026-03-01", "14:30", "80%", "#N/A", "http://a.b/c?d#e"),
    *(
        "“引号”、（括号）",
        "ＡＢＣ　１２３",
        'say "no", twice',
        "a, b; c",
        "never",
        "\x01\ufffe",
        "😀",
    ),
]
# Words of the cells' own languages, as keys.
KEYS = [
    *("and", "or", "not", "in", "is", "all", "any", "true", "kind", "site", "question"),
    *("never", "always", "when_failed", "cap", "fail", "failed", "yes", "no", "contains"),
]
INTEGERS = st.integers(0, 9_000)
DECIMALS = INTEGERS.map(lambda held: held / 1000)
SIGNED = st.integers(-9_000, 9_000).map(lambda held: held / 1000)
PERCENTS = st.integers(0, 10_000).map(lambda held: held / 100)
WORDS = (
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
    )
    | st.sampled_from(NASTY)
).filter(str.strip)
DEMANDS = ["never", "when_failed", "always"]
OPERATORS = ["less_than", "at_most", "more_than", "at_least"]
