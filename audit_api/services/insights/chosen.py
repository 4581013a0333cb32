"""The one checklist whose audits an insight is of: unlike scores are not compared."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from audit_api.rules.figures.periods import Period
from audit_api.rules.totals import Kind
from audit_api.services.access import Who
from audit_api.services.scorecards import Scope, figures, titles


class ChosenChecklist(NamedTuple):
    """A checklist and the scoring keys of its versions; None where a period has no audits."""

    key: str | None
    scoring_keys: Collection[str] | None


def chosen(scope: Scope, period: Period, named: str | None, *, by: Who) -> ChosenChecklist:
    """Return the checklist that was named, else the one that most audits of a scope's period were
    made with."""
    key = named or _leading(scope, period, by)
    return ChosenChecklist(key, titles.scoring_keys(by.organisation_id, key))


def _leading(scope: Scope, period: Period, by: Who) -> str | None:
    audits = figures.read(scope, period, None, (Kind.WHOLE,)).audits
    versions = titles.newest_versions(by.organisation_id, audits)
    return versions[0].checklist.key if versions else None
