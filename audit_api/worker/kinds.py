"""What is done for each kind of job."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.services.audits import display_copies
from audit_api.services.exports import leading
from audit_api.services.jobs import Work

JOBS: Mapping[str, Work] = {**display_copies.JOBS, **leading.JOBS}
