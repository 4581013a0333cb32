"""Many sites for the tests, in tables of any length."""

from __future__ import annotations

from audit_api.drawing import Figure, Labels, Period, Text
from audit_api.drawing.heat import Heat, HeatRow, heat, heat_legend
from audit_api.drawing.league import League, LeagueRow, league, league_legend
from audit_api.drawing.marks import Drawing
from audit_api.drawing.movers import Mover, Movers, movers, movers_legend
from audit_api.drawing.parts import PartRow, parts, parts_legend
from audit_api.drawing.periods import Expected
from audit_api.drawing.trend import trend
from tests.drawing.fixed import FONTS

TOUCHPOINTS: tuple[Text, ...] = (
    ("Outside and entrance", "门店外观与入口"),
    ("Greeting and reception", "迎宾接待"),
    ("Consultation", "需求咨询"),
    ("Product presentation", "产品介绍"),
    ("Fitting room", "试衣服务"),
    ("Checkout and payment", "收银付款"),
    ("Farewell", "送客"),
    ("After-sales follow-up", "售后跟进"),
    ("Cleanliness of the whole shop", "全店清洁"),
    ("Complaint handling", "投诉处理"),
)
TOWNS = (
    "Market Street",
    "Station Road",
    "Harbour Quay",
    "北京国贸旗舰店",
    "Old Town Shopping Gallery",
)
PERIODS = (
    ("Q1 2025", "2025年第1季度"),
    ("Q2 2025", "2025年第2季度"),
    ("Q3 2025", "2025年第3季度"),
    ("Q4 2025", "2025年第4季度"),
    ("Q1 2026", "2026年第1季度"),
)
BASE = PERIODS[3]


def figure(seed: int, n: int = 6) -> Figure:
    """A score between 30 and 100 % that the seed alone decides."""
    score = 3_000 + seed * 2_371 % 7_000
    if n < 2:
        return Figure(n, score if n else None)
    reach = 2_000 // n
    return Figure(n, score, max(0, score - reach), min(10_000, score + reach))


def site(place: int) -> tuple[str, str]:
    return f"{TOWNS[place % len(TOWNS)]} {place + 1}", f"MAN-{place + 1:03}"


def heat_of(sites: int, columns: int = 8) -> Heat:
    rows = []
    for place in range(sites):
        name, code = site(place)
        n = place % 5 + 1
        parts = tuple(
            figure(place * 31 + column * 7, n if (place + column) % 6 else max(0, n - 2))
            for column in range(columns)
        )
        rows.append(HeatRow(name, code, figure(place * 13, n), parts))
    total = tuple(figure(column * 5 + 2, sites * 3) for column in range(columns))
    titles = tuple(TOUCHPOINTS[column % len(TOUCHPOINTS)] for column in range(columns))
    return Heat(titles, tuple(rows), HeatRow("North West", "", figure(9, sites * 3), total))


def league_of(sites: int, waves: int = 5) -> League:
    rows = []
    for place in range(sites):
        name, code = site(place)
        n = place % 5 + 1
        figures = tuple(figure(place * 17 + wave, n) for wave in range(waves))
        rank = place + 1 if n >= 3 else None
        row = LeagueRow(name, code, "North West", rank, figures[-1].score, figures, place % 7 == 0)
        rows.append(row)
    total = tuple(figure(wave + 3, sites * 3) for wave in range(waves))
    whole = LeagueRow("North West", "", "", None, 8333, total)
    return League(PERIODS[-waves:], tuple(rows), whole)


def mover(place: int, points: int) -> Mover:
    name, code = site(place)
    before = Figure(4, 6_000, 5_000, 7_000)
    now = Figure(5, 6_000 + points, 5_000 + points, 7_000 + points)
    beyond = abs(points) > 2_000
    return Mover(name, code, before, now, 0.01 if beyond else 0.4, beyond)


def movers_of(count: int = 5) -> Movers:
    return Movers(
        BASE,
        41,
        tuple(mover(place, 3_000 - 400 * place) for place in range(count)),
        tuple(mover(place + 9, 400 * place - 3_000) for place in range(count)),
    )


PARTS = (
    PartRow(TOUCHPOINTS[0], figure(1), 8105, 1234, beyond_chance=True),
    PartRow(TOUCHPOINTS[8], figure(2, 1), None, -60, beyond_chance=False),
    PartRow(TOUCHPOINTS[2], figure(3, 0), 7710, None, beyond_chance=False),
)
EXPECTED = (Expected(PERIODS[0], 8100, 7000, 9200), Expected(PERIODS[1], 8150, 6500, 9800))


def charts_of_sites(labels: Labels, width: float) -> dict[str, list[Drawing]]:
    """Each chart of many sites in the drawings that it comes in."""
    moved = movers_of(3)
    tables = {
        "heat": heat(heat_of(6, 10), labels, FONTS, width),
        "straight heat": heat(heat_of(3, 4), labels, FONTS, width),
        "league": league(league_of(6, 3), labels, FONTS, width),
        "movers": movers(moved.worsened, moved.base, labels, FONTS, width),
        "parts": parts(PARTS, TOUCHPOINTS[0], labels, FONTS, width),
    }
    periods = [Period(label, figure(place)) for place, label in enumerate(PERIODS)]
    return {name: [table.head, *table.rows] for name, table in tables.items()} | {
        "league legend": [league_legend(league_of(6, 3), labels, FONTS, width)],
        "heat legend": [heat_legend(labels, FONTS, width)],
        "movers legend": [movers_legend(moved.base, labels, FONTS, width)],
        "parts legend": [parts_legend(PARTS, labels, FONTS, width)],
        "outlook": [trend(periods, 8000, labels, FONTS, width, EXPECTED)],
    }
