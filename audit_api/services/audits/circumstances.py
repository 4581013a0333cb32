"""The circumstances of a visit, gathered from what was sent and what is known of its site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit_api.rules.scoring import Score
from audit_api.rules.signals.visit import Circumstances, Coordinates, least_duration
from audit_api.services.audits import pace
from audit_api.services.checklists.compiled import Published
from audit_api.services.sites.facts import SiteFacts


def of(
    fields: Mapping[str, Any],
    version: Published,
    site: SiteFacts,
    score: Score,
    site_attributes: Mapping[str, object],
    *,
    sent_at: datetime | None,
    received_at: datetime,
) -> Circumstances:
    """Return what the signals of a submission look at.

    `fields` are those of its envelope; `site_attributes` are the site's as the server knows them,
    beside the phone's in the score.
    """
    device = fields.get("device") or {}
    return Circumstances(
        conducted_at=fields["conducted_at"],
        received_at=received_at,
        sent_at=sent_at,
        started_at=fields.get("started_at"),
        least=least_duration(questions=score.visible, texts=_texts(fields, version, score)),
        pace=pace.of(version.id, now=received_at),
        site=site.place,
        visited=_visited(fields.get("place")),
        geofence=site.geofence,
        mock_location=bool(device.get("mock_location")),
        attributes_differ=_differences(score.site, site_attributes),
        answered=score.answered,
        asked=score.visible,
        valid=score.valid,
        photo_times={
            str(photo["id"]): photo["taken_at"] for photo in fields["photos"] if photo["taken_at"]
        },
    )


def _texts(fields: Mapping[str, Any], version: Published, score: Score) -> int:
    """How many questions that were asked have a text for an answer."""
    answers = fields["answers"]
    return sum(
        bool(answers[key].get("value"))
        for key in version.scorer.texts
        if key in answers and key not in score.hidden
    )


def _visited(place: Mapping[str, Any] | None) -> Coordinates | None:
    if place is None:
        return None
    return Coordinates(place["latitude"], place["longitude"], place.get("accuracy") or 0.0)


def _differences(phone: Mapping[str, object], server: Mapping[str, object]) -> list[str]:
    """The attributes that the phone took for others than the server."""
    keys = phone.keys() | server.keys()
    alike = {key for key in phone.keys() & server.keys() if phone[key] == server[key]}
    return sorted(keys - alike)
