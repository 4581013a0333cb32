"""Papers about many sites for the tests, in one language or in both."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit_api.drawing import BandStart, Figure, Labels, Metric, Period, Scale, Text
from audit_api.drawing.periods import Expected
from audit_api.pdf import (
    Comment,
    Coverage,
    Difference,
    Drivers,
    FailingQuestion,
    Finding,
    NetworkReport,
    Part,
    PhotoRef,
    Practice,
    Questionnaire,
    Repeats,
)
from tests.drawing.samples import DISTRIBUTIONS, QUADRANTS
from tests.drawing.sites import (
    BASE,
    PERIODS,
    TOUCHPOINTS,
    figure,
    heat_of,
    league_of,
    movers_of,
    site,
)
from tests.pdf.reports import LABELS

SCALE = Scale(
    (
        BandStart(("Poor", "较差"), 0),
        BandStart(("Fair", "一般"), 6500),
        BandStart(("Good", "良好"), 8000),
    ),
    7500,
)


def said(text: Text, languages: tuple[str, ...]) -> Text:
    """A text as a document of these languages has it."""
    if isinstance(text, str):
        return text
    english, chinese = text
    return tuple({"en": english, "zh": chinese}[language] for language in languages)


def question(place: int) -> FailingQuestion:
    title = ("Were you told whom to call with a question?", "是否告知您有问题时可以联系谁？")
    return FailingQuestion(
        f"5.{place + 1}", title, TOUCHPOINTS[7], 40 - place, 60, max(5, 417 - 20 * place)
    )


def practice(place: int, *, good: bool) -> Practice:
    return Practice(
        site=site(place)[0],
        day=date(2026, 3, 14),
        touchpoint=TOUCHPOINTS[2],
        question=("Did the adviser ask what you need?", "顾问是否询问了您的需求？"),
        answer=("Yes, in detail", "是，非常详细"),
        comment="She asked three questions before she showed anything.",
        photos=tuple(PhotoRef(f"photo-{place * 3 + each}", f"Shelf {each}") for each in range(2)),
        good=good,
    )


def network(*languages: str, **given: Any) -> NetworkReport:
    spoken = languages or ("en",)
    change = Difference(BASE, 137, 164, n=190, p=0.02)
    values: dict[str, Any] = {
        "locale": spoken[0],
        "labels": Labels(tuple(LABELS[language] for language in spoken)),
        "organisation": "Northwind Retail Group",
        "title": ("Region report", "区域报告"),
        "name": "North West",
        "code": "NW",
        "period": PERIODS[-1],
        "until": date(2026, 3, 31),
        "as_of": "2026-04-01 08:00 UTC",
        "findings": (
            Finding(
                (
                    "North West scores 78.31%, 6.69 percentage points below its target of 85.00%.",
                    "North West 得分 78.31%，比目标 85.00% 低 6.69 个百分点。",
                ),
                good=False,
            ),
            Finding(
                (
                    "It is 1.37 percentage points above Q4 2025, which is more than chance.",
                    "较 2025年第4季度提高 1.37 个百分点，超出偶然范围。",
                ),
                good=True,
            ),
            Finding(
                (
                    "“Consultation” is the weakest touchpoint: 61.20% over 198 visits.",
                    "“需求咨询”是最薄弱的接触点：198 次暗访平均 61.20%。",
                ),
            ),
        ),
        "overall": Figure(198, 7831, 7620, 8042),
        "band": ("Fair", "一般"),
        "scale": SCALE,
        "target": 8500,
        "pass_rate": 6312,
        "previous": change,
        "last_year": Difference(PERIODS[0], -57, -72, comparable=False, n=180, p=0.4),
        "coverage": Coverage(210, 203, 198, 196, 9712, 44, 42),
        "trend": tuple(
            Period(
                (
                    f"Q{place % 4 + 1} {2023 + place // 4}",
                    f"{2023 + place // 4}年第{place % 4 + 1}季度",
                ),
                Figure(180 + place, 7_400 + 40 * place, 6_900 + 40 * place, 7_900 + 40 * place),
            )
            for place in range(12)
        ),
        "expected": tuple(
            Expected(
                (f"Q{place + 1} 2026", f"2026年第{place + 1}季度"),
                7_900 + place * 30,
                7_500 - place * 100,
                8_300 + place * 160,
            )
            for place in range(3)
        ),
        "forecast": (
            "Q2 2026 is expected to score 79.00%, between 75.00% and 83.00%.",
            "2026年第2季度预计得分 79.00%，在 75.00% 至 83.00% 之间。",
        ),
        "least": 3,
        "touchpoints": tuple(
            Part(
                title,
                figure(place + 3, 198 - place),
                7_700 - 90 * place,
                Difference(BASE, 210 - 90 * place, None, n=190, p=0.01 if place % 3 == 0 else 0.3),
            )
            for place, title in enumerate(TOUCHPOINTS[:8])
        ),
        "dimensions": (
            Part(("Expertise", "专业能力"), figure(4, 198), 8540, change),
            Part(("Courtesy", "服务礼仪"), figure(5, 198), 8105, Difference(BASE, None, None)),
        ),
        "heat": heat_of(12),
        "league": league_of(12, 3),
        "movers": movers_of(),
        "failing": tuple(question(place) for place in range(6)),
        "drivers": Drivers(
            (
                "“Consultation” has most to do with the overall score.",
                "与总分关系最大的是“需求咨询”。",
            ),
            QUADRANTS,
            (
                (
                    "“Consultation” matters more than the average: start here.",
                    "“需求咨询”的重要性高于平均，得分低于平均：应优先改进。",
                ),
                (
                    "“Farewell” matters less than the average: enough is done.",
                    "“送客”的重要性低于平均，得分高于平均：投入已经足够。",
                ),
            ),
            (
                (
                    "“Fitting room” is left out: too few visits have it.",
                    "未纳入“试衣服务”：包含这一部分的暗访太少。",
                ),
            ),
            (
                (
                    "“Farewell” has most to do with whether customers would recommend.",
                    "与顾客是否愿意推荐关系最大的是“送客”。",
                ),
            ),
        ),
        "repeats": Repeats(
            (
                "7 findings came again at the latest visit and still stand, at 5 of 42 sites.",
                "42 家受访门店中，有 5 家的 7 个问题点在最近一次暗访中再次出现，至今仍未改进。",
            ),
            (
                (
                    "Market Street 1: “Was the till honest?” failed at the last 3 visits.",
                    "Market Street 1：“收银是否如实？”最近连续 3 次不合格。",
                ),
            ),
        ),
        "weekdays": (
            "Saturdays score 3.10 percentage points below the other days: 75.80% over 38 visits.",
            "星期六的得分比其他日子低 3.10 个百分点：38 次暗访平均 75.80%。",
        ),
        "metrics": (Metric("NPS", 198, 3333, -10_000, 10_000, 2110, 4587),),
        "practices": (practice(0, good=True), practice(1, good=False)),
        "comments": (
            Comment("She let me smell each tea.", date(2026, 3, 21), TOUCHPOINTS[2], good=True),
            Comment("Three minutes at the door.", date(2026, 3, 14), TOUCHPOINTS[0], good=False),
        ),
        "questionnaires": (Questionnaire(None, DISTRIBUTIONS),),
        "notes": (
            (
                "2 sites have no visit in this period and stand in no table.",
                "2 家门店本期没有暗访，未列入各表。",
            ),
        ),
    }
    return NetworkReport(**_told(values | given, spoken))


def _told(value: Any, languages: tuple[str, ...]) -> Any:
    """Whatever is said in both languages, in those that are asked for."""
    if isinstance(value, dict):
        return {key: _told(each, languages) for key, each in value.items()}
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(e, str) for e in value):
        return said(value, languages)
    if isinstance(value, tuple):
        return tuple(_told(each, languages) for each in value)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, Labels):
        told = {name: _told(getattr(value, name), languages) for name in value.__dataclass_fields__}
        return type(value)(**told)
    return value


def empty(*languages: str, **given: Any) -> NetworkReport:
    """A paper of which no visit has a score yet."""
    nothing: dict[str, Any] = {
        "findings": (),
        "overall": Figure(0, None),
        "band": None,
        "pass_rate": None,
        "previous": Difference(BASE, None, None),
        "last_year": None,
        "coverage": Coverage(40, 0, 0, 0, None, 44, 0),
        "trend": (),
        "expected": (),
        "forecast": None,
    }
    names = (
        *("touchpoints", "dimensions", "failing", "metrics", "practices", "comments"),
        *("questionnaires", "notes"),
    )
    nothing |= dict.fromkeys(names, ())
    nothing |= dict.fromkeys(("heat", "league", "movers", "drivers", "repeats", "weekdays"))
    return network(*languages, **nothing | given)
