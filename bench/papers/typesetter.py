"""An audit's report by typst, a typesetter in Rust that is kept warm and has our fonts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typst

from audit_api.drawing.languages import Text, each
from audit_api.pdf import AuditReport, QuestionLine
from audit_api.rules.exact import percent
from audit_api.typography.fonts import FOLDER

SOURCE = Path(__file__).with_name("report.typ")


def typesetter(folder: Path, copies: Mapping[str, bytes]) -> Callable[[AuditReport], bytes]:
    """Return what makes a report's PDF by typst; its photos are put into `folder`."""
    for name, copy in copies.items():
        (folder / f"{name}.jpg").write_bytes(copy)
    main = folder / SOURCE.name
    main.write_bytes(SOURCE.read_bytes())
    fonts = typst.Fonts(False, False, [str(FOLDER)])
    made = typst.Compiler(main, root=folder, font_paths=fonts, ignore_system_fonts=True)

    def draw(report: AuditReport) -> bytes:
        written = json.dumps(_written(report), ensure_ascii=False)
        drawn = made.compile(sys_inputs={"made": written}, pdf_tags=False)
        assert isinstance(drawn, bytes)
        return drawn

    return draw


def _written(report: AuditReport) -> dict[str, Any]:
    labels = report.labels
    answered, asked = report.coverage
    return {
        "organisation": report.organisation,
        "site_name": report.site_name,
        "day": f"{report.business_date}",
        "identity": f"Revision {report.revision} · SHA-256 {report.digest}",
        "subtitle": f"{report.business_date} · {report.site_code} · {report.region}",
        "score": percent(report.final),
        "band": report.band,
        "verdict": " ".join(each(labels.say("report.passed"))),
        "figures": [labels.say("report.coverage", answered=answered, visible=asked, validity="")],
        "facts": _facts(report),
        "heads": [
            labels.say(f"report.{code}") for code in ("number", "question", "answer", "points")
        ],
        "touchpoints": [
            {
                "title": part.title,
                "score": percent(part.score),
                "share": part.share,
                "questions": [_question(line, part.title, report) for line in part.questions],
            }
            for part in report.touchpoints
        ],
    }


def _facts(report: AuditReport) -> list[tuple[Text, Text]]:
    labels = report.labels
    return [
        (labels.say("report.checklist"), report.checklist_title),
        (labels.say("report.address"), report.site_address or ""),
        (labels.say("report.state"), report.state),
    ]


def _question(line: QuestionLine, touchpoint: Text, report: AuditReport) -> dict[str, Any]:
    answered = report.labels.say("report.answered", answer=line.answer)
    return {
        "number": line.number,
        "title": line.title,
        "answer": line.answer,
        "points": line.points,
        "failed": line.failed,
        "comment": line.comment,
        "told": " · ".join((*each(touchpoint), *each(answered))),
        "photos": [f"{photo.key}.jpg" for photo in line.photos],
    }
