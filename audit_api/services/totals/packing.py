"""Sums of many parts in one row: a month of a scope is read, and changed, as a whole.

A text holds JSON, `{kind: {part: [sums…]}}`; zeros at a list's end are left out.  The kinds are in
three texts by how they are read: an earlier period needs none of the questions, and but for the
marks of metrics only distributions need the answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest

import orjson

from audit_api.rules.outcomes import Parts
from audit_api.rules.totals import WHOLE, Kind, Sums

TEXTS: Mapping[str, frozenset[Kind]] = {
    "parts": frozenset({Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION, Kind.MARK}),
    "questions": frozenset({Kind.QUESTION, Kind.GAP, Kind.BAND, Kind.TENTH, Kind.COVERAGE}),
    "answers": frozenset({Kind.ANSWER}),
}
"""The kinds in each text; the whole has columns of its own."""
EMPTY = dict.fromkeys(TEXTS, "{}")
_TEXT_OF: Mapping[str, str] = {kind.value: text for text, kinds in TEXTS.items() for kind in kinds}


def texts_with(kinds: Collection[Kind]) -> list[str]:
    """Return the texts in which these kinds are."""
    return [text for text, inside in TEXTS.items() if not inside.isdisjoint(kinds)]


def added(texts: Mapping[str, str], parts: Parts) -> dict[str, str]:
    """Return a row's texts with the sums of more parts added; what comes to nothing is left out.

    The whole is not among the texts, and is passed over.
    """
    loaded = {name: orjson.loads(text) for name, text in texts.items()}
    for (kind, part), sums in parts.items():
        if kind == Kind.WHOLE:
            continue
        stored = loaded[_TEXT_OF[kind]].setdefault(str(kind), {})
        total = _trimmed([a + b for a, b in zip_longest(stored.get(part, ()), sums, fillvalue=0)])
        if total:
            stored[part] = total
        else:
            stored.pop(part, None)
    # Sorted, so that equal sums are equal texts.
    return {name: orjson.dumps(kinds, option=_SORTED).decode() for name, kinds in loaded.items()}


def unpacked(texts: Iterable[str]) -> Iterator[tuple[str, str, Sums]]:
    """Yield the kinds, the parts and the sums of a row's texts."""
    for text in texts:
        for kind, parts in orjson.loads(text).items():
            for part, sums in parts.items():
                yield kind, part, Sums(*sums)


def whole(parts: Parts) -> Sums:
    """Return the sums of the whole."""
    return parts.get((Kind.WHOLE, WHOLE), Sums())


_SORTED = orjson.OPT_SORT_KEYS


def _trimmed(sums: list[int]) -> list[int]:
    while sums and not sums[-1]:
        sums.pop()
    return sums
