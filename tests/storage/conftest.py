"""Both photo stores, each behind a real HTTP server that a phone can reach."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from audit_api.errors import Problem
from audit_api.storage.local import LocalStore
from audit_api.storage.s3 import S3Store
from audit_api.storage.store import PhotoStore
from tests.servers.s3 import S3Server, s3_server

SECRET = b"a secret for the tests, long enough"


@pytest.fixture(scope="session")
def server() -> Iterator[S3Server]:
    with s3_server() as running:
        yield running


@pytest.fixture(scope="session")
def s3(server: S3Server) -> S3Store:
    return S3Store(server.settings(server.make_bucket()))


@pytest.fixture
def local(tmp_path: Path) -> Iterator[LocalStore]:
    with served(tmp_path / "photos") as store:
        yield store


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> PhotoStore:
    chosen: PhotoStore = request.getfixturevalue(request.param)
    return chosen


@contextmanager
def served(folder: Path) -> Iterator[LocalStore]:
    """Yield a local store whose tickets and links are answered, as the application does."""
    stores: list[LocalStore] = []

    @Request.application
    def application(request: Request) -> Response:
        return _answer(stores[0], request)

    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    stores.append(LocalStore(folder, base_url=f"http://127.0.0.1:{server.port}", secret=SECRET))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stores[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(store: LocalStore, request: Request) -> Response:
    _, _, what, token = request.path.split("/", 3)
    now = datetime.now(UTC)
    try:
        if what == "uploads":
            store.receive(token, request.stream, dict(request.headers), now)
            return Response(status=200)
        path, media_type = store.locate(token, now)
        return Response(path.read_bytes(), mimetype=media_type)
    except Problem as problem:
        return Response(status=problem.kind.status)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of each request."""
