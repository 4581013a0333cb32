"""Reports and photos for the tests, in both languages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader

from audit_api.drawing import Labels, Text
from audit_api.pdf import (
    AuditReport,
    EffectLine,
    PhotoRef,
    QuestionLine,
    TouchpointPart,
    render,
)
from audit_api.words import LOCALES, vocabulary

LABELS: dict[str, dict[str, str]] = {
    locale: {code: text for code, text in words.items() if code.startswith("report.")}
    for locale in LOCALES
    for words in [vocabulary(locale)]
}


def question(title: str = "Were the windows clean?", **given: Any) -> QuestionLine:
    values = {"number": "1.1", "answer": "Yes", "points": "5 / 5"} | given
    return QuestionLine(title=title, **values)


def touchpoint(*questions: QuestionLine, **given: Any) -> TouchpointPart:
    values = {"title": "Arrival", "score": 9000, "share": "50.00%"} | given
    return TouchpointPart(questions=questions or (question(),), **values)


def report(language: str = "en", **given: Any) -> AuditReport:
    values: dict[str, Any] = {
        "locale": language,
        "labels": Labels((LABELS[language],)),
        "organisation": "Northwind Retail Group",
        "site_name": "Market Street",
        "site_code": "MAN-012",
        "site_address": "48 Market Street, Manchester",
        "region": "North West",
        "checklist_title": "Retail store service standard",
        "checklist_version": 4,
        "business_date": date(2026, 3, 14),
        "conducted_at": "2026-03-14 17:52 (UTC+00:00)",
        "received_at": "2026-03-14 18:47 (UTC+00:00)",
        "auditor": None,
        "state": "Approved",
        "raw": 8640,
        "final": 8640,
        "band": "Good",
        "passed": True,
        "valid": True,
        "coverage": (28, 30),
        "effects": (),
        "touchpoints": (touchpoint(),),
        "review_notes": (),
        "digest": "9f2c4a7be1d05836" * 4,
        "revision": 2,
    }
    return AuditReport(**values | given)


def effect(cause: Text = "2.4 “Was the till honest?” (No)", **given: Any) -> EffectLine:
    values = {"done": "The audit does not pass", "section": "–", "total": "unchanged"} | given
    return EffectLine(cause, **values)


def chinese_report(**given: Any) -> AuditReport:
    asked = question(
        "橱窗与入口大门是否无污渍？",
        answer="否",
        points="0 / 5",
        failed=True,
        comment="玻璃上有手印。",
    )
    values: dict[str, Any] = {
        "organisation": "华南零售集团",
        "site_name": "广州天河城旗舰店",
        "region": "华南大区",
        "touchpoints": (touchpoint(asked, title="进店体验"),),
    }
    return report("zh", **values | given)


def jpeg(colour: int = 0, size: tuple[int, int] = (64, 48), exif: bytes | None = None) -> bytes:
    picture = Image.new("RGB", size, (colour * 40 % 256, 120, colour * 90 % 256))
    target = BytesIO()
    picture.save(target, "JPEG", **({"exif": exif} if exif else {}))
    return target.getvalue()


def photos(count: int) -> tuple[PhotoRef, ...]:
    return tuple(PhotoRef(f"photo-{index}", f"Shelf {index}") for index in range(count))


def open_jpeg(key: str) -> bytes:
    """A picture of its own for each `photo-N`."""
    return jpeg(int(key.rpartition("-")[2]))


def read(report: AuditReport, open_photo: Any = open_jpeg) -> PdfReader:
    return PdfReader(BytesIO(render(report, open_photo)))


def text_of(report: AuditReport) -> str:
    """The text that pypdf finds, white space evened out."""
    return " ".join(" ".join(page.extract_text() for page in read(report).pages).split())
