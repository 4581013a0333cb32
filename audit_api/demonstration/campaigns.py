"""The waves of visits: one a quarter in the shops, and one that goes on in the tea houses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from audit_api.demonstration.answers import Sheet
from audit_api.manuscripts import checks
from audit_api.services.access import Who
from audit_api.services.checklists import compiled, versions
from audit_api.services.visits import campaigns

CHECKLISTS = Path(__file__).parents[2] / "checklists"
QUARTERS = "一二三四"
SHOPPING = (
    "Look for a present for a colleague, about 200 in local money; say once that it is dear. "
    "为同事选购礼物，预算约 200 元；对价格提出一次异议。"
)
DINING = "Come as two, ask about two dishes and one allergen. 两人用餐，询问两道菜品和一种过敏原。"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A published checklist version, and its sheet to fill in."""

    version_id: UUID
    digest: str
    sheet: Sheet


class Wave(NamedTuple):
    """A campaign, its first day and its last."""

    campaign_id: UUID
    first: date
    last: date


class Programme:
    """The checklists that the chain asks for, and its campaigns, each begun when first needed."""

    def __init__(self, begin: date, end: date, *, by: Who) -> None:
        self._by = by
        self._begin, self._end = begin, end
        now = morning(begin)
        self._asked = {
            "shop": _publish("retail_store", by=by, now=now),
            "tea_house": _publish("restaurant", by=by, now=now),
        }
        self._waves: dict[str, Wave] = {}

    def questionnaire(self, format: str) -> Questionnaire:
        return self._asked[format]

    def wave(self, format: str, day: date) -> Wave:
        """Return the campaign that a visit of this day belongs to."""
        if format == "tea_house":
            name, first, last = "Tea house dining 茶馆用餐", self._begin, self._end
        else:
            name, first, last = _quarter(day)
        if name not in self._waves:
            campaign = campaigns.add(
                by=self._by,
                now=morning(max(first - timedelta(days=10), self._begin)),
                name=name,
                scenario=DINING if format == "tea_house" else SHOPPING,
                checklist_version_id=self._asked[format].version_id,
                review="none" if format == "tea_house" else "always",
                starts_on=first,
                ends_on=last,
            )
            self._waves[name] = Wave(campaign.id, first, last)
        return self._waves[name]


def morning(day: date) -> datetime:
    """Return when headquarters begin to work on a day."""
    return datetime.combine(day, time(1), UTC)


def _quarter(day: date) -> tuple[str, date, date]:
    """Return a wave's name, first and last day."""
    number = (day.month - 1) // 3
    first = date(day.year, number * 3 + 1, 1)
    after = date(day.year + number // 3, (number * 3 + 3) % 12 + 1, 1)
    name = (
        f"Service quality {day.year} Q{number + 1} 服务质量 {day.year} 年第{QUARTERS[number]}季度"
    )
    return name, first, after - timedelta(days=1)


def _publish(name: str, *, by: Who, now: datetime) -> Questionnaire:
    manuscript = checks.check((CHECKLISTS / f"{name}.yaml").read_bytes())
    version = versions.publish_at_once(manuscript, by=by, now=now)
    assert version.digest is not None
    found = compiled.by_digest(by.organisation_id, version.digest)
    assert found is not None
    return Questionnaire(version.id, version.digest, Sheet(found.checklist, found.scorer))
