"""What a drawn report depends on, as one digest: the same digest, the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

from audit_api import drawing, pdf, words
from audit_api.pdf import AuditReport

_DRAW = (pdf, drawing, words)
"""The packages that say, and draw, what a report holds."""


def of_report(report: AuditReport) -> str:
    """Return the digest of all that a report says, photos by their keys, and of what draws it."""
    # The fixed words are the product's, and told by its files.
    said = (repr(getattr(report, each.name)) for each in fields(report) if each.name != "labels")
    return _digest(each.encode() for each in (_product(), str(len(report.labels.languages)), *said))


@cache
def _product() -> str:
    """The digest of every file that has a part in drawing."""
    roots = [Path(package.__file__ or "").parent for package in _DRAW]
    files = (path for root in roots for path in sorted(root.rglob("*")))
    return _digest(_contents(path for path in files if path.suffix in (".py", ".json", ".ttf")))


def _contents(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        yield path.name.encode()
        yield path.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()
