"""Headquarters at work on one report: the moves that lead to its ending."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from audit_api.demonstration import people
from audit_api.demonstration.endings import Ending
from audit_api.demonstration.sending import Report
from audit_api.rules.lifecycle import AuditAction
from audit_api.services.access import Who
from audit_api.services.audits import reviews

OPENED_FIRST = 0.1
"""How often a report is opened before it is approved."""

RETURNS = (
    "Please say in more detail what happened at the till. 请详细说明结账环节的经过。",
    "Which member of staff gave the advice? 请补充说明由哪位店员接待。",
    "The summary does not mention the greeting. 总结中没有提到迎宾情况，请补充。",
)
REJECTIONS = (
    "The visit was announced to the staff beforehand. 店员事先知情，本次暗访无效。",
    "The receipt is of another shop. 小票不是本店的，无法核实到店。",
    "The shop was closed for stocktaking. 门店当时正在盘点，未正常营业。",
)
WAIVERS = ("The phone fell into the river after the visit. 手机在暗访后落水，照片已无法补交。",)
EXCLUSIONS = ("The street was closed by the fire brigade. 当日消防封路，不计入成绩。",)
VOIDINGS = ("The auditor is related to the shop's manager. 神秘顾客与店长有亲属关系，作废。",)

Resubmit = Callable[[Report, datetime, int], int]
"""Sends the next revision of a report at a moment, for the version that was returned; returns the
version that it makes."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one report is reviewed: by whom, when it came, and how its auditor answers."""

    people: Mapping[str, Who]
    report: Report
    received: datetime
    resubmit: Resubmit
    chance: random.Random

    def end(self, ending: Ending, version: int) -> None:
        """Bring a report that stands at `version` to its ending."""
        draw = self.chance.choice
        match ending:
            case Ending.APPROVED:
                if self.chance.random() < OPENED_FIRST:
                    version = self._move(AuditAction.OPEN, version, hours=18)
                self._move(AuditAction.APPROVE, version)
            case Ending.PHOTO_WAIVED if self.report.photos_kept_back:
                self._move(AuditAction.WAIVE, version, draw(WAIVERS))
            case Ending.OPENED:
                self._move(AuditAction.OPEN, version)
            case Ending.RETURNED:
                self._move(AuditAction.RETURN, version, draw(RETURNS))
            case Ending.REJECTED:
                self._move(AuditAction.REJECT, version, draw(REJECTIONS))
            case Ending.RESUBMITTED:
                version = self._move(AuditAction.RETURN, version, draw(RETURNS))
                version = self.resubmit(self.report, self.received + timedelta(hours=44), version)
                self._move(AuditAction.APPROVE, version, hours=66)
            case Ending.EXCLUDED:
                version = self._move(AuditAction.APPROVE, version)
                self._move(AuditAction.EXCLUDE, version, draw(EXCLUSIONS), hours=90)
            case Ending.VOIDED:
                version = self._move(AuditAction.APPROVE, version)
                self._move(AuditAction.VOID, version, draw(VOIDINGS), hours=120)

    def _move(
        self, action: AuditAction, version: int, note: str | None = None, hours: int = 20
    ) -> int:
        by_hq = action in (AuditAction.EXCLUDE, AuditAction.VOID)
        office = people.HQ if by_hq else people.REVIEWER
        return reviews.move(
            self.report.id,
            action,
            by=self.people[office],
            version=version,
            note=note,
            notes={},
            now=min(self.received + timedelta(hours=hours), datetime.now(UTC)),
        ).version
