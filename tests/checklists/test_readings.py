"""A checklist is read once on its way, and nobody looks for warnings that nobody is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_api.cli.checklists import commands
from audit_api.database import db
from audit_api.models import Organisation
from audit_api.readers import apart
from audit_api.services.access import Who
from audit_api.workshop.child import Message
from tests.checklists.calls import TEXT, post
from tests.rules.documents import Json, document

READ = Counter(read=1)
SHOWN = Counter(read=1, warnings=1)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a document was handed to a reader, and how often warnings were asked for."""
    counts: Counter[str] = Counter()
    ask = apart.ask

    def counting(message: Message, read: Callable[[Message], Any]) -> Any:
        counts.update(read=1, warnings=int(message.head["warnings"]))
        return ask(message, read)

    monkeypatch.setattr(apart, "ask", counting)
    return counts


@pytest.mark.parametrize("sent", [TEXT, document()], ids=["yaml", "json"])
def test_publishing_a_draft_reads_it_once(
    client: FlaskClient, headers: dict[str, str], calls: Counter[str], sent: Json | str
) -> None:
    drafted = post(client, headers, sent)
    assert calls == SHOWN
    calls.clear()
    published = client.post(
        f"{drafted.headers['Location']}/moves",
        json={"action": "publish"},
        headers=headers | {"If-Match": drafted.headers["ETag"]},
    )
    assert (published.status_code, calls) == (200, READ)


@pytest.mark.parametrize(
    ("path", "counts"),
    [("", SHOWN), ("/document.xlsx", READ), ("/document.yaml", Counter())],
)
def test_a_draft_is_read_for_what_it_is_asked_for(
    client: FlaskClient,
    headers: dict[str, str],
    calls: Counter[str],
    path: str,
    counts: Counter[str],
) -> None:
    draft = post(client, headers, TEXT).headers["Location"]
    calls.clear()
    assert client.get(f"{draft}{path}", headers=headers).status_code == 200
    assert calls == counts


@pytest.mark.parametrize(("path", "counts"), [("/preview", READ), ("/drafts", SHOWN)])
def test_a_draft_is_read_once_to_be_tried_out_or_drafted_again(
    client: FlaskClient,
    headers: dict[str, str],
    calls: Counter[str],
    path: str,
    counts: Counter[str],
) -> None:
    draft = post(client, headers, TEXT).headers["Location"]
    calls.clear()
    assert client.post(f"{draft}{path}", json={}, headers=headers).status_code in (200, 201)
    assert calls == counts


def test_the_command_reads_a_file_once_to_publish_it(
    lasting_app: Flask, hq: Who, calls: Counter[str], tmp_path: Path
) -> None:
    file = tmp_path / "store.yaml"
    file.write_text(TEXT, encoding="utf-8")
    code = db.session.get_one(Organisation, hq.organisation_id).code
    db.session.commit()
    for _ in ("new", "published already"):
        calls.clear()
        command = ["publish", str(file), "--organisation", code]
        assert lasting_app.test_cli_runner().invoke(commands, command).exit_code == 0
        assert calls == SHOWN
