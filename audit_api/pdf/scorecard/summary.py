"""A scorecard's first look: the score with all that it rests on and is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.figures import number
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Block, height_of, name
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.document import bullets, head
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.scorecard.values import Difference, Rank, SiteScorecardReport
from audit_api.pdf.structure import Tag
from audit_api.pdf.text import FONTS
from audit_api.rules.exact import percent
from audit_api.rules.figures.statistics import NoInterval, no_interval

_TILES_X = look.LEFT + gauge.WIDTH + 26
_TILE = (look.RIGHT - _TILES_X) / 2
_TILE_HEIGHT = 31.0
_NAME = styles.STRONG.leading + 9
"""The room of the name above the gauge."""


@dataclass(frozen=True, slots=True)
class _Tile:
    """A figure beside the gauge: its name, its value, and what is to be known of it; one that
    chance explains is not `sure`, and stands without weight."""

    name: Text
    value: Text
    notes: tuple[Text, ...] = ()
    sure: bool = True

    def put(self, page: Page, x: float, y: float) -> None:
        value = look.TILE if self.sure else look.TILE_LIGHT
        with page.structure.row():
            with page.structure.cell(0):
                page.put(x, y, self.name, styles.SMALL, _TILE - 8)
            with page.structure.cell(1):
                page.put(x, y + 9, self.value, value, _TILE - 8)
                page.put_block(x, y + 26, self.told)

    @property
    def told(self) -> Block:
        broken = [name(note, styles.TINY, _TILE - 8, FONTS, most=1) for note in self.notes]
        return [line for block in broken for line in block]

    @property
    def height(self) -> float:
        return _TILE_HEIGHT + height_of(self.told)


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
    rows = [tiles[place : place + 2] for place in range(0, len(tiles), 2)]
    heights = [max(tile.height for tile in row) for row in rows]
    height, top = max(sum(heights) + 16, gauge.HEIGHT + _NAME + 12), flow.y
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    figure, mark = report.overall.score, report.scale.pass_mark
    words = labels.say("report.not_scored") if figure is None else report.band or ""
    low = figure is not None and mark is not None and figure < mark
    at = top + (height - gauge.HEIGHT - _NAME) / 2
    title = labels.say("report.score_overall")
    flow.page.put(look.LEFT + 12, at, title, styles.STRONG, gauge.WIDTH, "centre")
    drawing = gauge.gauge(figure, words, report.scale, FONTS, low=low, labels=labels)
    flow.page.add(drawing, look.LEFT + 12, at + _NAME)
    y = top + (height - sum(heights)) / 2 + 2
    with flow.part(Tag.TABLE):
        for row, deep in zip(rows, heights, strict=True):
            for column, tile in enumerate(row):
                tile.put(flow.page, _TILES_X + column * _TILE, y)
            y += deep
    flow.space(height + 4)
    _warnings(flow, report)


def _warnings(flow: Flow, report: SiteScorecardReport) -> None:
    """What keeps the figures from being read as they stand."""
    told = (("report.mixed", report.mixed), ("report.unfinished", report.unfinished))
    codes = [code for code, holds in told if holds]
    if codes:
        flow.space(4)
        bullets(flow, [report.labels.say(code) for code in codes])


def _subtitle(report: SiteScorecardReport) -> Iterator[str]:
    """When, where, and with which checklist alone."""
    yield joined(report.period, " · ")
    yield report.site_code
    yield report.region
    if report.checklist is not None:
        yield joined(report.labels.say("report.of_checklist", checklist=report.checklist), " · ")


def _tiles(report: SiteScorecardReport) -> list[_Tile]:
    """The figures beside the gauge."""
    labels, overall = report.labels, report.overall
    ranks = [
        _Tile(labels.say("report.rank_in_region"), *_rank(report, report.rank_in_region)),
        _Tile(
            labels.say("report.rank_in_organisation"), *_rank(report, report.rank_in_organisation)
        ),
    ]
    changes = (("report.previous", report.previous), ("report.last_year", report.last_year))
    return [
        _Tile(labels.say("report.interval"), *_interval(report)),
        _Tile(labels.say("report.pass_rate"), percent(report.pass_rate)),
        _Tile(labels.say("report.visits_done"), *_visits(report)),
        _Tile(labels.say("report.visits_scored"), str(overall.n)),
        *(ranks if report.own else ()),
        *(_difference(report, labels.say(code), change) for code, change in changes if change),
    ]


def _visits(report: SiteScorecardReport) -> tuple[Text, tuple[Text, ...]]:
    labels = report.labels
    if report.planned is None or report.done is None:
        return "–", (labels.say("report.visits_untold"),)
    return str(report.done), (labels.say("report.visits_planned", planned=report.planned),)


def _interval(report: SiteScorecardReport) -> tuple[Text, tuple[Text, ...]]:
    overall = report.overall
    if overall.low is not None and overall.high is not None:
        return f"{percent(overall.low)} – {percent(overall.high)}", ()
    match no_interval(overall.n, overall.low):
        case NoInterval.ONE:
            return "–", (report.labels.say("report.visit_alone"),)
        case NoInterval.ALIKE:
            return "–", (report.labels.say("report.visits_alike"),)
        case _:
            return "–", ()


def _rank(report: SiteScorecardReport, rank: Rank | None) -> tuple[Text, tuple[Text, ...]]:
    if rank is None:
        return "–", (report.labels.say("report.not_ranked", least=report.least),)
    return f"{rank.place} / {rank.of}", ()


def _difference(report: SiteScorecardReport, name: Text, change: Difference) -> _Tile:
    """A change, with what it is held against and whether chance explains it."""
    labels = report.labels
    if change.points is None:
        return _Tile(name, "–", (labels.say("report.no_base", period=change.period),))
    value = labels.say("report.percentage_points", points=signed(change.points))
    relative = "–" if change.relative is None else f"{signed(change.relative)}%"
    code = "report.against" if change.comparable else "report.against_other_rules"
    against = labels.say(code, relative=relative, period=change.period)
    return _Tile(
        name, joined(value[:1]), (against, _chance(report, change)), sure=change.beyond_chance
    )


def _chance(report: SiteScorecardReport, change: Difference) -> Text:
    """Whether a change is more than chance, and of how many visits."""
    if change.p is None:
        code = "report.too_few"
    else:
        code = "report.beyond_chance" if change.beyond_chance else "report.may_be_chance"
    return report.labels.say(code, n=report.overall.n, before=change.n)


def signed(hundredths: int) -> str:
    """210 as "+2.10"."""
    return f"+{number(hundredths)}" if hundredths > 0 else number(hundredths)
