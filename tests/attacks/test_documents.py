"""A server to which hostile documents are sent answers each, and everybody else meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks import documents
from tests.pairs import SECRET, running
from tests.servers import product
from tests.servers.ports import free_port
from tests.world import make_world

pytestmark = pytest.mark.slow

DRAWN = 60
HEALTHZ_SECONDS = 2.0


def test_hostile_documents_cost_seconds_and_hold_up_nobody(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET}
    with running(settings) as app:
        token = make_world(app).tokens["hq"]
    port = free_port()
    server = product.start({f"AUDIT_{name}": each for name, each in settings.items()}, port)
    try:
        url = f"http://127.0.0.1:{port}"
        figures = documents.run(url, token, server=server.pid, documents=DRAWN)
    finally:
        product.kill(server)
    assert figures.documents == DRAWN
    assert figures.unexpected == ()
    assert figures.healthz_seconds < HEALTHZ_SECONDS, figures
    assert figures.cpu_seconds < DRAWN, figures
