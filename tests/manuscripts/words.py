"""Words of checklists, the worst among them, and numbers as they are written there."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.sheets.words import NASTY

LOCALES = ["en", "zh", "pt-BR"]
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
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufffd"),
        min_size=1,
        max_size=20,
    )
    | st.sampled_from([word for word in NASTY if "\x01" not in word])
).filter(str.strip)
DEMANDS = ["never", "when_failed", "always"]
OPERATORS = ["less_than", "at_most", "more_than", "at_least"]
