"""The documents, and what stands in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
}
NAMES = sorted(DOCUMENTS)


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def chapter(text: str, title: str) -> str:
    """Return what stands below the heading `title`, up to the next heading of its depth."""
    begin = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert begin is not None, title
    end = re.search(rf"^#{{1,{len(begin[1])}}} ", text[begin.end() :], re.MULTILINE)
    return text[begin.end() : begin.end() + end.start()] if end else text[begin.end() :]


def code(text: str) -> list[str]:
    """Return what is written as code: words between backticks, and the lines of shell blocks."""
    fenced = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", fenced) + "".join(blocks(text, "sh")).splitlines()
