"""Which photo an auditor takes for a question, and what a phone declares of it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from audit_api.demonstration.drawing import Shot, take
from audit_api.demonstration.plan import Visit

MEDIA_TYPE = "image/jpeg"
SUBJECTS: Sequence[tuple[str, Sequence[str]]] = (
    ("receipt", ("receipt",)),
    ("bill", ("receipt",)),
    ("amount", ("receipt",)),
    ("dish", ("dish",)),
    ("front", ("front",)),
    ("entrance", ("front",)),
    ("exit", ("cartons",)),
    ("cleanliness", ("cartons", "counter", "queue")),
    ("stock", ("gaps",)),
    ("labels", ("gaps",)),
    ("display", ("shelf", "aisle")),
    ("table", ("dish",)),
    ("undercooked", ("dish",)),
    ("foreign", ("dish",)),
)
"""What is to be seen, by a part of the question's key; shelves for all others."""
SHELVES = ("shelf", "gaps")


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo: what the manifest declares of it, and its bytes."""

    declared: Mapping[str, Any]
    data: bytes


def phone_id(within: UUID, name: str) -> UUID:
    """Return an id of the form that phones make, the same for a name whenever it is loaded."""
    return UUID(bytes=uuid5(within, name).bytes, version=4)


def picture(audit_id: UUID, visit: Visit, question: str, seed: int) -> Picture:
    """Take the photo that a question of this visit asks for."""
    chance = visit.chance(seed, question)
    taken_at = visit.at + timedelta(minutes=chance.randrange(1, 25), seconds=chance.randrange(60))
    latitude, longitude = near(visit.site.latitude, visit.site.longitude, chance)
    shot = Shot(
        subject=chance.choice(_subjects(question)),
        sign=visit.site.sign,
        at=taken_at,
        latitude=latitude,
        longitude=longitude,
        phone=sum(visit.auditor.email.encode()),
        seed=f"{seed} {visit.name} {question}",
    )
    data = take(shot)
    declared = {
        "id": phone_id(audit_id, question),
        "question": question,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "media_type": MEDIA_TYPE,
        "taken_at": taken_at,
        "place": {"latitude": latitude, "longitude": longitude, "accuracy": 9.0},
    }
    return Picture(declared, data)


def near(latitude: float, longitude: float, chance: random.Random) -> tuple[float, float]:
    """Return a place within some thirty metres: no phone knows better."""
    return (
        round(latitude + chance.uniform(-0.0003, 0.0003), 6),
        round(longitude + chance.uniform(-0.0003, 0.0003), 6),
    )


def _subjects(question: str) -> Sequence[str]:
    return next((subjects for part, subjects in SUBJECTS if part in question), SHELVES)
