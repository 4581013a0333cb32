"""What is done for each kind of job."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.services.audits import display_copies
from audit_api.services.exports import writing
from audit_api.services.exports.asking import DRAW, REPORTS
from audit_api.services.jobs import GoOn, Task, Tools, Work


def _export(task: Task, tools: Tools) -> GoOn | None:
    # It brings all that draws, which most processes never need.
    from audit_api.services.exports import leading

    return leading.JOBS[task.kind](task, tools)


JOBS: Mapping[str, Work] = {
    **display_copies.JOBS,
    **writing.JOBS,
    **dict.fromkeys((REPORTS, DRAW), _export),
}
