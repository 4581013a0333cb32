"""What the figures rest on, what was left out, and how to read it all."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.drawing import styles
from audit_api.drawing.figures import LEAST_VISITS
from audit_api.drawing.languages import Text
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import bullets, facts, heading
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
from audit_api.rules.exact import percent
from audit_api.rules.scoring.praise import NEARLY_ALL

_FIRST = 3
"""Rules, and notes, that stay with their heading."""


def coverage(flow: Flow, report: NetworkReport) -> None:
    """Visits, their validity and the sites that they were at; then what was left out."""
    told = list(_facts(report))
    row = styles.BODY.leading * len(report.labels.languages) + 3
    notes = sum(height_side_by_side(note, styles.BODY) + 2 for note in report.notes[:_FIRST])
    heading(flow, report.labels.say("report.rests_on"), keep=row * len(told) + notes)
    facts(flow, told)
    if report.notes:
        flow.space(4)
        bullets(flow, report.notes)


def _facts(report: NetworkReport) -> Iterator[tuple[Text, Text]]:
    labels, given = report.labels, report.coverage
    if given.planned is not None and given.done is not None:
        done = labels.say("report.done_of_planned", done=given.done, planned=given.planned)
        yield labels.say("report.visits_done"), done
    visited = labels.say("report.visited_of_sites", visited=given.visited, sites=given.sites)
    yield labels.say("report.sites_visited"), visited
    yield labels.say("report.visits_counted"), str(given.audits)
    valid = labels.say("report.visits_valid_told", valid=given.valid)
    yield labels.say("report.visits_valid"), valid
    if given.answered is not None:
        share = labels.say("report.answered_share_told", share=percent(given.answered))
        yield labels.say("report.answered_share"), share


def reading(flow: Flow, report: NetworkReport) -> None:
    """How the figures are to be read, of those alone that the paper has."""
    rules = list(_rules(report))
    keep = sum(height_side_by_side(rule, styles.SMALL) + 3 for rule in rules[:_FIRST])
    heading(flow, report.labels.say("report.how_to_read_network"), keep)
    for rule in rules:
        side_by_side(flow, rule, styles.SMALL)
        flow.space(3)


def _rules(report: NetworkReport) -> Iterator[Text]:
    say = report.labels.say
    told = (
        ("report.read_signs", bool(report.findings)),
        ("report.read_score", True),
        ("report.read_interval", True),
        ("report.read_change", True),
        ("report.read_forecast", bool(report.expected)),
        ("report.read_shades", report.heat is not None),
        ("report.read_rank", report.league is not None),
        ("report.read_league", report.league is not None),
        ("report.read_movers", report.movers is not None),
        ("report.read_impact", bool(report.failing)),
    )
    for code, holds in told:
        if holds:
            yield say(code, least=LEAST_VISITS if code == "report.read_shades" else report.least)
    if report.comments:
        yield say("report.read_remarks", least=NEARLY_ALL, most=100 - NEARLY_ALL)
