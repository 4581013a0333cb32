"""Data sets: audits, observations, scorecards, leagues and what they mean, as rows and as files."""

from audit_api.services.datasets.audits import AUDITS
from audit_api.services.datasets.card import CARD
from audit_api.services.datasets.dictionary import dictionary
from audit_api.services.datasets.fields import Dataset, Field, Request
from audit_api.services.datasets.league import LEAGUE
from audit_api.services.datasets.observations import OBSERVATIONS
from audit_api.services.datasets.scorecards import SCORECARDS
from audit_api.services.datasets.writing import (
    MEDIA_TYPES,
    Folder,
    Format,
    Told,
    Written,
    require_extra,
    silent,
    write,
    write_parts,
)

DICTIONARY = dictionary((AUDITS, OBSERVATIONS, SCORECARDS, LEAGUE, CARD))
DATASETS = {each.name: each for each in (AUDITS, OBSERVATIONS, SCORECARDS, LEAGUE, DICTIONARY)}
"""What can be had as a whole, by name; a card is somebody's."""

__all__ = [
    "AUDITS",
    "CARD",
    "DATASETS",
    "DICTIONARY",
    "LEAGUE",
    "MEDIA_TYPES",
    "OBSERVATIONS",
    "SCORECARDS",
    "Dataset",
    "Field",
    "Folder",
    "Format",
    "Request",
    "Told",
    "Written",
    "require_extra",
    "silent",
    "write",
    "write_parts",
]
