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
from audit_api.drawing.gauge import gauge
from audit_api.drawing.marks import Drawing
from audit_api.drawing.metrics import metrics
from audit_api.drawing.trend import trend
from tests.drawing.fixed import BOTH, FONTS

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


def charts(labels: Labels = BOTH, width: float = WIDTH) -> dict[str, list[Drawing]]:
    """Each chart in the drawings that it comes in."""
    compared = [Comparison(TITLE, figure, 8240, 8105) for figure in (SEVERAL, ONE, NOTHING)]
    tables = {
        "bars": bars([Bar(TITLE, 8467, "50%", 2), Bar("–", None, "–", 0)], labels, FONTS, width),
        "comparison": comparison(compared, "Touchpoint", labels, FONTS, width),
        "metrics": metrics(
            [Metric("NPS", 6, 3333, -10_000, 10_000, -2410, 8187), Metric(TITLE, 0, None, 0, 100)],
            labels,
            FONTS,
            width,
        ),
    }
    return {name: [table.head, *table.rows] for name, table in tables.items()} | {
        "gauge": [gauge(8467, ("Good", "良好"), SCALE, FONTS, low=False)],
        "legend": [comparison_legend(labels, FONTS, width)],
        "trend": [trend(PERIODS, 8000, labels, FONTS, width)],
    }
