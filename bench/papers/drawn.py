"""One report drawn by three: the product, reportlab's flowables, and typst."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import NamedTuple

from audit_api.pdf import AuditReport, render
from bench.papers import content
from bench.papers.flowables import flowables
from bench.papers.timing import milliseconds
from bench.papers.typesetter import typesetter

ROUNDS, DOCUMENTS = 5, 20


class Arms(NamedTuple):
    """CPU milliseconds a document.

    `again` is the same report each time, of which a typesetter that remembers has little to do;
    in the others each report has comments of its own.
    """

    ours: float
    flowables: float
    typst: float
    ours_again: float
    typst_again: float


def arms() -> list[Arms]:
    """Return what a document costs in each round, each arm in turn."""
    copies, numbers = content.display_copies(), itertools.count(1)
    first = content.report()

    def another() -> AuditReport:
        return content.report(next(numbers))

    with tempfile.TemporaryDirectory() as folder:
        typst = typesetter(Path(folder), copies)

        def measure() -> Arms:
            return Arms(
                milliseconds(lambda: render(another(), copies.__getitem__), DOCUMENTS),
                milliseconds(lambda: flowables(another(), copies), 2),
                milliseconds(lambda: typst(another()), DOCUMENTS),
                milliseconds(lambda: render(first, copies.__getitem__), DOCUMENTS),
                milliseconds(lambda: typst(first), DOCUMENTS),
            )

        measure()
        return [measure() for _ in range(ROUNDS)]
