"""The checklists that come with the product, to begin from."""

from __future__ import annotations

from pathlib import Path

from audit_api.errors import not_found

FOLDER = Path(__file__).parents[3] / "checklists"
NAMES = (
    *("retail_store", "restaurant", "hotel", "car_dealer"),
    *("bank_branch", "clinic_consultation", "petrol_station", "contact_enquiry"),
)
"""What they are called, by file and by key."""


def text(name: str) -> str:
    """Return one of them as its authors wrote it; raise NOT_FOUND where there is none."""
    if name not in NAMES:
        raise not_found("checklist version")
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
