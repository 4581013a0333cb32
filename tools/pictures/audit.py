"""One visit to a shop, answered on the shipped retail checklist and scored like any other."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from audit_api.demonstration.drawing import Shot, take
from audit_api.manuscripts.yaml import compose
from audit_api.pdf import AuditReport, PhotoRef
from audit_api.rules.authoring import parse
from audit_api.rules.scoring import Visit, compile_scorer, explanation
from audit_api.services.documents import audit_parts as parts
from audit_api.services.documents.languages import labels, locales, spoken
from audit_api.services.documents.told import Told, texts
from audit_api.words import answers, say

ROOT = Path(__file__).parents[2]
CHECKLIST = ROOT / "checklists/retail_store.yaml"

CHANGED: dict[str, dict[str, Any]] = {
    "emergency_exit_clear": {
        "value": "no",
        "comment": "Cartons stood in front of the side exit. 侧门安全出口前堆放了纸箱。",
    },
    "exit_obstacles": {"value": ["goods"]},
    "price_labels": {
        "value": "not_at_all",
        "comment": "Three of five oolongs had no label; a fourth was 8 yuan dearer at the till.",
    },
    "key_display_photo": {},
    "shop_front_photo": {},
    "receipt_photo": {},
}
SHOWN = {
    "emergency_exit_clear": ("cartons",),
    "price_labels": ("gaps", "shelf"),
    "shop_front_photo": ("front",),
    "key_display_photo": ("aisle",),
    "receipt_photo": ("receipt",),
}


def report(lang: str, **changed: Any) -> AuditReport:
    """Return the visit's report in one of the languages of documents."""
    checklist = parse(compose(CHECKLIST.read_bytes()).document)
    scorer = compile_scorer(checklist)
    chosen = json.loads((ROOT / "docs/walk-answers.json").read_text("utf-8")) | CHANGED
    visit = Visit(chosen, {key: len(names) for key, names in SHOWN.items()}, {"kind": "own"})
    score = scorer.score(visit)
    steps = explanation.explain_stored(checklist, scorer, visit, score)
    told = Told(checklist, scorer, visit, score, steps, lang)
    numbers = checklist.numbers()
    pictures = {
        key: tuple(
            PhotoRef(name, f"{numbers[key]} · {place}/{len(names)}")
            for place, name in enumerate(names, start=1)
        )
        for key, names in SHOWN.items()
    }
    values: dict[str, Any] = {
        "locale": locales(lang)[0],
        "labels": labels(lang),
        "organisation": "华南零售集团 South China Retail" if lang == "both" else OWNER[lang],
        "site_name": SITE[lang],
        "site_code": "GZ-012",
        "site_address": ADDRESS[lang],
        "region": REGION[lang],
        "checklist_title": texts(checklist.title, lang),
        "checklist_version": 4,
        "business_date": date(2026, 3, 14),
        "conducted_at": "",
        "received_at": "",
        "auditor": None,
        "state": spoken(lambda locale: say("state.approved", locale), lang),
        "raw": score.raw,
        "final": score.final,
        "band": spoken(lambda locale: answers.band(score.band, checklist, locale), lang),
        "passed": score.passed,
        "valid": score.valid,
        "coverage": (score.answered, score.visible),
        "effects": parts.effects(told),
        "impression": parts.impression(told),
        "touchpoints": parts.touchpoints(told, pictures, identifies=True),
        "review_notes": (),
        "digest": "9f2c4a7be1d05836" * 4,
        "revision": 1,
        "scale": parts.scale(checklist, lang),
        "explanation": parts.explanation(told),
    }
    return AuditReport(**values | changed)


@cache
def open_photo(key: str) -> bytes:
    """Return a photo as the demonstration's auditors take it, drawn."""
    shot = Shot(key, SIGN, datetime(2026, 3, 14, 15, 20, tzinfo=UTC), 23.13, 113.32, 1, key)
    return take(shot)


SIGN = "海港茶业 HARBOUR TEA"
OWNER = {"en": "South China Retail", "zh": "华南零售集团"}
SITE = {
    "en": "Tianhe City flagship store",
    "zh": "广州天河城旗舰店",
    "both": "Tianhe City flagship store 广州天河城旗舰店",
}
ADDRESS = {
    "en": "208 Tianhe Road, Guangzhou",
    "zh": "广州市天河区天河路 208 号",
    "both": "广州市天河区天河路 208 号",
}
REGION = {"en": "Guangzhou", "zh": "广州", "both": "广州 Guangzhou"}
