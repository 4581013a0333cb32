"""Faults that are planted in a small house are found, and a sound house is left in peace."""

from __future__ import annotations

import pytest

from tests.house.imports import violations
from tests.house.plan import PACKAGE

# The house that the planted faults are planted in: one module in each room that matters.
SOUND = {
    "audit_api": "",
    "audit_api.errors": "import dataclasses",
    "audit_api.database": "import flask_sqlalchemy, sqlalchemy, psycopg",
    "audit_api.rules": "",
    "audit_api.rules.figures": "",
    "audit_api.rules.figures.means": "from audit_api.rules import exact",
    "audit_api.rules.scoring": "from audit_api.errors import Problem\nfrom .. import exact",
    "audit_api.rules.scoring.answers": "",
    "audit_api.rules.exact": "import fractions",
    "audit_api.models": "",
    "audit_api.models.site": "from audit_api.database import db\nimport sqlalchemy as sa",
    "audit_api.storage": "",
    "audit_api.storage.s3": "import boto3\nfrom botocore.config import Config",
    "audit_api.storage.local": "import hashlib",
    "audit_api.drawing": "from audit_api.errors import Problem",
    "audit_api.pdf": "from audit_api import drawing\nfrom reportlab.pdfgen.canvas import Canvas",
    "audit_api.images": "from PIL import Image",
    "audit_api.words": "import json",
    "audit_api.services": "",
    "audit_api.services.access": "from audit_api.models.site import Site",
    "audit_api.services.people": "",
    "audit_api.services.people.users": "from audit_api.services import access",
    "audit_api.services.audits": "",
    "audit_api.services.audits.reviews": (
        "from audit_api.services import access\n"
        "from audit_api.services.people import users\nimport uuid_utils"
    ),
    "audit_api.services.audits.photos": "",
    "audit_api.api": "from audit_api.api.audits import reviews",
    "audit_api.api.http": "",
    "audit_api.api.audits": "",
    "audit_api.api.audits.reviews": (
        "import flask\nfrom audit_api.api import http\n"
        "from audit_api.services.audits import reviews"
    ),
    "audit_api.worker": "import celery",
    "audit_api.app": "from audit_api import api, models, worker\nimport flask",
}


def test_a_sound_house_is_left_in_peace() -> None:
    assert violations(SOUND) == []


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("services.audits", "from audit_api.api import audits", "services may import"),
        ("services.audits", "from ...api.audits import reviews", "services may import"),
        ("rules.exact", "import audit_api.models.site", "rules may import errors"),
        ("rules.exact", "import sqlalchemy", "of libraries, rules may import nothing"),
        ("storage.local", "from audit_api.images import shrink", "storage may import"),
        ("models.site", "from audit_api.storage import local", "models may import"),
        ("api.audits", "from audit_api.models.site import Site", "api may import"),
        ("words", "from audit_api.models.site import Site", "words may import errors, rules"),
        ("services.audits", "from audit_api import config", "services may import"),
        ("worker", "from audit_api.app import create_app", "worker may import"),
        ("services.audits", "from flask import g", "flask belongs in"),
        ("services.audits", "import werkzeug.exceptions", "werkzeug belongs in"),
        ("models.site", "import flask_sqlalchemy", "flask_sqlalchemy belongs in database"),
        ("storage.local", "import boto3", "boto3 belongs in storage.s3"),
        ("services.audits", "from botocore import exceptions", "botocore belongs in storage.s3"),
        ("services.audits", "from reportlab.lib import colors", "reportlab belongs in pdf"),
        ("drawing", "from reportlab.lib import colors", "reportlab belongs in pdf"),
        ("drawing", "from audit_api import pdf", "drawing may import errors, rules"),
        ("pdf", "import PIL.Image", "PIL belongs in images"),
        ("services.audits", "import celery", "celery belongs in worker"),
        ("services.audits", "import psycopg", "psycopg belongs in database"),
        ("services.access", "def f():\n    import json", "hidden from readers"),
        ("services.access", "class C:\n    async def f(self):\n        import json", "hidden"),
        ("services.access", "import importlib\nimportlib.import_module(f'{1}')", "hidden"),
        ("services.people.users", "from audit_api.services.audits import reviews", "may import ac"),
        ("services.people", "from ..audits.reviews import move", "inside services, people may"),
        ("services.access", "from audit_api.services.people import users", "may import nothing"),
        (
            "rules.figures.means",
            "from audit_api.rules.scoring import answers",
            "figures may import",
        ),
        ("rules.figures.means", "from audit_api.rules import scoring", "figures may import exact"),
        (
            "rules.exact",
            "from audit_api.rules.figures.means import mean",
            "exact may import nothing",
        ),
        (
            "api.http",
            "from audit_api.api.audits.reviews import post",
            "inside api, http may import",
        ),
        ("services.attic", "", "has no place in the written order of services"),
        (
            "services.attic.trunk",
            "from audit_api.services import access",
            "attic may import nothing",
        ),
        ("attic", "from audit_api.rules import exact", "attic is no floor of the house"),
    ],
)
def test_a_planted_fault_is_found(module: str, line: str, complaint: str) -> None:
    name = f"{PACKAGE}.{module}"
    found = violations({**SOUND, name: f"{SOUND.get(name, '')}\n{line}"})
    places = (name, name.replace(".", "/"))
    assert any(complaint in fault and any(place in fault for place in places) for fault in found)


@pytest.mark.parametrize(
    "line",
    [
        "from audit_api.services.audits import reviews",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import reviews",
        "__import__('audit_api.services.audits.reviews')",
    ],
)
def test_two_modules_of_a_room_that_import_each_other_are_a_cycle(line: str) -> None:
    photos, reviews = (f"{PACKAGE}.services.audits.{name}" for name in ("photos", "reviews"))
    back = f"{SOUND[reviews]}\nfrom audit_api.services.audits import photos"
    found = violations({**SOUND, reviews: back, photos: line})
    assert any(fault.startswith("a cycle: ") for fault in found), found


def test_a_complaint_names_the_module_the_line_and_what_is_allowed() -> None:
    planted = {**SOUND, "audit_api.rules.exact": "import math\nfrom audit_api.pdf import render"}
    assert violations(planted) == [
        "audit_api.rules.exact:2 imports audit_api.pdf: rules may import errors"
    ]
