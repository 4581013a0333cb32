"""HQ at the pages of checklists."""

from __future__ import annotations

import pytest
from flask import Flask

from audit_api.services.access import Who
from tests.console.checklists.office import Office
from tests.organisations import person


@pytest.fixture
def office(context: Flask, hq: Who) -> Office:
    """HQ of a fresh organisation."""
    return Office(context, person(hq, "hq"))


@pytest.fixture
def manager(context: Flask, hq: Who) -> Office:
    """A manager of the same organisation."""
    return Office(context, person(hq, "manager"))
