"""Every chart once, of values that show all that it can."""

from __future__ import annotations

from audit_api.drawing import (
    BandStart,
    Bar,
    Comparison,
    Figure,
    Labels,
    Metric,
    Period,
    Scale,
)
from audit_api.drawing.bars import bars
from audit_api.drawing.comparison import comparison, comparison_legend
from audit_api.drawing.distribution import Distribution, Share, distributions
from audit_api.drawing.gauge import gauge
from audit_api.drawing.marks import Drawing
from audit_api.drawing.metrics import metrics
from audit_api.drawing.progress import Advance, advances
from audit_api.drawing.quadrant import QuadrantPart, Quadrants, quadrant
from audit_api.drawing.rival_sites import Rival, rival_sites
from audit_api.drawing.rivals import RivalPart, rivals, rivals_legend
from audit_api.drawing.trend import trend
from tests.drawing.fixed import BOTH, FONTS
from tests.drawing.sites import charts_of_sites

WIDTH = 511.28

SEVERAL = Figure(6, 7917, 7020, 8814)
ONE = Figure(1, 8467)
NOTHING = Figure(0, None)
SCALE = Scale((BandStart("Poor", 0), BandStart("Fair", 6500), BandStart("Good", 8000)), 7500)
TITLE = ("Arrival and the first minutes in the shop", "进店体验")
PERIODS = tuple(
    Period(f"2026-{place:02}", figure, rules_changed=place == 3)
    for place, figure in enumerate((SEVERAL, SEVERAL, ONE, NOTHING, SEVERAL), start=1)
)
QUADRANTS = Quadrants(
    (
        QuadrantPart(TITLE, Figure(40, 4200, 3100, 5300), Figure(40, 6120, 5800, 6440), sure=True),
        QuadrantPart("Fitting", Figure(40, 3100, 1900, 4300), Figure(40, 9240, 8800, 9680), False),
        QuadrantPart("Checkout", Figure(40, 2700, 200, 5200), Figure(40, 7980, 7100, 8860), False),
    ),
    3333,
    7780,
)
DISTRIBUTIONS = (
    Distribution(
        "1.1", TITLE, TITLE, 24, 22, (Share(("Yes", "是"), 18, 8182), Share("No", 4, 1818))
    ),
    Distribution(
        "2.14",
        ("How long did you wait? " * 12, "您等了多久？" * 20),
        TITLE,
        24,
        0,
        tuple(Share(f"An answer that is rather long, number {n}", n, None) for n in range(40)),
        middle=("Half of all values lie between 1.00 and 4.50. " * 4, "中位数 2.50。" * 9),
        left_out=("24 had no answer.", "24 次无答案。"),
        scored=False,
    ),
)
RIVALS = (
    RivalPart(TITLE, SEVERAL, Figure(2, 6100, 0, 10_000), 0.02),
    RivalPart("–", ONE, NOTHING, None),
)
NPS = RivalPart(TITLE, Figure(6, 3333, -2410, 8187), NOTHING, None, -10_000, 10_000, "")
SITES = (Rival("Leaf & Co " * 9, "C-1", "West", SEVERAL), Rival("Harbour", "C-2", "W", ONE))
ADVANCES = (Advance(TITLE, 0, 40, 20, 5, 2, 3), Advance("Deep below", 9, 0, 0, 0, 0, 0))


def charts(labels: Labels = BOTH, width: float = WIDTH) -> dict[str, list[Drawing]]:
    """Each chart in the drawings that it comes in."""
    compared = [Comparison(TITLE, figure, 8240, 8105) for figure in (SEVERAL, ONE, NOTHING)]
    tables = {
        "bars": bars([Bar(TITLE, 8467, "50%", 2), Bar("–", None, "–", 0)], labels, FONTS, width),
        "comparison": comparison(compared, "Touchpoint", labels, FONTS, width),
        "distributions": distributions(DISTRIBUTIONS, labels, FONTS, width),
        "progress": advances(ADVANCES, labels, FONTS, width),
        "rivals": rivals(RIVALS, "Touchpoint", labels, FONTS, width),
        "rivals_on_scales": rivals([NPS, *RIVALS], TITLE, labels, FONTS, width),
        "rival_sites": rival_sites(SITES, labels, FONTS, width),
        "metrics": metrics(
            [Metric("NPS", 6, 3333, -10_000, 10_000, -2410, 8187), Metric(TITLE, 0, None, 0, 100)],
            labels,
            FONTS,
            width,
        ),
    }
    return {name: [table.head, *table.rows] for name, table in tables.items()} | {
        "gauge": [gauge(8467, ("Good", "良好"), SCALE, FONTS, low=False)],
        "quadrant": [quadrant(QUADRANTS, labels, FONTS, width)],
        "rivals_legend": [rivals_legend(RIVALS, labels, FONTS, width)],
        "legend": [comparison_legend(labels, FONTS, width)],
        "trend": [trend(PERIODS, 8000, labels, FONTS, width)],
        **charts_of_sites(labels, width),
    }
