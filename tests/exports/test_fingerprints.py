"""The digest of a report: the same for the same, another for whatever would look otherwise."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from audit_api.drawing import Labels
from audit_api.services.documents import fingerprints
from audit_api.services.documents.languages import labels
from tests.pdf.reports import report
from tests.servers.product import ROOT

_TELL = (
    "from tests.pdf.reports import report; from audit_api.services.documents import fingerprints; "
    "print(fingerprints.of_report(report()))"
)


def test_every_process_finds_the_same_digest() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _TELL],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {fingerprints.of_report(report())}


@pytest.mark.parametrize(
    "changes",
    [
        {"site_name": "Another"},
        {"final": 1},
        {"revision": 9},
        {"labels": labels("both")},
        {"review_notes": ("A note",)},
    ],
)
def test_another_report_has_another_digest(changes: dict[str, Any]) -> None:
    assert fingerprints.of_report(replace(report(), **changes)) != fingerprints.of_report(report())


def test_whatever_draws_has_a_part_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.of_report(report())
    monkeypatch.setattr(fingerprints, "_product", lambda: "another release")
    assert fingerprints.of_report(report()) != before
    assert isinstance(report().labels, Labels)
