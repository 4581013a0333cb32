"""The scorecard of the same shop: two years of visits, told in fixed figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit_api.drawing import BandStart, Comparison, Figure, Metric, Period, Scale, Text
from audit_api.pdf import Comment, Difference, FailingQuestion, Rank, SiteScorecardReport, VisitLine
from audit_api.services.documents.languages import labels, locales
from tools.pictures.audit import OWNER, REGION, SITE

MEANS = (
    7120, 7340, 7290, 7610, None, 7480, 7800, 7720, 8010, 7900, 8140, 7960,
    7650, 7880, 8050, 8240, 8190, 8360, None, 8280, 8420, 8510, 8330, 8467,
)  # fmt: skip
COUNTS = (4, 4, 3, 5, 0, 3, 4, 1, 4, 5, 4, 4, 4, 3, 1, 4, 5, 4, 0, 3, 4, 5, 4, 6)

FAILING = (
    (
        "5.3",
        "Were you told whom to turn to if the product gives trouble?",
        "店员是否告知商品出现问题时的售后联系方式？",
        5,
        417,
    ),
    (
        "1.4",
        "How long was it from your entering until a member of staff greeted you?",
        "从进店到有店员主动招呼，用了多长时间？",
        3,
        302,
    ),
    (
        "3.2",
        "Did every product you looked at carry a correct price label?",
        "您查看的商品是否都有准确的价格标签？",
        2,
        189,
    ),
)
REMARKS = (
    ("The clerk compared three oolongs by harvest and roast, and let me smell each.", 21, True),
    ("结账很快，还主动提醒我可以开电子发票。", 8, True),
    (
        "Both clerks were talking at the till; three minutes passed unnoticed.",
        14,
        False,
    ),
    ("问起退换货，店员说“一般没人来退”，也没有告诉我该联系谁。", 27, False),
)

VISITS = ((27, 8350, 3), (21, 9040, 1), (14, 7712, 4), (8, 8810, 2), (5, 8505, 2), (2, 8385, 2))


def report(lang: str, **changed: Any) -> SiteScorecardReport:
    """Return the shop's scorecard in one of the languages of documents."""

    def text(en: str, zh: str) -> Text:
        return tuple({"en": en, "zh": zh}[locale] for locale in locales(lang))

    arrival, consultation = text("Arrival", "进店体验"), text("Consultation", "咨询过程")
    display, checkout = text("Product display", "产品展示"), text("Checkout", "结账环节")
    after_sales = text("After-sales", "售后服务")
    values: dict[str, Any] = {
        "locale": locales(lang)[0],
        "labels": labels(lang),
        "organisation": "华南零售集团 South China Retail" if lang == "both" else OWNER[lang],
        "site_name": SITE[lang],
        "site_code": "GZ-012",
        "region": REGION[lang],
        "period": text("March 2026", "2026年3月"),
        "until": date(2026, 3, 31),
        "as_of": "2026-04-01 16:00 (UTC+08:00)",
        "overall": Figure(6, 8467, 8015, 8919),
        "band": text("Good", "良好"),
        "scale": Scale(
            (
                BandStart(text("Poor", "不合格"), 0),
                BandStart(text("Fair", "待改进"), 6500),
                BandStart(text("Good", "良好"), 8000),
                BandStart(text("Excellent", "优秀"), 9000),
            ),
            8000,
        ),
        "pass_rate": 8333,
        "planned": 7,
        "done": 6,
        "least": 3,
        "rank_in_region": Rank(2, 14),
        "rank_in_organisation": Rank(31, 212),
        "previous": Difference(text("February 2026", "2026年2月"), 137, 164, n=4, p=0.61),
        "last_year": Difference(
            text("March 2025", "2025年3月"), 507, 637, comparable=False, n=4, p=0.03
        ),
        "trend": tuple(map(_period, range(24))),
        "touchpoints": (
            Comparison(arrival, Figure(6, 7917, 7020, 8814), 8240, 8105),
            Comparison(consultation, Figure(6, 8812, 8333, 9291), 8420, 8290),
            Comparison(display, Figure(6, 8450, 7600, 9300), 8510, 8622),
            Comparison(checkout, Figure(6, 9033, 8512, 9554), 8800, 8710),
            Comparison(after_sales, Figure(6, 7533, 6402, 8664), 7950, 7735),
        ),
        "dimensions": (
            Comparison(text("Attitude", "服务态度"), Figure(6, 8120, 7410, 8830), 8300, 8190),
            Comparison(text("Expertise", "专业能力"), Figure(6, 9140, 8700, 9580), 8655, 8540),
            Comparison(text("Environment", "环境"), Figure(6, 7725, 6805, 8645), 8470, 8512),
        ),
        "metrics": (
            Metric("NPS", 6, 3333, -10_000, 10_000, -2410, 8187),
            Metric(text("CSAT (top two)", "CSAT（前两档）"), 6, 8333, 0, 10_000, 4365, 9699, "%"),
            Metric(
                text("Customer effort (CES): 7 is least effort", "客户费力度（CES）：7 分为最省力"),
                5,
                580,
                100,
                700,
                476,
                684,
            ),
            Metric(text("Gap: perception − expectation", "差距：感知 − 期望"), 6, -50, -400, 400),
        ),
        "failing": tuple(
            FailingQuestion(number, text(*title), touchpoint, failed, 6, impact)
            for (number, *title, failed, impact), touchpoint in zip(
                FAILING, (after_sales, arrival, display), strict=True
            )
        ),
        "comments": tuple(
            Comment(comment, date(2026, 3, day), touchpoint, good)
            for (comment, day, good), touchpoint in zip(
                REMARKS, (consultation, checkout, arrival, after_sales), strict=True
            )
        ),
        "visits": tuple(
            VisitLine(
                date(2026, 3, day),
                text("Retail store mystery visit · v4", "零售门店神秘顾客检查表 · 第 4 版"),
                score,
                score >= 8000,
                findings,
            )
            for day, score, findings in VISITS
        ),
    }
    return SiteScorecardReport(**values | changed)


def _period(index: int) -> Period:
    """One month of the two years; its interval narrows with the visits."""
    year, month = 2024 + (index + 3) // 12, (index + 3) % 12 + 1
    mean, count = MEANS[index], COUNTS[index]
    if mean is None or count < 2:
        return Period(f"{year}-{month:02}", Figure(count, mean), rules_changed=index == 12)
    half = 2_200 // count + 90
    figure = Figure(count, mean, mean - half, min(mean + half, 10_000))
    return Period(f"{year}-{month:02}", figure, rules_changed=index == 12)
