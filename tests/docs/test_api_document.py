"""docs/api.md tells every call and every problem, and none that does not exist."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask

from audit_api.api.audits import batches
from audit_api.api.audits.schemas import MAX_BATCH
from audit_api.api.http import body, paging
from audit_api.app import create_app
from audit_api.errors import Kind
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.rules.signals import pace
from audit_api.rules.signals.kinds import TABLE
from audit_api.services.audits.photos import MAX_FILE_BYTES
from audit_api.services.people import logins
from audit_api.words.signals import reason
from tests.docs.texts import DOCUMENTS, blocks, chapter
from tests.world import World

API = DOCUMENTS["docs/api.md"]
CALL = re.compile(r"`(GET|PUT|POST|PATCH|DELETE) (/[^\s`?]+)")


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Every route but those of the console's pages, as (method, path), its parameters in braces."""
    app: Flask = create_app({"INSTANCE": str(tmp_path_factory.mktemp("routes"))})
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("console")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_stands_in_the_table_once_and_nothing_else_does(
    routes: set[tuple[str, str]],
) -> None:
    told = re.findall(r"^\| `(\w+) (/[^`]*)` \|", chapter(API, "Every call"), re.MULTILINE)
    assert sorted(told) == sorted(routes)


def test_every_call_that_the_text_names_is_a_route(routes: set[tuple[str, str]]) -> None:
    shapes = {(method, re.sub(r"{\w+}", "*", path)) for method, path in routes}
    for name, text in DOCUMENTS.items():
        for method, path in CALL.findall(text):
            assert (method, re.sub(r"{\w+}", "*", path)) in shapes, (name, method, path)


def test_every_kind_of_problem_stands_in_the_table_with_its_status() -> None:
    told = re.findall(r"^\| (\d{3}) \| `([a-z-]+)` \| \S", chapter(API, "Problems"), re.MULTILINE)
    assert sorted(told) == sorted((str(kind.status), kind.slug) for kind in Kind)


def test_every_signal_stands_in_the_table_with_what_was_decided_of_it_and_why() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| \S.* \| (yes|no) \| (.+) \|$", chapter(API, "Signals"), re.MULTILINE
    )
    assert rows == [
        (kind, "yes" if line.holds else "no", why[0].upper() + why[1:])
        for kind, line in TABLE.items()
        for why in [reason(kind, "en").split(": ", 1)[1]]
    ]


def test_the_figures_are_those_of_the_code() -> None:
    minutes = logins.ACCESS_LIFE.seconds // 60
    for sentence in (
        f"`access_token`\n({minutes} minutes)",
        f"({logins.REFRESH_LIFE.days} days, the whole login {logins.LOGIN_LIFE.days})",
        f"{body.LIMIT // 2**20} MiB, {body.DEPTH} levels and {body.NODES:,} values",
        f"`limit` (1–{paging.MAX_LIMIT}, default {paging.DEFAULT_LIMIT})",
        f"takes up to {MAX_BATCH} audits",
        f"once {pace.ENOUGH} visits count with its version, in less than {pace.SHARE} % of their "
        f"median and less than their {pace.TAIL}th percentile",
        f"{batches.LIMIT // 2**20} MiB\naltogether",
    ):
        assert sentence in API, sentence


def test_every_reason_of_an_unreadable_photo_stands_in_the_table() -> None:
    told = re.findall(
        r"^\| `([a-z_]+)` \|", chapter(API, "Photos that cannot be read"), re.MULTILINE
    )
    assert told == ["reason", *UnreadableReason]


def test_the_proxy_lets_a_whole_photo_through() -> None:
    megabytes = MAX_FILE_BYTES // 1_000_000
    told = f"client_max_body_size {megabytes + 1}m;          # a photo ({megabytes} MB)"
    assert told in DOCUMENTS["docs/deploy.md"]


def test_the_examples_compute_the_digest_and_check_the_receipt(shared_world: World) -> None:
    body = shared_world.audit(place={"latitude": 31.23461, "longitude": 121.4, "accuracy": 4})
    audit_id = str(uuid4())
    answer = shared_world.call("auditor", "PUT", f"/audits/{audit_id}", body).json
    (key,) = shared_world.call(None, "GET", "/receipt-keys").json["keys"]
    told: dict[str, Any] = {
        "base64": base64,
        "hashlib": hashlib,
        "json": json,
        "Ed25519PublicKey": Ed25519PublicKey,
        "body": body,
        "audit_id": audit_id,
    }
    for block in blocks(API, "python"):
        exec(block, told)
    assert told["digest"] == answer["receipt"]["content_digest"]
    assert told["unsigned"](answer["signature"], key) == answer["receipt"]
    header, payload, mark = answer["signature"].split(".")
    with pytest.raises(InvalidSignature):
        told["unsigned"](f"{header}.{payload[:-4]}AAAA.{mark}", key)
