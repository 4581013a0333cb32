"""A client generated from the specification does the product's work against a real server."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pypdf import PdfReader

from tests.docs.texts import ROOT
from tests.openapi.commands import documented
from tests.openapi.server import PASSWORD, Served
from tests.world import ALL_YES, declared, jpeg, small_checklist

NAME = "generated_client"
ROLES = ("hq", "auditor", "reviewer", "manager")


@pytest.fixture(scope="module")
def client(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Generate the client from what the server tells of itself, and import it."""
    folder = tmp_path_factory.mktemp("generated")
    generator, *arguments = documented("openapi-python-client", served)
    # No formatter is called afterwards.
    settings = (ROOT / arguments.pop()).read_text("utf-8") + "post_hooks: []\n"
    (folder / "settings.yaml").write_text(settings)
    more = [folder / "settings.yaml", "--meta", "none", "--output-path", folder / NAME]
    command = [Path(sys.executable).parent / generator, *arguments, *more, "--fail-on-warning"]
    subprocess.run(command, check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))


def call(path: str) -> ModuleType:
    return importlib.import_module(f"{NAME}.api.{path}")


def models() -> Any:
    return importlib.import_module(f"{NAME}.models")


def made(path: str, *arguments: Any, **named: Any) -> Any:
    """Make a call that succeeds; return what was answered, with its headers."""
    answer = call(path).sync_detailed(*arguments, **named)
    assert 200 <= answer.status_code < 300, answer.content
    return answer


class Person:
    """Somebody who logged in; what they call is called with their token."""

    def __init__(
        self, served: Served, client: ModuleType, name: str, connections: ExitStack
    ) -> None:
        email = served.email.replace("auditor@", f"{name}@")
        with client.Client(base_url=served.url) as anybody:
            credentials = models().Credentials(email=email, password=PASSWORD)
            tokens = call("logins.log_in").sync(client=anybody, body=credentials)
        assert tokens.user.role == name
        self.id = tokens.user.id
        self.client = connections.enter_context(
            client.AuthenticatedClient(base_url=served.url, token=tokens.access_token)
        )

    def calls(self, path: str, *arguments: Any, **named: Any) -> Any:
        return made(path, *arguments, client=self.client, **named)

    def asks(self, path: str, *arguments: Any, **named: Any) -> Any:
        return self.calls(path, *arguments, **named).parsed


@pytest.mark.slow
def test_a_generated_client_goes_all_the_way(served: Served, client: ModuleType) -> None:
    with ExitStack() as connections:
        go_all_the_way(*(Person(served, client, name, connections) for name in ROLES))


def go_all_the_way(hq: Person, auditor: Person, reviewer: Person, manager: Person) -> None:
    """Plan a visit, make it, approve it, and take what is told of it."""
    assignment_id, site_id = plan(hq, auditor)
    audit_id = submit(auditor, assignment_id)
    approve(reviewer, audit_id)
    card = manager.asks("scorecards.site_scorecard", site_id, period="2026-03")
    assert card.overall.score > 0
    report = hq.asks("reports.audit_report", audit_id, lang="both")
    pages = PdfReader(report.payload).pages
    assert "Shanghai Nanjing Road" in "".join(page.extract_text() for page in pages)
    printed = manager.asks("reports.site_scorecard_report", site_id, period="2026-03")
    assert printed.payload.read(5) == b"%PDF-"


def plan(hq: Person, auditor: Person) -> tuple[UUID, UUID]:
    """Add places, publish a checklist and plan a visit with it; return it and its site."""
    m = models()
    key, body = str(uuid4()), m.RegionFields(code="py", name="South")
    region = hq.asks("regions.add_region", body=body, idempotency_key=key)
    assert hq.asks("regions.add_region", body=body, idempotency_key=key).id == region.id
    file = client_file("code,name,region_code,time_zone\npy-1,First,py,Asia/Shanghai\n")
    assert hq.asks("imports.import_sites", body=file).added == 1
    (first,) = hq.asks("sites.list_sites", region_id=region.id)
    assert first.kind == m.SiteKind.OWN
    document = m.ChecklistDraftDocument.from_dict(small_checklist(key="py"))
    drafted = hq.calls("checklists.draft_checklist", body=m.ChecklistDraft(document=document))
    draft = drafted.parsed
    assert draft.errors == []
    publish = m.ChecklistMove(action=m.VersionAction.PUBLISH)
    tag = drafted.headers["ETag"]
    hq.asks("checklists.move_checklist", draft.id, body=publish, if_match=tag)
    published = hq.asks("checklists.get_checklist", draft.id)
    assert isinstance(published, m.PublishedVersion)
    campaign = hq.asks(
        "campaigns.add_campaign",
        body=m.CampaignFields(
            name="Python",
            checklist_version_id=draft.id,
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 31),
        ),
    )
    assert campaign.review == m.ReviewRule.ALWAYS
    (site,) = hq.asks("sites.list_sites", code="SH-001")
    visit = m.NewAssignment(
        campaign_id=campaign.id, site_id=site.id, auditor_id=auditor.id, repeat=True
    )
    return hq.asks("assignments.add_assignment", body=visit).id, site.id


