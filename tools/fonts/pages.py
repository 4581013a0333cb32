"""The fonts of pages: what documents embed, in pieces of which a browser loads those that it needs.

`python -m tools.fonts.pages` packs the Latin cut of each weight, and its Chinese characters, as
WOFF2 under `audit_api/console/static/fonts/`, and writes the stylesheet that says which piece has
which characters.  The last Chinese piece has what the product itself says; before it come the rare
characters, then the common ones.  Of pieces that overlap a browser asks the one that is declared
last: so a piece before it is told by its ends alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "audit_api" / "typography" / "fonts"
STATIC = ROOT / "audit_api" / "console" / "static"
WEIGHTS = {"Regular": 400, "Bold": 700}
FIRST_CHINESE = 0x2E80
MARKS = "—‘’“”…·"
"""What is as wide as a Chinese character beside one."""
OWN = ("audit_api/words/zh", "audit_api/demonstration/data", "checklists")
"""Where the product's own texts are."""
COMMON_PIECE, RARE_PIECE = 250, 1000
_COMMON = range(0xB0, 0xD8)
"""The first bytes of the common characters in GB 2312, its first level."""

RULE = (
    '@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
    'src:url("fonts/{name}.woff2") format("woff2");unicode-range:{ranges}}}'
)


def main() -> None:
    (STATIC / "fonts").mkdir(exist_ok=True)
    rules = [rule for style, weight in WEIGHTS.items() for rule in make(style, weight)]
    (STATIC / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")


def make(style: str, weight: int) -> Iterator[str]:
    """Make all pieces of a weight, and yield their rules."""
    latin = SOURCE / f"NotoSansSC-Latin{style}.ttf"
    codes = [code for code in TTFont(latin).getBestCmap() if code < FIRST_CHINESE]
    yield piece(latin, f"Latin-{style}", "Noto Sans SC Latin", weight, codes)
    chinese = SOURCE / f"NotoSansSC-{style}.ttf"
    *before, own = pieces(set(TTFont(chinese).getBestCmap()))
    for number, part in enumerate(before):
        name = f"Chinese-{style}-{number:02}"
        yield piece(chinese, name, "Noto Sans SC", weight, part, told=(part[0], part[-1]))
    yield piece(chinese, f"Chinese-{style}-own", "Noto Sans SC", weight, own)


def pieces(codes: set[int]) -> Iterator[Sequence[int]]:
    """Yield the Chinese characters in pieces, those that come together in one."""
    wanted = {code for code in codes if code >= FIRST_CHINESE} | set(map(ord, MARKS))
    own = {ord(sign) for sign in own_texts()} & wanted
    common = {ord(sign) for sign in level_one()} & wanted - own
    yield from parted(sorted(wanted - own - common), RARE_PIECE)
    yield from parted(sorted(common), COMMON_PIECE)
    yield sorted(own)


def own_texts() -> str:
    """Return the product's own texts, and all marks."""
    paths = [path for folder in OWN for path in sorted((ROOT / folder).rglob("*"))]
    files = [path for path in paths if path.suffix in {".json", ".yaml", ".py", ".csv", ".txt"}]
    return "".join(path.read_text(encoding="utf-8") for path in files) + MARKS


def level_one() -> str:
    rows = (bytes((lead, trail)) for lead in _COMMON for trail in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", errors="ignore") for row in rows)


def parted(codes: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    starts = [*range(0, len(codes), most), len(codes)]
    for start, end in pairwise(starts):
        yield codes[start:end]


def piece(
    source: Path,
    name: str,
    family: str,
    weight: int,
    codes: Iterable[int],
    told: tuple[int, int] | None = None,
) -> str:
    """Make one piece, and return its rule, which tells all characters, or the ends `told`."""
    wanted = sorted(codes)
    options = Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=[13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    font = TTFont(source)
    subsetter.subset(font)
    font.flavor = "woff2"
    target = STATIC / "fonts" / f"{name}.woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes")
    return RULE.format(
        family=family, weight=weight, name=name, ranges=span(*told) if told else ranges(wanted)
    )


def ranges(codes: Sequence[int]) -> str:
    """Return characters as a stylesheet lists them: U+4E00-4E05,U+4E07."""
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return ",".join(span(first, last) for first, last in found)


def span(first: int, last: int) -> str:
    return f"U+{first:X}-{last:X}" if last > first else f"U+{first:X}"


if __name__ == "__main__":
    main()
