"""The application behind its front, on SQLite: the front knows no database."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, request

from audit_api import api
from audit_api.web.lanes import Lane, lane
from tests.pairs import SECRET, running
from tests.server.serving import serving
from tests.world import World, make_world

LARGE = 3_000_000
MEDIUM = 30_000


class Trial:
    """Calls for tests alone: what they got, and gates that hold them."""

    def __init__(self) -> None:
        self.got: list[dict[str, object]] = []
        self.entered = threading.Semaphore(0)
        self.gate = threading.Event()

    def blueprint(self) -> Blueprint:
        trial = Blueprint("trial", __name__, url_prefix="/trial")
        trial.add_url_rule("/echo", view_func=self.echo, methods=["GET", "PUT"])
        trial.add_url_rule("/echo/<path:rest>", view_func=self.echo, methods=["GET", "PUT"])
        trial.add_url_rule("/large", view_func=self.large)
        trial.add_url_rule("/medium", view_func=self.medium)
        trial.add_url_rule("/stream", view_func=self.stream)
        trial.add_url_rule("/dear", view_func=self.dear)
        trial.add_url_rule("/wait", view_func=self.wait)
        return trial

    def echo(self, rest: str = "") -> dict[str, object]:
        told: dict[str, object] = {
            "rest": rest,
            "query": request.query_string.decode(),
            "headers": dict(request.headers),
            "remote": request.remote_addr,
            "url": request.url,
            "size": len(request.get_data()),
        }
        self.got.append(told)
        return told

    def large(self) -> Response:
        return Response(b"x" * LARGE)

    def medium(self) -> Response:
        return Response(b"x" * MEDIUM)

    def stream(self) -> Response:
        return Response(b"x" * 1000 for _ in range(LARGE // 1000))

    @lane(Lane.DEAR)
    def dear(self) -> str:
        return self.wait()

    def wait(self) -> str:
        self.entered.release()
        self.gate.wait()
        return "done"


@pytest.fixture(scope="module")
def module_trial() -> Trial:
    return Trial()


@pytest.fixture(scope="module")
def app(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, module_trial: Trial
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copy(sqlite_template, folder / "audit.db")
    settings = {"INSTANCE": str(folder), "SECRET": SECRET, "THREADS": 2}
    with pytest.MonkeyPatch.context() as patch, running(settings) as app:
        # Nobody has to be logged in for them.
        patch.setattr(api, "PUBLIC", api.PUBLIC | {"trial"})
        app.register_blueprint(module_trial.blueprint())
        yield app


@pytest.fixture
def trial(module_trial: Trial) -> Iterator[Trial]:
    """The trial's calls, with nothing got yet and the gate shut."""
    module_trial.got.clear()
    module_trial.entered = threading.Semaphore(0)
    module_trial.gate.clear()
    yield module_trial
    module_trial.gate.set()


@pytest.fixture(scope="module")
def port(app: Flask, module_trial: Trial) -> Iterator[int]:
    with serving(app) as port:
        yield port
        module_trial.gate.set()


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    return make_world(app)
