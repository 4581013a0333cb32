"""Fonts that need no file: every character is half as wide as it is high."""

from __future__ import annotations

from audit_api.drawing import Labels
from audit_api.drawing.styles import Style
from audit_api.words import vocabulary

LABELS = Labels((vocabulary("en"),))
BOTH = Labels((vocabulary("en"), vocabulary("zh")))


class FixedFonts:
    def width(self, line: str, style: Style) -> float:
        return len(line) * style.size / 2

    def fit(self, text: str, style: Style, width: float) -> str:
        room = int(width / style.size * 2)
        return text if len(text) <= room else f"{text[: max(0, room - 1)]}…"

    def wrap(self, text: str, style: Style, width: float, most: int | None) -> list[str]:
        room = max(1, int(width / style.size * 2))
        lines = [text[start : start + room] for start in range(0, max(1, len(text)), room)]
        if most is None or len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.fit("".join(lines[most - 1 :]), style, width)]


FONTS = FixedFonts()
