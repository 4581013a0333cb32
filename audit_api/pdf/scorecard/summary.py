"""A scorecard's first look: the score with all that it rests on and is held against."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.figures import number
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.document import bullets, head
from audit_api.pdf.page import Flow
from audit_api.pdf.scorecard.values import Difference, Rank, SiteScorecardReport
from audit_api.pdf.text import FONTS
from audit_api.rules.exact import percent
from audit_api.rules.figures.statistics import NoInterval, no_interval

_TILES_X = look.LEFT + gauge.WIDTH + 26
_TILE = (look.RIGHT - _TILES_X) / 2
_TILE_HEIGHT = 31.0


def summary(flow: Flow, report: SiteScorecardReport) -> None:
    labels = report.labels
    head(
        flow,
        logo=report.logo,
        owner=report.organisation,
        kind=report.title,
        title=report.site_name,
        subtitle=" · ".join(_subtitle(report)),
    )
    tiles = _tiles(report)
    notes = [flow.block(note, styles.TINY, _TILE - 8, most=1) for *_, note in tiles]
    row_height = _TILE_HEIGHT + max(map(height_of, notes))
    height = row_height * (len(tiles) // 2) + 16
    top = flow.y
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    figure, mark = report.overall.score, report.scale.pass_mark
    words = labels.say("report.not_scored") if figure is None else report.band or ""
    low = figure is not None and mark is not None and figure < mark
    at = top + (height - gauge.HEIGHT) / 2
    drawing = gauge.gauge(figure, words, report.scale, FONTS, low=low)
    flow.page.add(drawing, look.LEFT + 12, at)
    for index, (name, value, _) in enumerate(tiles):
        row, column = divmod(index, 2)
        x, y = _TILES_X + column * _TILE, top + 10 + row * row_height
        flow.page.put(x, y, name, styles.SMALL, _TILE - 8)
        flow.page.put(x, y + 9, value, look.TILE, _TILE - 8)
        flow.page.put_block(x, y + 26, notes[index])
    flow.space(height + 4)
    if report.mixed:
        flow.space(4)
        bullets(flow, [labels.say("report.mixed")])


def _subtitle(report: SiteScorecardReport) -> Iterator[str]:
    """When, where, and with which checklist alone."""
    yield joined(report.period, " · ")
    yield report.site_code
    yield report.region
    if report.checklist is not None:
        yield joined(report.labels.say("report.of_checklist", checklist=report.checklist), " · ")


def _tiles(report: SiteScorecardReport) -> list[tuple[Text, Text, Text]]:
    """Name, value and note of each figure beside the gauge."""
    labels, overall = report.labels, report.overall
    ranks = [
        (labels.say("report.rank_in_region"), *_rank(report, report.rank_in_region)),
        (labels.say("report.rank_in_organisation"), *_rank(report, report.rank_in_organisation)),
    ]
    return [
        (labels.say("report.interval"), *_interval(report)),
        (labels.say("report.pass_rate"), percent(report.pass_rate), ""),
        (labels.say("report.visits_done"), *_visits(report)),
        (labels.say("report.visits_scored"), str(overall.n), ""),
        *(ranks if report.own else ()),
        (labels.say("report.previous"), *_difference(report, report.previous)),
        (labels.say("report.last_year"), *_difference(report, report.last_year)),
    ]


def _visits(report: SiteScorecardReport) -> tuple[Text, Text]:
    labels = report.labels
    if report.planned is None or report.done is None:
        return "–", labels.say("report.visits_untold")
    return str(report.done), labels.say("report.visits_planned", planned=report.planned)


def _interval(report: SiteScorecardReport) -> tuple[Text, Text]:
    overall = report.overall
    if overall.low is not None and overall.high is not None:
        return f"{percent(overall.low)} – {percent(overall.high)}", ""
    match no_interval(overall.n, overall.low):
        case NoInterval.ONE:
            return "–", report.labels.say("report.visit_alone")
        case NoInterval.ALIKE:
            return "–", report.labels.say("report.visits_alike")
        case _:
            return "–", ""


def _rank(report: SiteScorecardReport, rank: Rank | None) -> tuple[Text, Text]:
    labels = report.labels
    if rank is None:
        return "–", labels.say("report.not_ranked", least=report.least)
    return f"{rank.place} / {rank.of}", ""


def _difference(report: SiteScorecardReport, change: Difference) -> tuple[Text, Text]:
    labels = report.labels
    if change.points is None:
        return "–", labels.say("report.no_base", period=change.period)
    value = labels.say("report.percentage_points", points=signed(change.points))
    relative = "–" if change.relative is None else f"{signed(change.relative)}%"
    code = "report.against" if change.comparable else "report.against_other_rules"
    return joined(value[:1]), labels.say(code, relative=relative, period=change.period)


def signed(hundredths: int) -> str:
    """210 as "+2.10"."""
    return f"+{number(hundredths)}" if hundredths > 0 else number(hundredths)
