"""What a file costs: as much as it brings, whatever is stored, and never for long."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Problem
from audit_api.readers import imported
from audit_api.services.access import Who
from audit_api.services.sites.imports import known, writing
from tests.organisations import load, region
from tests.world import World

HEADS = {
    "regions": "code,name,parent_code\n",
    "sites": "code,name,region_code,time_zone\n",
    "users": "email,name,role,region_codes\n",
}
LINES: dict[str, Callable[[str], str]] = {
    "regions": lambda name: f"{name},Name,east\n",
    "sites": lambda name: f"{name},Name,east,Asia/Shanghai\n",
    "users": lambda name: f"{name}@brand.example,Name,manager,east\n",
}


def file_of(noun: str, count: int) -> str:
    names = [f"{secrets.token_hex(6)}-{number}" for number in range(count)]
    return HEADS[noun] + "".join(map(LINES[noun], names))


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """Count the statements that are executed."""
    counts = {"statements": 0}

    def executed(*execution: Any) -> None:
        counts["statements"] += 1

    sa.event.listen(db.engine, "before_cursor_execute", executed)
    try:
        yield counts
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", executed)


@pytest.mark.parametrize("noun", HEADS)
def test_twice_the_lines_take_no_more_statements(hq: Who, noun: str) -> None:
    region(hq, "east")
    taken = []
    for count in (400, 800):
        with counted() as counts:
            assert load(noun, file_of(noun, count), hq).added == count
        taken.append(counts["statements"])
    assert taken[1] <= taken[0] + 2


@pytest.mark.parametrize("noun", ["sites", "users"])
def test_a_line_reads_nothing_of_the_many_that_it_does_not_name(
    hq: Who, noun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    region(hq, "east")
    text = file_of(noun, 2_000)
    load(noun, text, hq)
    read: list[Any] = []
    usual = known.rows

    def rows(*named: Any) -> Iterator[Any]:
        for row in usual(*named):
            read.append(row)
            yield row

    monkeypatch.setattr(known, "rows", rows)
    two = "".join(text.splitlines(keepends=True)[:3]).replace("Name", "Other")
    assert load(noun, two, hq).changed == 2
    assert len(read) <= 2 * 2


@pytest.mark.parametrize("noun", [*HEADS, "visits"])
def test_a_file_of_more_rows_than_one_transaction_writes_is_refused(
    hq: Who, noun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_ROWS", 3)
    head = "campaign,site_code,auditor_email\n"
    text = head + "Spring,S1,a@b.example\n" * 4 if noun == "visits" else file_of(noun, 4)
    with pytest.raises(Problem) as refused:
        load(noun, text, hq)
    (fault,) = refused.value.faults
    assert (fault.code, fault.values) == ("too_many_rows", {"count": 4, "max": 3})


def test_a_file_that_is_read_for_long_holds_up_no_other_writer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, meanwhile = imported.rows, []

    def read(*file: Any, **more: Any) -> Any:
        sent = {"code": "meanwhile", "name": "Meanwhile"}
        with ThreadPoolExecutor(1) as other:
            added = other.submit(replace(world).call, "hq", "POST", "/regions", sent)
            meanwhile.append(added.result().status_code)
        return usual(*file, **more)

    monkeypatch.setattr(imported, "rows", read)
    answer = world.call(
        "hq",
        "POST",
        "/imports/regions",
        data=b"code,name\nnew,New\n",
        content_type="text/csv",
        headers={"Idempotency-Key": "once"},
    )
    assert (meanwhile, answer.status_code) == ([201], 200)
