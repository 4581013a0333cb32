"""The pages that have tables, and where in a page a table stands."""

from __future__ import annotations

import re
from pathlib import Path

from tools.reference.tables import TABLES

DOCUMENTS = Path(__file__).parents[2] / "docs"
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """Return the documents that have tables."""
    return [path for path in sorted(DOCUMENTS.rglob("*.md")) if MARKED.search(path.read_text())]


def language(name: str) -> str:
    """Return the language of a page, by the name of its file."""
    return "zh" if name.endswith(".zh.md") else "en"


def filled(text: str, name: str) -> str:
    """Return a page with its tables as they are now."""
    locale = language(name)
    return MARKED.sub(lambda mark: f"{mark[1]}\n{TABLES[mark[2]](locale)}\n\n{mark[3]}", text)
