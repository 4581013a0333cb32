"""A workbook is imported by its first sheet that holds anything, as the same CSV would be."""

from __future__ import annotations

from datetime import date

import pytest

from audit_api.errors import Problem
from audit_api.services.access import Who
from audit_api.services.sites import imports
from audit_api.sheets.lines import Counts, Outcome, Upload
from tests.organisations import region
from tests.sheets.books import book
from tests.world import NOW

HEADING = ["code", "name", "region_code", "time_zone", "geofence_metres"]


def load(data: bytes, hq: Who) -> Outcome:
    return imports.sites.load(Upload(data, workbook=True), by=hq, now=NOW)


def test_the_first_sheet_that_holds_anything_is_read(hq: Who) -> None:
    region(hq, "north")
    rows = [HEADING, ["s1", "One", "north", "Asia/Shanghai", 200], ["s2", "Two", "north", "UTC"]]
    outcome = load(book(empty=[], sites=rows, notes=[["not", "read"]]), hq)
    assert outcome.counts == Counts(2, 0, 0)
    assert outcome.sample.charset == "XLSX"
    assert outcome.sample.lines[1].cells == ["s1", "One", "north", "Asia/Shanghai", "200"]


def test_faults_are_told_at_the_rows_of_the_sheet(hq: Who) -> None:
    region(hq, "north")
    rows = [HEADING, [], ["s1", "One", "north", "Mars/Base"], ["s2", None, "south", "UTC"]]
    with pytest.raises(Problem) as refused:
        load(book(sites=rows), hq)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/lines/3/time_zone", "time_zone"),
        ("/lines/4/name", "cell_empty"),
        ("/lines/4/region_code", "unknown_code"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (book(empty=[]), "csv_empty"),
        (b"PK\x03\x04 and no more", "workbook_expected"),
        (book(sites=[HEADING, ["=A1", "One", "north", "UTC"]]), "cell_uncomputed"),
        (book(sites=[HEADING, [date(2026, 3, 1), "One", "north", "UTC"]]), "cell_date_form"),
    ],
)
def test_what_cannot_be_read_is_said(hq: Who, data: bytes, code: str) -> None:
    region(hq, "north")
    with pytest.raises(Problem) as refused:
        load(data, hq)
    assert refused.value.faults[0].code == code
