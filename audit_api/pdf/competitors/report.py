"""The comparison with competitors, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.rival_sites import rival_sites
from audit_api.drawing.rivals import RivalPart, rivals, rivals_legend
from audit_api.pdf import look
from audit_api.pdf.answer import answer
from audit_api.pdf.charts import charted
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.competitors.scores import scores
from audit_api.pdf.competitors.values import CompetitorsReport
from audit_api.pdf.document import bullets, edges, head, heading
from audit_api.pdf.page import Flow
from audit_api.pdf.painting.paint import Properties, paint
from audit_api.pdf.scorecard.details import comments
from audit_api.rules.papers import USUAL, Form, Layout
from audit_api.rules.scoring.praise import NEARLY_ALL
from audit_api.typography.text import FONTS


class _Part(NamedTuple):
    """A chart of parts: its heading, the title of its first column, and its rows."""

    code: str
    first: str
    rows: Callable[[CompetitorsReport], Sequence[RivalPart]]


_TOUCHPOINTS = _Part("report.by_touchpoint", "report.touchpoint", attrgetter("parts"))
_DIMENSIONS = _Part("report.by_dimension", "report.dimension", attrgetter("dimensions"))
_METRICS = _Part("report.metrics", "report.metric", attrgetter("metrics"))


def render_competitors(report: CompetitorsReport, form: Form = USUAL) -> bytes:
    """The comparison as a PDF in a form: fonts embedded, text that can be searched and copied.

    The same report and form give the same bytes.
    """
    return paint(lay_out_competitors(report, form), _properties(report))


def lay_out_competitors(report: CompetitorsReport, form: Form = USUAL) -> Flow:
    """The pages of the comparison as marks, not yet painted."""
    labels, flow = report.labels, Flow(look.SHEETS[form.paper], report.colour or colours.GOOD)
    head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=report.title,
        title=report.name,
        subtitle=" · ".join(_subtitle(report)),
    )
    if report.compares:
        _first_look(flow, report)
        _LAYOUTS[form.layout](flow, report)
    else:
        _nothing(flow, report)
    as_of = joined(labels.say("report.as_of", moment=report.as_of), " · ")
    title = f"{report.name} · {joined(report.period)}"
    edges(flow, labels, title=title, owner=report.organisation, identity=as_of)
    return flow


def _subtitle(report: CompetitorsReport) -> Iterator[str]:
    """When, and with which checklist alone."""
    yield joined(report.period, " · ")
    if report.checklist is not None:
        yield joined(report.labels.say("report.of_checklist", checklist=report.checklist), " · ")


def _first_look(flow: Flow, report: CompetitorsReport) -> None:
    if report.unfinished:
        side_by_side(flow, report.labels.say("report.to_date"), look.NOTE)
        flow.space(6)
    answer(flow, report.labels, report.findings)
    scores(flow, report)


def _nothing(flow: Flow, report: CompetitorsReport) -> None:
    """What there is to say where nothing is compared."""
    labels = report.labels
    said = labels.say("report.no_competitors", period=report.period)
    side_by_side(flow, said, look.SUBHEADING)
    flow.space(8)
    side_by_side(flow, labels.say("report.no_competitors_yet"), styles.BODY)
    flow.space(4)
    _notes(flow, report)


def _full(flow: Flow, report: CompetitorsReport) -> None:
    _compared(flow, report, _TOUCHPOINTS, _DIMENSIONS, _METRICS)
    _sites(flow, report)
    comments(flow, report.labels, report.comments, report.labels.say("report.competitor_remarks"))
    _notes(flow, report)
    _reading(flow, report)


def _summary(flow: Flow, report: CompetitorsReport) -> None:
    _compared(flow, report, _TOUCHPOINTS)
    _notes(flow, report)


def _findings(flow: Flow, report: CompetitorsReport) -> None:
    comments(flow, report.labels, report.comments, report.labels.say("report.competitor_remarks"))
    _sites(flow, report)
    _notes(flow, report)


_LAYOUTS: dict[Layout, Callable[[Flow, CompetitorsReport], None]] = {
    Layout.FULL: _full,
    Layout.SUMMARY: _summary,
    Layout.FINDINGS: _findings,
}


def _compared(flow: Flow, report: CompetitorsReport, *parts: _Part) -> None:
    labels = report.labels
    for code, first, rows_of in parts:
        if rows := rows_of(report):
            table = rivals(rows, labels.say(first), labels, FONTS, look.WIDTH)
            legend = rivals_legend(rows, labels, FONTS, look.WIDTH)
            charted(flow, labels.say(code), table, legend)


def _sites(flow: Flow, report: CompetitorsReport) -> None:
    table = rival_sites(report.sites, report.labels, FONTS, look.WIDTH)
    charted(flow, report.labels.say("report.competitor_sites"), table)


def _notes(flow: Flow, report: CompetitorsReport) -> None:
    if report.notes:
        heading(flow, report.labels.say("report.to_bear_in_mind"), keep=styles.BODY.leading * 2)
        bullets(flow, report.notes)


def _reading(flow: Flow, report: CompetitorsReport) -> None:
    """How the figures are to be read."""
    rules = list(_rules(report))
    keep = sum(height_side_by_side(rule, styles.SMALL) + 3 for rule in rules)
    heading(flow, report.labels.say("report.how_to_read_comparison"), keep)
    for rule in rules:
        side_by_side(flow, rule, styles.SMALL)
        flow.space(3)


def _rules(report: CompetitorsReport) -> Iterator[Text]:
    say = report.labels.say
    for code in (
        "report.read_score",
        "report.read_apart",
        "report.read_interval",
        "report.read_difference",
    ):
        yield say(code)
    if report.metrics:
        yield say("report.read_metrics")
    if report.comments:
        yield say("report.read_remarks", least=NEARLY_ALL, most=100 - NEARLY_ALL)


def _properties(report: CompetitorsReport) -> Properties:
    return Properties(
        title=f"{joined(report.title)} – {report.name} – {joined(report.period)}",
        subject=report.name,
        author=report.organisation,
        language=report.locale,
        made=report.until,
    )
