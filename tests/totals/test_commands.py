"""`flask scorecards`: an operator proves the totals, and mends them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import orjson
import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from audit_api.database import db, one_moment
from audit_api.models import FoldedTotal, Organisation, SiteTotal, VisitTotal
from audit_api.services.totals import of_sites
from tests.faults.races import caller, counted
from tests.protocol.phone import send
from tests.world import World, make_world


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none")


def scorecards(world: World, command: str) -> Result:
    with world.app.app_context():
        code = db.session.get_one(Organisation, world.organisation_id).code
    runner = world.app.test_cli_runner()
    return runner.invoke(args=["scorecards", command, "--organisation", code])


def falsify(world: World, **values: int) -> None:
    with world.app.app_context():
        db.session.execute(
            sa.update(SiteTotal).where(SiteTotal.site_id == world.site_id).values(**values)
        )
        db.session.commit()


def test_right_totals_are_said_to_be_right(unreviewed: World) -> None:
    send(unreviewed)
    result = scorecards(unreviewed, "verify")
    assert (result.exit_code, result.output) == (0, "0 totals differ from a recomputation\n")


def test_a_wrong_total_is_named_and_ends_the_command_with_1(unreviewed: World) -> None:
    send(unreviewed)
    falsify(unreviewed, final_sum=1, audits=7)
    result = scorecards(unreviewed, "verify")
    assert result.exit_code == 1
    lines = [line.split("\t") for line in result.output.splitlines()]
    assert [(*line[:3], *line[4:]) for line in lines[:-1]] == [
        ("site_totals", str(unreviewed.site_id), "2026-03", "whole", "-"),
    ]
    assert lines[-1] == ["1 totals differ from a recomputation"]


def test_a_rebuild_mends_what_differs_and_leaves_other_organisations_alone(
    unreviewed: World,
) -> None:
    other = make_world(unreviewed.app, review="none")
    for world in (unreviewed, other):
        send(world)
        falsify(world, scored=9)
    assert scorecards(unreviewed, "rebuild").output == "1 totals mended\n"
    assert scorecards(unreviewed, "verify").exit_code == 0
    assert counted(unreviewed) == 1
    assert scorecards(other, "verify").exit_code == 1


def test_a_rebuild_removes_what_no_audit_stands_behind(unreviewed: World) -> None:
    audit_id = send(unreviewed)
    unreviewed.move(audit_id, "void", "hq")
    falsify(unreviewed, audits=1)
    assert scorecards(unreviewed, "rebuild").exit_code == 0
    assert counted(unreviewed) == 0


def test_a_wrong_folded_total_is_named_and_mended(unreviewed: World) -> None:
    send(unreviewed)
    assert scorecards(unreviewed, "fold").output == "1 changes folded\n"
    assert scorecards(unreviewed, "fold").output == "0 changes folded\n"
    assert scorecards(unreviewed, "verify").exit_code == 0
    with unreviewed.app.app_context():
        row = db.session.scalars(
            sa.select(FoldedTotal).where(FoldedTotal.scope_id == unreviewed.site_id)
        ).one()
        questions = orjson.loads(row.questions)
        del questions["question"]["greeted"]
        row.questions = orjson.dumps(questions).decode()
        db.session.commit()
    told = scorecards(unreviewed, "verify").output.splitlines()
    assert [line.split("\t")[4:] for line in told] == [["question", "greeted"], []]
    assert scorecards(unreviewed, "rebuild").output == "1 totals mended\n"
    assert scorecards(unreviewed, "verify").exit_code == 0


def test_a_wrong_count_of_visits_is_named_and_mended(unreviewed: World) -> None:
    send(unreviewed)
    of_site = VisitTotal.site_id == unreviewed.site_id
    with unreviewed.app.app_context():
        db.session.execute(sa.update(VisitTotal).where(of_site).values(done=0))
        db.session.commit()
    told = scorecards(unreviewed, "verify").output.splitlines()
    line = told[0].split("\t")
    assert (line[0], line[1], line[4]) == ("visit_totals", str(unreviewed.site_id), "visits")
    assert line[5] == str(unreviewed.campaign_id)
    assert scorecards(unreviewed, "rebuild").output == "1 totals mended\n"
    assert scorecards(unreviewed, "verify").exit_code == 0


def test_a_rebuild_leaves_nothing_to_fold(unreviewed: World) -> None:
    send(unreviewed)
    assert scorecards(unreviewed, "rebuild").output == "0 totals mended\n"
    assert scorecards(unreviewed, "fold").output == "0 changes folded\n"
    assert scorecards(unreviewed, "verify").exit_code == 0


def test_an_unknown_organisation_is_a_refusal(app: Flask) -> None:
    for command in ("verify", "rebuild", "fold"):
        args = ["scorecards", command, "--organisation", "nobody"]
        result = app.test_cli_runner().invoke(args=args)
        assert result.exit_code == 1
        assert "organisation" in result.stderr


def test_what_is_compared_is_of_one_moment(unreviewed: World) -> None:
    """An audit that arrives between the two readings is in both or in neither."""
    send(unreviewed)
    other = unreviewed.another()
    with unreviewed.app.app_context(), one_moment(), ThreadPoolExecutor(1) as pool:
        stored = of_sites.stored(unreviewed.organisation_id)
        pool.submit(send, caller(unreviewed), other).result()
        assert of_sites.recomputed(unreviewed.organisation_id) == stored
    assert counted(unreviewed) == 2


@pytest.mark.slow
def test_verifying_and_rebuilding_while_audits_arrive_tell_and_leave_the_truth(
    unreviewed: World,
) -> None:
    def push() -> list[int]:
        items = [{"id": str(uuid4()), "audit": unreviewed.another()} for _ in range(5)]
        world = caller(unreviewed)
        answer = world.call("auditor", "POST", "/audits/batch", {"audits": items})
        assert answer.status_code == 200, answer.json
        for item in items[:2]:
            moved = world.move(UUID(str(item["id"])), "exclude", "hq")
            assert moved.status_code == 200, moved.json
        return [result["status"] for result in answer.json["results"]]

    with ThreadPoolExecutor(5) as pool:
        pushing = [pool.submit(push) for _ in range(5)]
        said = [
            scorecards(unreviewed, command).output for command in ("verify", "rebuild", "fold") * 3
        ]
        statuses = [status for each in pushing for status in each.result()]
    assert statuses == [201] * 25
    assert said[0::3] == ["0 totals differ from a recomputation\n"] * 3
    assert said[1::3] == ["0 totals mended\n"] * 3
    assert all(line.endswith(" changes folded\n") for line in said[2::3])
    assert scorecards(unreviewed, "verify").exit_code == 0
    assert counted(unreviewed) == 15
