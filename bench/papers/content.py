"""One audit to print for the benchmark: 40 questions in both languages, 6 photos, 4 pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image, ImageFilter

from audit_api.pdf import AuditReport, PhotoRef, QuestionLine, TouchpointPart
from audit_api.services.documents.languages import labels

QUESTIONS = (
    ("Were the entrance and the shop sign clean?", "门头和入口是否干净整洁、无破损？"),
    ("Were you greeted within thirty seconds?", "进店三十秒内是否有店员主动招呼？"),
    ("Did the staff ask about your needs first?", "店员推荐商品前是否先了解您的需求？"),
    ("How well could differences be explained?", "店员对商品差异的讲解是否清楚、准确？"),
    ("Were you invited to try the product?", "店员是否邀请您试用或亲手体验商品？"),
    ("Did every product carry a correct price label?", "商品是否都有准确的价格标签？"),
    ("How tidy and well stocked were the shelves?", "货架和陈列是否整齐、丰满？"),
    ("How courteous was the cashier?", "收银员的服务态度如何？"),
    ("Did you get a receipt without asking for it?", "收银员是否主动提供了小票？"),
    ("Was the policy on returns explained clearly?", "店员是否清楚说明了退换货政策？"),
)
TOUCHPOINTS = (
    ("Arrival", "进店体验"),
    ("Consultation", "咨询过程"),
    ("Product display", "产品展示"),
    ("Checkout", "结账环节"),
)
COMMENT = "Two cartons stood in front of the side exit. 侧门安全出口前堆放了两个纸箱，无人处理。"


@dataclass(frozen=True, slots=True)
class Row:
    """One question; its photos by their keys."""

    number: str
    title: tuple[str, str]
    answer: tuple[str, str]
    earned: int
    possible: int
    comment: str | None
    photos: tuple[str, ...]

    @property
    def failed(self) -> bool:
        return self.earned == 0


def rows(touchpoint: int) -> list[Row]:
    """Return the ten questions of a touchpoint; in two of the four one failed, with photos."""
    found = []
    for place, title in enumerate(QUESTIONS):
        failed = place == touchpoint and touchpoint < 2
        photos = tuple(f"photo-{3 * touchpoint + index}" for index in range(3)) if failed else ()
        answer = ("No", "否") if failed else ("Yes", "是")
        number, comment = f"{touchpoint + 1}.{place + 1}", COMMENT if failed else None
        found.append(Row(number, title, answer, 0 if failed else 4, 4, comment, photos))
    return found


def display_copies() -> dict[str, bytes]:
    """Return six photos as the store keeps them for showing: 1600 by 1200, about 250 KB each."""
    copies = {}
    for index in range(6):
        noise = Image.effect_noise((800, 600), 60 + index).filter(ImageFilter.GaussianBlur(0.8))
        photo = Image.merge("RGB", [noise.rotate(90 * turn) for turn in range(3)])
        target = BytesIO()
        photo.resize((1600, 1200)).save(target, "JPEG", quality=82)
        copies[f"photo-{index}"] = target.getvalue()
    return copies


def report(number: int = 0) -> AuditReport:
    """Return the `number`th report: its comments and its digest are like no other's."""
    return AuditReport(
        locale="en",
        labels=labels("both"),
        organisation="South China Retail",
        site_name="Tianhe City flagship store 广州天河城旗舰店",
        site_code="GZ-012",
        site_address="广州市天河区天河路 208 号",
        region="Guangzhou",
        checklist_title=("Retail store mystery visit", "零售门店神秘顾客检查表"),
        checklist_version=4,
        business_date=date(2026, 3, 14),
        conducted_at="",
        received_at="",
        auditor=None,
        state=("Approved", "已通过审核"),
        raw=9250,
        final=9250,
        band=("Excellent", "优秀"),
        passed=True,
        valid=True,
        coverage=(40, 40),
        effects=(),
        touchpoints=tuple(
            TouchpointPart(title, 9250, "25.00%", tuple(_line(row, number) for row in rows(index)))
            for index, title in enumerate(TOUCHPOINTS)
        ),
        review_notes=(),
        digest=f"{number:064x}",
        revision=1,
    )


def _line(row: Row, number: int) -> QuestionLine:
    return QuestionLine(
        number=row.number,
        title=row.title,
        answer=row.answer,
        points=f"{row.earned} / {row.possible}",
        failed=row.failed,
        comment=row.comment and f"{row.comment} {number}",
        photos=tuple(map(PhotoRef, row.photos)),
    )
