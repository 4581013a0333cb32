"""A small workbook that stands for much is refused or read in seconds, and its answer is short."""

from __future__ import annotations

import time

from audit_api.manuscripts import checks
from tests.attacks.workbooks import workbooks

SECONDS = 8
"""Less than a child has."""


def test_no_small_workbook_takes_what_a_child_has_not() -> None:
    for workbook in workbooks():
        begun = time.thread_time()
        found = checks.check_workbook(workbook.data)
        assert len(found.warnings) <= checks.MAX_REMARKS + 1
        assert time.thread_time() - begun < SECONDS, workbook.name
        assert 1 <= len(found.errors) <= checks.MAX_REMARKS + 1, workbook.name
        assert sum(len(str(each.values)) for each in found.errors) < 1_000_000, workbook.name
        codes = [each.code for each in found.errors]
        assert workbook.code is None or codes == [workbook.code], (workbook.name, codes)
