"""An audit's report as PDF: ours beside what reportlab's own guide leads to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from io import BytesIO
from statistics import median
from xml.sax.saxutils import escape

from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from audit_api.pdf import AuditReport, PhotoRef, QuestionLine, TouchpointPart, render
from audit_api.pdf.fonts import FOLDER
from audit_api.services.documents.languages import labels
from bench import pdf_content
from bench.pdf_content import TOUCHPOINTS
from bench.rows import Row, ratio

ROUNDS, DOCUMENTS = 5, 20

FACTS = (
    ("Site 门店", "Tianhe City flagship store 广州天河城旗舰店 (GZ-012)"),
    ("Date of visit 暗访日期", "2026-03-14 · 2026年3月14日"),
    ("Region 区域", "Guangzhou"),
    ("Address 地址", "广州市天河区天河路 208 号"),
    ("Checklist 检查表", "Retail store mystery visit · v4 零售门店神秘顾客检查表 · 第 4 版"),
    ("Status 状态", "Approved 已通过审核"),
)
HEADS = ("No. 编号", "Question 问题", "Answer 答案", "Points 得分")
GRID = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def rows() -> Iterable[Row]:
    pairs = reports()
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    yield (
        "audit report as PDF, 4 pages, 40 rows in two languages, 6 photos",
        f"{median(ours):.1f} ms CPU",
        f"reportlab's flowables: {median(theirs):.0f} ms CPU",
        ratio(theirs, ours),
        "≥ 15, ≤ 25 ms",
    )


def reports() -> list[tuple[float, float]]:
    """Return CPU milliseconds a document, ours and the naive one's, of each round in turn."""
    copies = pdf_content.display_copies()
    made = report()
    ours = lambda: render(made, copies.__getitem__)  # noqa: E731
    theirs = lambda: naive(copies)  # noqa: E731
    ours(), theirs()
    return [(_time(ours, DOCUMENTS), _time(theirs, 2)) for _ in range(ROUNDS)]


def _time(call: Callable[[], object], calls: int) -> float:
    begun = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - begun) / calls * 1e3


def report() -> AuditReport:
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
            TouchpointPart(title, 9250, "20", tuple(_line(row) for row in pdf_content.rows(index)))
            for index, title in enumerate(TOUCHPOINTS)
        ),
        review_notes=(),
        digest="9f2c4a7be1d05836" * 4,
        revision=1,
    )


def _line(row: pdf_content.Row) -> QuestionLine:
    return QuestionLine(
        number=row.number,
        title=row.title,
        answer=row.answer,
        earned=str(row.earned),
        possible=str(row.possible),
        failed=row.failed,
        comment=row.comment,
        photos=tuple(map(PhotoRef, row.photos)),
    )


def naive(copies: Mapping[str, bytes]) -> bytes:
    """The same content by flowables, each document with its fonts and styles of its own."""
    for weight in ("Regular", "Bold"):
        name = f"Noto{weight}"
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"NotoSansSC-{weight}.ttf"))
    body = ParagraphStyle("body", fontName="NotoRegular", fontSize=9, leading=13, wordWrap="CJK")
    heading = ParagraphStyle("heading", body, fontName="NotoBold", fontSize=13, leading=20)
    target = BytesIO()
    made = report()
    story = [
        Paragraph("Mystery shopping audit report · 神秘顾客暗访报告", heading),
        Paragraph(escape(f"{made.site_name} · {made.business_date}"), heading),
        Paragraph("Overall score · 总得分: 92.50% – Excellent 优秀", body),
        Table([[Paragraph(key, body), Paragraph(value, body)] for key, value in FACTS]),
        Paragraph("Scores by touchpoint · 各服务接触点得分", heading),
        Table(
            [
                [Paragraph(" · ".join(title), body), Paragraph("92.50%", body)]
                for title in TOUCHPOINTS
            ]
        ),
    ]
    rows = [(index, row) for index in range(len(TOUCHPOINTS)) for row in pdf_content.rows(index)]
    story.append(Paragraph("Findings · 问题点", heading))
    for _, row in rows:
        if row.failed:
            story += _naive_finding(row, copies, body)
    for index, title in enumerate(TOUCHPOINTS):
        story.append(Paragraph(" · ".join(title), heading))
        head = [Paragraph(word, body) for word in HEADS]
        cells = [_naive_row(row, body) for at, row in rows if at == index]
        story.append(Table([head, *cells], [40, 280, 80, 60], style=GRID, repeatRows=1))
    SimpleDocTemplate(target, pagesize=A4).build(story)
    return target.getvalue()


def _naive_finding(
    row: pdf_content.Row, copies: Mapping[str, bytes], body: ParagraphStyle
) -> list[Paragraph | Table | Spacer]:
    pictures = [Image(BytesIO(copies[key]), 140, 105) for key in row.photos]
    title = Paragraph(escape(f"{row.number} {' '.join(row.title)}"), body)
    return [title, Paragraph(escape(row.comment or ""), body), Table([pictures]), Spacer(1, 6)]


def _naive_row(row: pdf_content.Row, body: ParagraphStyle) -> list[Paragraph]:
    cells = (
        row.number,
        "\n".join(row.title),
        "\n".join(row.answer),
        f"{row.earned} / {row.possible}",
    )
    return [Paragraph(escape(cell).replace("\n", "<br/>"), body) for cell in cells]
