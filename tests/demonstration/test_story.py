"""What the whole demonstration tells, worked out without a database: the same rules, no rows."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from statistics import fmean

import pytest

from audit_api.demonstration import chain, people, plan, visits
from audit_api.demonstration.answers import Answered, Sheet
from audit_api.demonstration.comments import LOCALES, Comments
from audit_api.demonstration.pictures import picture
from audit_api.demonstration.plan import Size
from audit_api.images.preparation import prepare
from audit_api.manuscripts import checks
from audit_api.rules import authoring as rules
from audit_api.rules import scoring
from audit_api.rules.scoring.score import Score
from audit_api.services.access import SYSTEM_ID
from tests.docs.texts import DOCUMENTS, ROOT

pytestmark = pytest.mark.slow

UNTIL = date(2026, 11, 22)
WHOLE = Size(UNTIL)
BAD, WORSE_BY = (2025, 4), 8
"""The quarter that went badly in the north, and by how many percentage points at least."""


@cache
def sheet(format: str) -> Sheet:
    name = {"shop": "retail_store", "tea_house": "restaurant"}[format]
    data = (ROOT / f"checklists/{name}.yaml").read_bytes()
    document = checks.check(data).document
    assert document is not None
    checklist = rules.parse(document)
    return Sheet(checklist, scoring.compile_scorer(checklist))


def made(size: Size) -> Iterator[tuple[plan.Visit, Answered, Score]]:
    """Yield every visit that was made, its answers and its score; each answer is accepted."""
    comments = Comments(size.seed)
    for visit in plan.visits(size):
        if visit.fate != "made":
            continue
        form = sheet(visit.site.format)
        answered = visits.answered(visit, form, size, comments)
        attributes = {**visit.site.attributes, "kind": visit.site.kind}
        sent = scoring.Visit(answered.answers, Counter(answered.pictured), attributes)
        yield visit, answered, form.scorer.score(sent)


@pytest.fixture(scope="module")
def whole() -> list[tuple[plan.Visit, Answered, Score]]:
    return list(made(WHOLE))


def final_scores(size: Size) -> Mapping[str, int | None]:
    return {visit.name: score.final for visit, _, score in made(size)}


def test_the_readme_tells_how_large_it_is() -> None:
    planned = plan.visits(WHOLE)
    done = sum(visit.fate == "made" for visit in planned)
    auditors = sum(account.role == "auditor" for account in people.ACCOUNTS)
    told = " ".join(DOCUMENTS["README.md"].split())
    assert f"{len(chain.OWN)} shops and tea houses" in told
    assert f"{len(chain.COMPETITORS)} shops of two competitors" in told
    assert f"{auditors} auditors" in told
    assert f"{WHOLE.months} months" in told
    assert f"{len(planned):,} visits planned, {done:,} made" in told


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2026, 3, 31), date(2028, 2, 29)])
def test_it_is_as_large_on_every_day(until: date) -> None:
    names = [(visit.name, visit.fate) for visit in plan.visits(Size(until))]
    assert sorted(names) == sorted((visit.name, visit.fate) for visit in plan.visits(WHOLE))


def test_every_visit_lies_before_the_end_and_within_its_window() -> None:
    for visit in plan.visits(WHOLE):
        assert plan.months_before(UNTIL, 24) <= visit.at.date() < UNTIL
        assert visit.opens <= visit.at.date() <= visit.closes


def test_the_first_shop_leaves_the_running_month_to_the_walk() -> None:
    first = [visit for visit in plan.visits(WHOLE) if visit.site is chain.OWN[0]]
    assert all(visit.month > 0 for visit in first)
    assert [task.site for task in plan.upcoming(WHOLE)][:3] == [chain.OWN[0]] * 3


def test_a_smaller_one_is_a_part_of_the_whole() -> None:
    small = final_scores(Size(UNTIL, sites=6, months=3))
    assert small.items() <= final_scores(Size(UNTIL, sites=20, months=5)).items()


def test_another_seed_makes_other_visits() -> None:
    one, other = (final_scores(Size(UNTIL, seed=seed, sites=4, months=3)) for seed in (1, 2))
    assert one == final_scores(Size(UNTIL, seed=1, sites=4, months=3))
    assert one != other
    days = [{visit.name: visit.at for visit in plan.visits(Size(UNTIL, seed))} for seed in (1, 2)]
    moved = [days[1][name] != at for name, at in days[0].items() if name in days[1]]
    assert sum(moved) > len(moved) / 2


def test_the_north_had_a_bad_quarter_and_recovered(
    whole: list[tuple[plan.Visit, Answered, Score]],
) -> None:
    north, others = ({}, {})
    for visit, _, score in whole:
        if visit.site.kind == "own" and visit.site.format == "shop" and score.final is not None:
            quarter = (visit.at.year, (visit.at.month + 2) // 3)
            area = north if visit.site.area == "north" else others
            area.setdefault(quarter, []).append(score.final / 100)
    level = fmean(fmean(north[quarter]) for quarter in [(2025, 1), (2025, 2), (2025, 3)])
    assert fmean(north[BAD]) < level - WORSE_BY
    assert fmean(north[BAD]) < fmean(north[2026, 1]) < fmean(north[2026, 2])
    assert fmean(north[2026, 3]) > level - WORSE_BY / 2
    assert abs(fmean(others[BAD]) - fmean(others[2025, 3])) < WORSE_BY / 2


def test_some_sites_decline_and_one_was_mended_by_its_refit(
    whole: list[tuple[plan.Visit, Answered, Score]],
) -> None:
    def mean(code: str, months: range) -> float:
        scores = [
            score.final or 0
            for visit, _, score in whole
            if visit.site.code == code and visit.month in months
        ]
        return fmean(scores) / 100

    assert mean("CQ-056", range(6)) < mean("CQ-056", range(16, 24)) - 5
    assert mean("NJ-017", range(9)) > mean("NJ-017", range(9, 24)) + 10


def test_who_was_served_well_recommends_the_shop(
    whole: list[tuple[plan.Visit, Answered, Score]],
) -> None:
    marks: dict[bool, list[int]] = {True: [], False: []}
    for _, answered, score in whole:
        if score.raw is not None and not 7000 <= score.raw < 9000:
            marks[score.raw >= 9000].append(answered.answers["recommend"]["value"])
    assert fmean(marks[True]) > 8.5
    assert fmean(marks[False]) < 6


def test_comments_come_in_both_languages_and_a_page_of_them_repeats_none(
    whole: list[tuple[plan.Visit, Answered, Score]],
) -> None:
    for locale in LOCALES:
        told = [
            answered.answers["summary"]["value"]
            for visit, answered, _ in whole
            if visit.auditor.locale == locale
        ]
        for page in (told[begin : begin + 20] for begin in range(0, len(told), 20)):
            assert len(set(page)) == len(page)
        remarks = {
            answer["comment"]
            for visit, answered, _ in whole
            if visit.auditor.locale == locale
            for answer in answered.answers.values()
            if "comment" in answer
        }
        assert len(remarks) > 150


def test_its_photos_are_many_unlike_each_other_and_say_where_and_when(
    whole: list[tuple[plan.Visit, Answered, Score]],
) -> None:
    taken = [(visit, question) for visit, answered, _ in whole for question in answered.pictured]
    assert 100 < len(taken) <= 150
    assert "more than 100 drawn photos" in " ".join(DOCUMENTS["README.md"].split())
    fingerprints = []
    for visit, question in taken[-40:]:
        photo = picture(SYSTEM_ID, visit, question, WHOLE.seed)
        assert photo == picture(SYSTEM_ID, visit, question, WHOLE.seed)
        shown = prepare(photo.data)
        assert shown.taken_at == photo.declared["taken_at"].isoformat(timespec="seconds")
        assert shown.place == pytest.approx((visit.site.latitude, visit.site.longitude), abs=0.001)
        fingerprints.append(shown.fingerprint)
    for one, other in itertools.combinations(fingerprints, 2):
        assert (one ^ other).bit_count() > 6
