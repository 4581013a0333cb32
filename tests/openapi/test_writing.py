"""The specification is written once, and only when somebody asks for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from audit_api.api.http.documentation import Specifications
from audit_api.app import create_app
from tests.pairs import SECRET

ASKED = 8


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"INSTANCE": str(tmp_path), "SECRET": SECRET}, commands=False)


def test_it_is_written_once_for_all_who_ask_at_one_moment(app: Flask) -> None:
    written: list[dict[str, Any]] = []
    specifications: Specifications = app.extensions["audit_specification"]
    write = specifications._write

    def counted() -> dict[str, Any]:
        written.append(write())
        return written[-1]

    specifications._write = counted
    assert not written
    with ThreadPoolExecutor(ASKED) as pool:
        told = set(pool.map(specifications, ["en"] * ASKED))
    assert len(written) == len(told) == 1
    assert len(orjson.loads(told.pop())["paths"]) > 50


def test_an_application_that_only_serves_has_no_commands(app: Flask) -> None:
    assert {*app.cli.commands} <= {"openapi"}  # the library's own
    assert app.test_client().get("/healthz").status_code == 200
