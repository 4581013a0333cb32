"""The people of the demonstration: headquarters, reviewers, managers and auditors."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from audit_api.demonstration.chain import DATA
from audit_api.rules.permissions import Role

HQ, REVIEWER = "hq@demo.example", "reviewer@demo.example"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in.  `region` is what a manager sees, and where an auditor lives."""

    email: str
    name: str
    role: str
    locale: str
    region: str


def _read() -> Iterator[Account]:
    with (DATA / "people.csv").open(encoding="utf-8", newline="") as file:
        yield from (Account(**row) for row in csv.DictReader(file))


ACCOUNTS = tuple(_read())


def auditors(region: str) -> tuple[Account, ...]:
    """Return the auditors who live in a region."""
    return tuple(
        account for account in ACCOUNTS if account.role == Role.AUDITOR and account.region == region
    )
