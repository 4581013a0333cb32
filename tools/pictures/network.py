"""The demonstration's papers about many sites."""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.app import create_app
from tools.pictures.demonstration import PASSWORD, PERIOD

PERSON = {"email": "hq@demo.example", "password": PASSWORD}
PAPERS: Mapping[str, str] = {
    "network": f"/organisation/scorecard.pdf?period={PERIOD}&lang=en",
    "network-zh": f"/organisation/scorecard.pdf?period={PERIOD}&lang=zh",
    "competitors": f"/organisation/competitors.pdf?period={PERIOD}&lang=en",
}


def papers(instance: str) -> Mapping[str, bytes]:
    """Return the papers of an instance's demonstration, by name."""
    client = create_app({"INSTANCE": instance}).test_client()
    token = client.post("/api/v1/login", json=PERSON).get_json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return {
        name: client.get(f"/api/v1{path}", headers=headers).data for name, path in PAPERS.items()
    }
