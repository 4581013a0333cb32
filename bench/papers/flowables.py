"""An audit's report as reportlab's own guide leads to it: by flowables."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from audit_api.pdf import AuditReport, QuestionLine
from audit_api.typography.fonts import FOLDER

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


def flowables(made: AuditReport, copies: Mapping[str, bytes]) -> bytes:
    """The same content by flowables, each document with its fonts and styles of its own."""
    for weight in ("Regular", "Bold"):
        name = f"Noto{weight}"
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"NotoSansSC-{weight}.ttf"))
    body = ParagraphStyle("body", fontName="NotoRegular", fontSize=9, leading=13, wordWrap="CJK")
    heading = ParagraphStyle("heading", body, fontName="NotoBold", fontSize=13, leading=20)
    target, titles = BytesIO(), [part.title for part in made.touchpoints]
    story = [
        Paragraph("Mystery shopping audit report · 神秘顾客暗访报告", heading),
        Paragraph(escape(f"{made.site_name} · {made.business_date}"), heading),
        Paragraph("Overall score · 总得分: 92.50% – Excellent 优秀", body),
        Table([[Paragraph(key, body), Paragraph(value, body)] for key, value in FACTS]),
        Paragraph("Scores by touchpoint · 各服务接触点得分", heading),
        Table(
            [[Paragraph(" · ".join(title), body), Paragraph("92.50%", body)] for title in titles]
        ),
    ]
    story.append(Paragraph("Findings · 问题点", heading))
    for part in made.touchpoints:
        for line in part.questions:
            if line.failed:
                story += _finding(line, copies, body)
    for part in made.touchpoints:
        story.append(Paragraph(" · ".join(part.title), heading))
        head = [Paragraph(word, body) for word in HEADS]
        cells = [_row(line, body) for line in part.questions]
        story.append(Table([head, *cells], [40, 280, 80, 60], style=GRID, repeatRows=1))
    SimpleDocTemplate(target, pagesize=A4).build(story)
    return target.getvalue()


def _finding(
    line: QuestionLine, copies: Mapping[str, bytes], body: ParagraphStyle
) -> list[Paragraph | Table | Spacer]:
    pictures = [Image(BytesIO(copies[photo.key]), 140, 105) for photo in line.photos]
    title = Paragraph(escape(f"{line.number} {' '.join(line.title)}"), body)
    return [title, Paragraph(escape(line.comment or ""), body), Table([pictures]), Spacer(1, 6)]


def _row(line: QuestionLine, body: ParagraphStyle) -> list[Paragraph]:
    cells = (
        line.number,
        "\n".join(line.title),
        "\n".join(line.answer),
        str(line.points),
    )
    return [Paragraph(escape(cell).replace("\n", "<br/>"), body) for cell in cells]
