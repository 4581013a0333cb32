"""The phone's rules as the server hands them out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_api import phone

RULES = Path(phone.__file__).parent / "rules"
MAX_LINES = 300
MODULES = sorted(path.name for path in RULES.glob("*.js"))


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("phone", static_folder=None)
    app.register_blueprint(phone.blueprint)
    return app.test_client()


def get(client: FlaskClient, name: str, **headers: str) -> TestResponse:
    return client.get(f"/phone/rules/{name}", headers=headers, buffered=True)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_served_as_a_script_that_may_be_kept_but_is_asked_for_again(
    client: FlaskClient, name: str
) -> None:
    first = get(client, name)
    assert (first.status_code, first.mimetype) == (200, "text/javascript")
    assert first.data == (RULES / name).read_bytes()
    assert first.cache_control.no_cache
    again = get(client, name, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name", ["nothing.js", "package.json", "..%2f__init__.js", f"{'x' * 300}.js"]
)
def test_nothing_but_the_modules_is_served(client: FlaskClient, name: str) -> None:
    assert get(client, name).status_code == 404


def test_the_modules_import_one_another_and_nothing_else() -> None:
    imported = {
        name
        for module in MODULES
        for name in re.findall(r'from "(.+)";', (RULES / module).read_text("utf-8"))
    }
    assert imported <= {f"./{name}" for name in MODULES}
    assert {"./conditions.js", "./verdict.js"} <= imported


@pytest.mark.parametrize("name", MODULES)
def test_a_module_runs_no_text_and_does_not_grow_out_of_sight(name: str) -> None:
    text = (RULES / name).read_text("utf-8")
    assert re.findall(r"\b(?:eval|Function)\(", text) == []
    assert len(text.splitlines()) <= MAX_LINES
