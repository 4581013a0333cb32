"""`python -m bench`: measures everything and writes bench/RESULTS.md."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from bench import cards, exports, fronts, insights, pages, reads, scorer, starting, tickets
from bench.intake import told as intake
from bench.papers import told as papers
from bench.photos import told as photos
from bench.rows import Row, document

RESULTS = Path(__file__).with_name("RESULTS.md")

GROUPS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "tickets": tickets.rows,
    "scorer": scorer.rows,
    "papers": papers.rows,
    "starting": starting.rows,
    "fronts": fronts.rows,
    "puts": intake.puts,
    "batches": intake.batches,
    "photos": photos.rows,
    "sync": reads.rows,
    "sqlite": intake.on_sqlite,
    "scorecards": cards.rows,
    "exports": exports.rows,
    "insights": insights.rows,
    "pages": pages.rows,
}
"""What is measured, in the order of the results; each subject has the `rows` that it tells."""


def main() -> None:
    """Measure every group; with the word `large` scorecards over ten million audits too.  Words
    that name groups measure, and print, them alone.  Standard error says which group is at work,
    and each row as soon as it is measured.
    """
    words = set(sys.argv[1:])
    large = "large" in words
    groups = dict(GROUPS)
    if large:
        groups["scorecards"] = partial(cards.rows, cards.LARGE_SIZES)
        groups["exports"] = partial(exports.rows, exports.LARGE_SIZES)
    if unknown := words - groups.keys() - {"large"}:
        sys.exit(f"No group of {', '.join(sorted(unknown))}; there are {', '.join(groups)}.")
    chosen = [name for name in groups if name in words] or list(groups)
    rows: list[Row] = []
    for name in chosen:
        print(f"{datetime.now():%H:%M:%S} {name}", file=sys.stderr, flush=True)
        for row in groups[name]():
            print(row, file=sys.stderr, flush=True)
            rows.append(row)
    text = document(rows, " ".join(["python -m bench", *sys.argv[1:]]))
    if chosen == list(groups):
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
