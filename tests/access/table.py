"""Who gets what from every call: reads the one table of access, `table.txt`.

A row is a method, an address and, for ids that come elsewhere, a `?query` parameter, a member of
the `{body}` or a `[list]` in it.  A cell is what the person gets for an id of their own place / of
another region / of another organisation, or one answer for all; `some` and `none` are a 200 with
and without rows.  A row of one cell is the same for everybody.
"""

from __future__ import annotations

from pathlib import Path

PEOPLE = ("nobody", "auditor", "other_auditor", "manager", "reviewer", "hq", "integration")
PLACES = ("own", "region", "organisation")

TABLE = Path(__file__).with_name("table.txt")


def rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the table: by row and person, the three answers."""
    return {" ".join(words): cells for words, cells in map(_row, TABLE.read_text().splitlines())}


def _row(line: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    words = line.split()
    start = next(i for i, word in enumerate(words) if word[0].isdigit())
    cells = words[start:] if len(words) > start + 1 else words[start:] * len(PEOPLE)
    answers = [tuple(cell.split("/")) if "/" in cell else (cell,) * 3 for cell in cells]
    return words[:start], dict(zip(PEOPLE, answers, strict=True))