def client_file(content: str) -> Any:
    types = importlib.import_module(f"{NAME}.types")
    return types.File(payload=BytesIO(content.encode()))


def submit(auditor: Person, assignment_id: UUID) -> UUID:
    """Pull, read the checklist, submit an audit with a photo, and read the receipt that says
    complete."""
    m = models()
    pulled = auditor.asks("sync.pull")
    (task,) = (each for each in pulled.assignments if each.id == assignment_id)
    assert task.site.code == "SH-001"
    again = auditor.asks("sync.pull", cursor=pulled.cursor)
    assert again.assignments == []
    checklist = auditor.asks("checklists.get_published", task.checklist.digest)
    questions = [question for part in checklist.touchpoints for question in part.questions]
    assert {type(question) for question in questions} == {m.YesNoQuestion}
    assert [question.key for question in questions] == list(ALL_YES)
    assert isinstance(questions[-1].effect[0], m.CapEffect)

    photo, audit_id = jpeg(7), uuid4()
    line = declared(photo, "clean")
    answers = {question.key: m.ValueAnswer(value="yes", comment="Seen.") for question in questions}
    sent = m.SentAudit(
        assignment_id=task.id,
        site_id=task.site.id,
        checklist=task.checklist.digest,
        conducted_at=datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        answers=m.SentAuditAnswers(),
        photos=[m.Manifest.from_dict(line)],
    )
    sent.answers.additional_properties = answers
    first = auditor.calls("audits.put_audit", audit_id, body=sent)
    assert first.status_code == 201
    (ticket,) = first.parsed.uploads
    assert ticket.photo_id == UUID(line["id"])
    stored = httpx.put(ticket.url, content=photo, headers=ticket.headers.to_dict())
    assert stored.status_code == 200

    second = auditor.calls("audits.put_audit", audit_id, body=sent)
    assert second.status_code == 200
    receipt = second.parsed.receipt
    assert receipt.complete is True
    assert receipt.state == m.AuditState.SUBMITTED
    assert receipt.audit_id == audit_id
    assert isinstance(receipt.received_at, datetime)
    assert [kept.stored for kept in receipt.photos] == [True]
    return audit_id


def approve(reviewer: Person, audit_id: UUID) -> None:
    """Read an audit, its signals, its explanation and its photos, and approve it."""
    m = models()
    queue = reviewer.asks("queue.list_audits", state=m.AuditState.SUBMITTED)
    assert audit_id in [audit.id for audit in queue]
    read = reviewer.calls("audits.get_audit", audit_id)
    audit = read.parsed
    assert {type(answer) for answer in audit.answers.additional_properties.values()} == {
        m.ValueAnswer
    }
    (late,) = (each for each in audit.signals if isinstance(each, m.SentLateSignal))
    assert late.values.ends_on == date(2026, 3, 31)
    steps = reviewer.asks("explanations.explain_audit", audit_id).steps
    (whole,) = (step for step in steps if isinstance(step, m.WholeStep))
    assert whole.values.share.percent == audit.raw_score
    (photo,) = reviewer.asks("photos.list_photos", audit_id)
    assert photo.state in {m.PhotoState.STORED, m.PhotoState.READY}
    moved = reviewer.asks(
        "reviews.move_audit",
        audit_id,
        body=m.AuditMove(action=m.ReviewAction.APPROVE),
        if_match=read.headers["ETag"],
    )
    assert moved.state == m.AuditState.APPROVED
    acts = reviewer.asks("reviews.list_activity", audit_id)
    assert m.Permission.AUDIT_APPROVE in [act.verb for act in acts]


@pytest.mark.slow
def test_a_generated_client_reads_refusals_as_problems(served: Served, client: ModuleType) -> None:
    m = models()
    token = served.world.tokens["hq"]
    with client.AuthenticatedClient(base_url=served.url, token=token) as hq:
        refused = call("regions.add_region").sync_detailed(
            client=hq, body=m.RegionFields(code="", name="Nowhere")
        )
        absent = call("sites.get_site").sync(uuid4(), client=hq)
    assert refused.status_code == 422
    assert isinstance(refused.parsed, m.Problem)
    assert refused.parsed.type_ == m.ProblemType.INVALID
    assert [(fault.pointer, fault.code) for fault in refused.parsed.errors] == [
        ("/code", m.FaultCode.LENGTH)
    ]
    assert isinstance(absent, m.Problem)
    assert absent.status == 404
