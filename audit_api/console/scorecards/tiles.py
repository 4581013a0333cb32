"""The figures beside a gauge: what a score rests on and is held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_api.console.frame import reader
from audit_api.drawing import Metric
from audit_api.drawing.figures import Figure, number, signed
from audit_api.drawing.languages import joined
from audit_api.rules.exact import percent
from audit_api.services.scorecards.lines import Change
from audit_api.services.scorecards.metrics import MetricLine
from audit_api.services.scorecards.ranks import LEAST_RANKED, Rank
from audit_api.services.totals.of_visits import Visits

if TYPE_CHECKING:
    from audit_api.services.documents.network.glance import Difference


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure: its name, its value, what is to be known of it, and where it comes from; `good`
    tells of a change that is more than chance whether it is to be glad of."""

    name: str
    value: str
    notes: Sequence[str] = ()
    address: str | None = None
    good: bool | None = None


def interval(overall: Figure, address: str) -> Tile:
    """The ends of the score's interval, or why it has none."""
    name = reader.said("report.interval")
    if overall.low is not None and overall.high is not None:
        return Tile(name, f"{percent(overall.low)} – {percent(overall.high)}", (), address)
    code = "report.visit_alone" if overall.n == 1 else "report.visits_alike"
    return Tile(name, "–", (reader.said(code),) if overall.n else (), address)


def pass_rate(rate: int | None, address: str) -> Tile:
    return Tile(reader.said("report.pass_rate"), percent(rate), (), address)


def visits(told: Visits | None, address: str) -> Tile:
    """Visits done of those planned, where the reader may know of them yet."""
    name = reader.said("report.visits_done")
    if told is None:
        return Tile(name, "–", (reader.said("report.visits_untold"),), address)
    planned = reader.said("report.visits_planned", planned=told.planned)
    return Tile(name, str(told.done), (planned,), address)


def scored(n: int, address: str) -> Tile:
    return Tile(reader.said("report.visits_scored"), str(n), (), address)


def sites(visited: int, every: int, address: str) -> Tile:
    of_sites = reader.said("report.of_sites", sites=every)
    return Tile(reader.said("report.sites_visited"), str(visited), (of_sites,), address)


def rank(code: str, found: Rank | None, address: str | None = None) -> Tile:
    """A site's place; `code` says among which."""
    if found is None or found.rank is None:
        untold = reader.said("report.not_ranked", least=LEAST_RANKED)
        return Tile(reader.said(code), "–", (untold,), address)
    return Tile(reader.said(code), f"{found.rank} / {found.of}", (), address)


def target(wanted: int | None, score: int | None, address: str) -> Iterator[Tile]:
    """What the organisation wants to score, and whether it does; nothing where it set none."""
    if wanted is None:
        return
    notes: list[str] = []
    if score is not None and score >= wanted:
        notes.append(reader.said("report.target_met"))
    elif score is not None:
        notes.append(reader.said("report.target_missed", points=number(wanted - score)))
    yield Tile(reader.said("report.target"), percent(wanted), notes, address)


def change(code: str, n: int, found: Difference | None, address: str) -> Iterator[Tile]:
    """A change of the score of `n` visits, and whether chance explains it."""
    if found is None:
        return
    name, period = reader.said(code), joined(found.period)
    if found.points is None:
        yield Tile(name, "–", (reader.said("report.no_base", period=period),), address)
        return
    relative = "–" if found.relative is None else f"{signed(found.relative)}%"
    against = "report.against" if found.comparable else "report.against_other_rules"
    value = reader.said("report.percentage_points", points=signed(found.points))
    notes = (
        reader.said(against, relative=relative, period=period),
        reader.said(_chance(found), n=n, before=found.n),
    )
    sure = found.comparable and found.beyond_chance
    yield Tile(name, value, notes, address, found.points > 0 if sure else None)


def metrics(
    lines: Sequence[MetricLine], shown: Sequence[Metric], before: str, address: str
) -> Iterator[Tile]:
    """What customers would say, each metric with its change from the period `before`."""
    for line, metric in zip(lines, shown, strict=False):
        notes = [_metric_change(line.change, before)] if line.change.points is not None else []
        value = number(line.value, metric.unit)
        yield Tile(joined(metric.title), value, notes, address)


def _metric_change(found: Change, before: str) -> str:
    return reader.said(
        "console.scorecards.metric_change", points=signed(found.points), period=before
    )


def _chance(found: Difference) -> str:
    if found.p is None:
        return "report.too_few"
    return "report.beyond_chance" if found.beyond_chance else "report.may_be_chance"
