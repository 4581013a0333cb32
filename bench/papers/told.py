"""What papers cost, told as rows of the results."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from bench.papers import drawn, real
from bench.rows import Row, ratio, spread

REPORT = "audit report as PDF, 4 pages, 40 rows in two languages, 6 photos"


def rows() -> Iterable[Row]:
    """Tell what a report costs beside other ways to make it, then what real papers cost."""
    ours, flowables, typst, ours_again, typst_again = zip(*drawn.arms(), strict=True)
    for what, own, name, theirs, target in (
        (REPORT, ours, "reportlab's flowables", flowables, "≥ 15, ≤ 25 ms"),
        (REPORT, ours, "typst", typst, "≥ 1.6"),
        ("the same report again", ours_again, "typst, which remembers it", typst_again, "–"),
    ):
        yield (
            what,
            f"{median(own):.1f} ms CPU",
            f"{name}: {median(theirs):.1f} ms CPU",
            ratio(theirs, own),
            target,
        )
    for what, costs in real.costs().items():
        yield (
            f"{what}, gathered and drawn",
            f"{median(cost.whole for cost in costs):.1f} ms CPU",
            f"gathering: {median(cost.gathering for cost in costs):.1f} ms",
            f"{spread((cost.whole for cost in costs), '.1f')} ms",
            "–",
        )
