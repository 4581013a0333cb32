"""Requests drawn at the edges and beyond, as every role: the server fails at none."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.attacks import requests
from tests.chance import seed, times


@pytest.mark.slow
@pytest.mark.chance
def test_no_request_makes_the_server_fail(app: Flask) -> None:
    found = requests.run(times(600), seed(11), app)
    assert list(found.failures) == []
    assert found.classes["2xx"] > found.requests // 5
    assert len(found.taken) > 45
