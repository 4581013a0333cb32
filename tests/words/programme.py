"""The codes that the console's rooms of people, places and visits form."""

from __future__ import annotations

from audit_api.console.sites import sheets
from audit_api.console.visits.campaigns import Phase
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.lifecycle import AssignmentState, ReviewRule
from audit_api.rules.permissions import INTEGRATION_GRANTS
from audit_api.services.visits.progress import Standing
from audit_api.words import LOCALES

FORMED = {
    *(f"console.people.may.{permission}" for permission in INTEGRATION_GRANTS),
    *(f"console.people.language.{locale}" for locale in LOCALES),
    *(f"console.places.kind.{kind}" for kind in SITE_KINDS),
    *(f"console.places.import.{kind}" for kind in sheets.KINDS),
    *(f"console.places.import_hint.{kind}" for kind in sheets.KINDS),
    *(
        f"console.places.column.{kind}.{column.name.rstrip('.')}"
        for kind in sheets.KINDS
        for column in sheets.columns(kind)
    ),
    *(f"console.visits.assignment.{state}" for state in AssignmentState),
    *(f"console.visits.phase.{phase}" for phase in Phase),
    *(f"console.visits.review.{rule}" for rule in ReviewRule),
    *(f"console.visits.standing.{standing}" for standing in Standing),
}
