"""The demonstration's papers about many sites, loaded afresh up to a fixed day."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from audit_api.app import create_app

UNTIL = "2026-11-22"
PERIOD = "2026-Q3"
PERSON = {"email": "hq@demo.example", "password": "harbour-tea-demo"}
PAPERS: Mapping[str, str] = {
    "network": f"/organisation/scorecard.pdf?period={PERIOD}&lang=en",
    "network-zh": f"/organisation/scorecard.pdf?period={PERIOD}&lang=zh",
    "competitors": f"/organisation/competitors.pdf?period={PERIOD}&lang=en",
}


def papers() -> Mapping[str, bytes]:
    """Return the papers, by name."""
    with tempfile.TemporaryDirectory() as instance:
        settings = {"AUDIT_INSTANCE": instance}
        for command in (["db", "upgrade"], ["demo", "--until", UNTIL]):
            flask = [sys.executable, "-m", "flask", *command]
            subprocess.run(flask, env=os.environ | settings, check=True, capture_output=True)
        client = create_app({"INSTANCE": instance}).test_client()
        token = client.post("/api/v1/login", json=PERSON).get_json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return {
            name: client.get(f"/api/v1{path}", headers=headers).data
            for name, path in PAPERS.items()
        }
