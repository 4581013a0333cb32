"""`python -m tools.fonts FOLDER` makes all fonts anew from what lies unpacked under FOLDER.

| Package | Fonts | Licence |
|---|---|---|
| PyPI `justmytype-intl-cjk` 0.1.0 | Noto Sans SC, TC, JP | SIL OFL 1.1 |
| PyPI `justmytype-western-core` 0.1.0 | Noto Sans, Noto Sans Symbols 2 | SIL OFL 1.1 |
| npm `@fontsource/noto-sans-math` 5.3.0 | Noto Sans Math | SIL OFL 1.1 |
| npm `@expo-google-fonts/noto-emoji` 0.4.7 | Noto Emoji | SIL OFL 1.1 |
| Debian `fonts-hanazono` 20170904-2.1 | Hanazono Mincho B | Hanazono Font License |

fontTools (`requirements-dev.txt`) does the work, in some minutes.  The same sources give the same
bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.fonts import chinese, coverage, pictures, rare

folder = Path(sys.argv[1])


def found(pattern: str) -> Path:
    """The one file of this name."""
    (path,) = folder.rglob(pattern)
    return path


chinese.make(found(chinese.SOURCE))
families = ["NotoSansSC", "NotoSansSCRare"]
for style, name in pictures.SOURCES.items():
    pictures.make(found(name), style)
for source in rare.SOURCES:
    known = {code for family in families for code in coverage.codes(family)}
    rare.make(source, found(source.pattern), known)
    families.append(source.family)
    if source.family == "NotoSans":
        families.append(pictures.FAMILY)
known = {code for family in families for code in coverage.codes(family)}
rare.make_ideographs(found(rare.IDEOGRAPHS), known)
families += [f"RareIdeographs{part + 1}" for part in range(rare.PARTS)]
coverage.write(families)
