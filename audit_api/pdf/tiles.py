"""The first look at many visits: a gauge of their score, and beside it the figures that it rests
on and is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, gauge, styles
from audit_api.drawing.figures import Figure, number, signed
from audit_api.drawing.gauge import Scale
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.lettering import Block, height_of, name
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.document import bullets
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.scorecard.values import Difference
from audit_api.pdf.structure import Tag
from audit_api.rules.exact import percent
from audit_api.rules.figures.statistics import NoInterval, no_interval
from audit_api.typography.text import FONTS

_X = look.LEFT + gauge.WIDTH + 26
_WIDTH = (look.RIGHT - _X) / 2
_HEIGHT = 31.0
_NAME = styles.STRONG.leading + 9
"""The room of the name above the gauge."""


@dataclass(frozen=True, slots=True)
class Tile:
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
                page.put(x, y, self.name, styles.SMALL, _WIDTH - 8)
            with page.structure.cell(1):
                page.put(x, y + 9, self.value, value, _WIDTH - 8)
                page.put_block(x, y + 26, self.told)

    @property
    def told(self) -> Block:
        broken = [name(note, styles.TINY, _WIDTH - 8, FONTS, most=1) for note in self.notes]
        return [line for block in broken for line in block]

    @property
    def height(self) -> float:
        return _HEIGHT + height_of(self.told)


def panel(
    flow: Flow,
    labels: Labels,
    overall: Figure,
    band: Text | None,
    scale: Scale,
    tiles: Sequence[Tile],
) -> None:
    """The gauge with the score's name above it, and the tiles, two to a row."""
    rows = [tiles[place : place + 2] for place in range(0, len(tiles), 2)]
    heights = [max(tile.height for tile in row) for row in rows]
    height = max(sum(heights) + 16, gauge.HEIGHT + _NAME + 12)
    flow.need(height)
    top = flow.y
    flow.page.boxes.append(Box(look.LEFT, top, look.WIDTH, height, colours.WASH, radius=5))
    figure, mark = overall.score, scale.pass_mark
    words = labels.say("report.not_scored") if figure is None else band or ""
    low = figure is not None and mark is not None and figure < mark
    at = top + (height - gauge.HEIGHT - _NAME) / 2
    title = labels.say("report.score_overall")
    flow.page.put(look.LEFT + 12, at, title, styles.STRONG, gauge.WIDTH, "centre")
    drawing = gauge.gauge(figure, words, scale, FONTS, low=low, labels=labels)
    flow.page.add(drawing, look.LEFT + 12, at + _NAME)
    y = top + (height - sum(heights)) / 2 + 2
    with flow.part(Tag.TABLE):
        for row, deep in zip(rows, heights, strict=True):
            for column, tile in enumerate(row):
                tile.put(flow.page, _X + column * _WIDTH, y)
            y += deep
    flow.space(height + 4)


def warnings(flow: Flow, labels: Labels, *, mixed: bool, unfinished: bool) -> None:
    """What keeps the figures from being read as they stand."""
    told = (("report.mixed", mixed), ("report.unfinished", unfinished))
    codes = [code for code, holds in told if holds]
    if codes:
        flow.space(4)
        bullets(flow, [labels.say(code) for code in codes])


def of_checklist(labels: Labels, checklist: Text | None) -> tuple[str, ...]:
    """Of which checklist alone a document is, for its head; nothing where of all."""
    if checklist is None:
        return ()
    return (joined(labels.say("report.of_checklist", checklist=checklist), " · "),)


def visits_done(labels: Labels, planned: int | None, done: int | None) -> Tile:
    """Visits done of those planned, where the reader may know of them yet."""
    title = labels.say("report.visits_done")
    if planned is None or done is None:
        return Tile(title, "–", (labels.say("report.visits_untold"),))
    return Tile(title, str(done), (labels.say("report.visits_planned", planned=planned),))


def interval(labels: Labels, overall: Figure) -> Tile:
    """The ends of the score's interval, or why it has none."""
    title = labels.say("report.interval")
    if overall.low is not None and overall.high is not None:
        return Tile(title, f"{percent(overall.low)} – {percent(overall.high)}")
    match no_interval(overall.n, overall.low):
        case NoInterval.ONE:
            return Tile(title, "–", (labels.say("report.visit_alone"),))
        case NoInterval.ALIKE:
            return Tile(title, "–", (labels.say("report.visits_alike"),))
        case _:
            return Tile(title, "–")


def changes(
    labels: Labels, n: int, previous: Difference, last_year: Difference | None
) -> list[Tile]:
    """The changes of the score of `n` visits to the period before, and to the year before."""
    told = (("report.previous", previous), ("report.last_year", last_year))
    return [_change(labels, n, labels.say(code), change) for code, change in told if change]


def _change(labels: Labels, n: int, name: Text, change: Difference) -> Tile:
    """A change, with what it is held against and whether chance explains it."""
    if change.points is None:
        return Tile(name, "–", (labels.say("report.no_base", period=change.period),))
    value = labels.say("report.percentage_points", points=signed(change.points))
    relative = "–" if change.relative is None else f"{signed(change.relative)}%"
    code = "report.against" if change.comparable else "report.against_other_rules"
    against = labels.say(code, relative=relative, period=change.period)
    return Tile(
        name, joined(value[:1]), (against, _chance(labels, n, change)), sure=change.beyond_chance
    )


def _chance(labels: Labels, n: int, change: Difference) -> Text:
    """Whether a change is more than chance, and of how many visits."""
    if change.p is None:
        code = "report.too_few"
    else:
        code = "report.beyond_chance" if change.beyond_chance else "report.may_be_chance"
    return labels.say(code, n=n, before=change.n)


def target(labels: Labels, wanted: int | None, score: int | None) -> list[Tile]:
    """What the organisation wants to score, and whether it does; nothing where it set none."""
    if wanted is None:
        return []
    title, value = labels.say("report.target"), percent(wanted)
    if score is None:
        return [Tile(title, value)]
    if score >= wanted:
        return [Tile(title, value, (labels.say("report.target_met"),))]
    missed = labels.say("report.target_missed", points=number(wanted - score))
    return [Tile(title, value, (missed,))]
