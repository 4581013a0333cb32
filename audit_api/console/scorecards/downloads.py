"""The same figures as documents and sheets: what can be had of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from audit_api.console.frame import reader
from audit_api.console.scorecards.chosen import Chosen
from audit_api.services.documents.languages import BOTH
from audit_api.services.scorecards import Subject
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.words import LOCALES

SHEETS = ("xlsx", "csv")


class Download(NamedTuple):
    """A file: what it is, and where it is in each language or format."""

    title: str
    links: Sequence[tuple[str, str]]


def of_subject(subject: Subject, chosen: Chosen) -> Sequence[Download]:
    """Return the paper of many sites, its figures, and how they stand against competitors."""
    return [*_of_subject(subject, chosen)]


def of_site(site_id: UUID, chosen: Chosen) -> Sequence[Download]:
    """Return a site's scorecard, and its figures."""
    place = {"site_id": site_id, "region_id": None}
    return [
        _paper("console.documents.site_card", "report.scorecard_title", chosen, **place),
        _sheet("console.documents.site_sheet", chosen, **place),
    ]


def of_league(chosen: Chosen, sort: str) -> Sequence[Download]:
    """Return the league as a sheet, which there is of no campaign."""
    return [] if chosen.campaign else [_sheet("console.documents.league_sheet", chosen, sort=sort)]


def _of_subject(subject: Subject, chosen: Chosen) -> Iterator[Download]:
    region_id = subject.id if subject.kind is SubjectKind.REGION else None
    title = f"network.title.{subject.kind}"
    yield _paper("console.documents.paper", title, chosen, region_id=region_id)
    yield _sheet("console.documents.card_sheet", chosen, region_id=region_id)
    if subject.kind is not SubjectKind.CAMPAIGN:
        code = "console.scorecards.competitors"
        yield _paper("console.documents.competitors", code, chosen, region_id=region_id)


def _paper(endpoint: str, code: str, chosen: Chosen, **places: UUID | None) -> Download:
    return Download(
        f"{reader.said(code)} (PDF)",
        [
            (
                reader.said(f"console.scorecards.in.{lang}"),
                chosen.link(endpoint, lang=lang, **places),
            )
            for lang in (*LOCALES, BOTH)
        ],
    )


def _sheet(endpoint: str, chosen: Chosen, **places: UUID | str | None) -> Download:
    links = [(each.upper(), chosen.link(endpoint, ending=each, **places)) for each in SHEETS]
    return Download(reader.said("console.scorecards.sheet"), links)
