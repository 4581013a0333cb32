"""What the tables say beside the product's own sentences, and how a table is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

_SIGNS = re.compile(r"([\\|*<_\[\]])")
"""Signs that Markdown would read as its own."""
_CODE = re.compile(r"(`[^`]*`)")


@cache
def words(locale: str) -> Mapping[str, str]:
    """Return the tables' own sentences in a language."""
    path = Path(__file__).parent / "words" / f"{locale}.json"
    sentences: dict[str, str] = json.loads(path.read_text("utf-8"))
    return sentences


def told(code: str, locale: str, /, **values: object) -> str:
    """Return a sentence of the tables' own, which may hold Markdown, with `values` if there are any
    in their places."""
    try:
        sentence = words(locale)[code]
    except KeyError:
        place = f"tools/reference/words/{locale}.json"
        raise LookupError(f"{place} has no sentence {code!r} for what the product has") from None
    return sentence.format_map(values) if values else sentence


def plain(sentence: str) -> str:
    """Return a sentence of the product's as Markdown that shows it, its placeholders as code."""
    return "".join(
        _shown(text) + (code(f"{{{name}}}") if name else "")
        for text, name, _, _ in Formatter().parse(sentence)
    )


def _shown(text: str) -> str:
    return "".join(
        part if place % 2 else _SIGNS.sub(r"\\\1", part)
        for place, part in enumerate(_CODE.split(text))
    )


def code(text: object) -> str:
    """Return a word of the product's as code."""
    return f"`{text}`".replace("|", "\\|")


def codes(texts: Iterable[object]) -> str:
    return " ".join(map(code, texts))


def json_code(value: Any) -> str:
    return code(json.dumps(value, ensure_ascii=False))


def table(locale: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table of Markdown; its headings are `heading.<name>`."""
    heads = [told(f"heading.{name}", locale) for name in headings]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
